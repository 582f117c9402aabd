"""Answers ``auth_validate_session`` and ``auth_logout``, which are about the calling session."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.identity.errors import NoSession
from contracts.identity.v1 import auth
from plugins.identity import sessions
from plugins.identity.authentication import session_of
from plugins.identity.plugin import identity


@identity.handles(auth.AuthValidateSession)
def auth_validate_session(ctx: Context) -> dict[str, Any]:
    """The calling session, which was live a moment ago."""
    row = sessions.find(ctx, session_of(ctx))
    if row is None:
        raise NoSession
    return sessions.view(row)


@identity.handles(auth.AuthLogout)
def auth_logout(ctx: Context) -> dict[str, Any]:
    """Neither token of the calling session opens anything; other sessions stay."""
    sessions.end(ctx, "logout", sessions.IS_THIS, of_session=session_of(ctx))
    return {"logged_out": True, "message": "Logged out."}
