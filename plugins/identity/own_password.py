"""Answers ``change_user_password``."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.identity.v1 import auth
from plugins.identity import accounts, audit, passwords, sessions
from plugins.identity.arguments import bad_argument
from plugins.identity.authentication import session_of
from plugins.identity.password_rule import require_strong
from plugins.identity.plugin import identity
from plugins.identity.reauthentication import check_own_password, hold_own_account


@identity.handles(auth.ChangeUserPassword)
def change_user_password(ctx: Context, current_password: str, new_password: str) -> dict[str, Any]:
    """The own password is the new one; all sessions but the calling one are over."""
    session_id = session_of(ctx)
    own_names = ctx.unit("look", lambda _db: _own_names(ctx))
    require_strong("new_password", new_password, *own_names)
    checked_hash = check_own_password(ctx, current_password)
    if new_password == current_password:
        raise bad_argument("new_password", "must not be the current password")
    new_hash = passwords.hashed(new_password)

    def change(_db: Any) -> int:
        user = hold_own_account(ctx, checked_hash)
        accounts.change(ctx, user.id, password_hash=new_hash)
        audit.record(ctx, "password_changed", user_id=user.id, target_user_id=user.id)
        return sessions.end_all(ctx, user.id, "password_changed", but=session_id)

    return {"changed": True, "revoked_sessions": ctx.unit("change", change)}


def _own_names(ctx: Context) -> list[str]:
    user = accounts.require_own(ctx)
    return [user.email, user.username]
