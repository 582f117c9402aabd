"""Accounts, sessions and second factors: who stands behind a token, and what they may do.

Not here: the handlers, which are imported when the first of them is needed (plugin.py lists their modules).
"""

from plugins.identity import hooks
from plugins.identity.plugin import identity

__all__ = ["hooks", "identity"]
