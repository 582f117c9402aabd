"""Answers ``get_active_sessions``, ``revoke_session`` and ``revoke_all_sessions_except_current``."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from bus.errors import Forbidden
from contracts.identity.v1 import security
from contracts.workshop.errors import NotFound
from plugins.identity import accounts, sessions
from plugins.identity.arguments import NOT_ALLOWED
from plugins.identity.authentication import SessionPrincipal, is_admin, session_of
from plugins.identity.plugin import identity


@identity.handles(security.GetActiveSessions)
def get_active_sessions(ctx: Context, user_id: str | None) -> dict[str, Any]:
    """The live sessions of one user, the last used first."""
    of_user = user_id or ctx.principal.id
    if of_user != ctx.principal.id and not is_admin(ctx):
        raise Forbidden(NOT_ALLOWED)
    accounts.require(ctx, of_user)
    current = ctx.principal.session_id if isinstance(ctx.principal, SessionPrincipal) else None
    items = [sessions.view(row) | {"is_current": row.id == current} for row in sessions.live_of(ctx, of_user)]
    return {"items": items, "total_count": len(items)}


@identity.handles(security.RevokeSession)
def revoke_session(ctx: Context, session_id: str) -> dict[str, Any]:
    """Neither token of the session opens anything."""
    row = sessions.find(ctx, session_id)
    if row is None or not sessions.is_live(row, ctx.now_ms):
        raise NotFound("session", session_id)
    if row.user_id != ctx.principal.id and not is_admin(ctx):
        raise Forbidden(NOT_ALLOWED)
    if sessions.end(ctx, "revoked", sessions.IS_THIS, of_session=session_id) == 0:
        raise NotFound("session", session_id)  # somebody else was faster
    return {"session_id": session_id, "revoked": True}


@identity.handles(security.RevokeAllSessionsExceptCurrent)
def revoke_all_sessions_except_current(ctx: Context) -> dict[str, Any]:
    """The calling session is the only one of its user."""
    session_id = session_of(ctx)
    accounts.hold_own(ctx)
    return {"revoked_count": sessions.end_all(ctx, ctx.principal.id, "revoked", but=session_id)}
