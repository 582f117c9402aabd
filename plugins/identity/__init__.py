"""Accounts, sessions and second factors: who stands behind a token, and what they may do.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or a new file imported here.
"""

from plugins.identity import (
    alerts,
    authentication,
    login,
    own_password,
    own_session,
    records,
    refresh,
    session_list,
    session_timeout,
    signup,
    standing,
    user_list,
    users,
)
from plugins.identity.plugin import identity
from plugins.identity.two_factor import setup, stepping_up

__all__ = [
    "alerts",
    "authentication",
    "identity",
    "login",
    "own_password",
    "own_session",
    "records",
    "refresh",
    "session_list",
    "session_timeout",
    "setup",
    "signup",
    "standing",
    "stepping_up",
    "user_list",
    "users",
]
