"""Answers what changes a user's standing: role, ban, deletion, a password set by an admin. Each ends their sessions.

Nobody does it to themselves, and nobody takes the last active admin away; the check and the change share one unit of
work, in which nobody else changes who is an admin.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from bus.errors import Forbidden
from contracts.identity.errors import (
    AdminExists,
    LastAdmin,
    SelfActionForbidden,
    UserAlreadyBanned,
    UserNotBanned,
)
from contracts.identity.v1 import users
from contracts.workshop.roles import ADMIN
from plugins.identity import accounts, audit, lockout, passwords, sessions
from plugins.identity.arguments import NOT_ALLOWED
from plugins.identity.password_rule import require_strong
from plugins.identity.plugin import identity


@identity.handles(users.ChangeUserRole)
def change_user_role(ctx: Context, user_id: str, new_role: str) -> dict[str, Any]:
    """The user has the role from the next call on; the same role again changes nothing."""
    user = _hold_other(ctx, user_id, "change the role of")
    revoked = 0
    if user.role != new_role:
        _require_other_admin(ctx, user)
        accounts.change(ctx, user_id, role=new_role)
        _record(ctx, "role_changed", user_id, old_role=user.role, new_role=new_role)
        revoked = sessions.end_all(ctx, user_id, "role_changed")
    return {"user_id": user_id, "old_role": user.role, "new_role": new_role, "revoked_sessions": revoked}


@identity.handles(users.BanUser)
def ban_user(ctx: Context, user_id: str) -> dict[str, Any]:
    """The user can neither log in nor go on."""
    user = _hold_other(ctx, user_id, "ban")
    if not user.is_active:
        raise UserAlreadyBanned
    _require_other_admin(ctx, user)
    accounts.change(ctx, user_id, is_active=False)
    _record(ctx, "user_banned", user_id)
    return {"user_id": user_id, "is_active": False, "revoked_sessions": sessions.end_all(ctx, user_id, "user_banned")}


@identity.handles(users.UnbanUser)
def unban_user(ctx: Context, user_id: str) -> dict[str, Any]:
    """The user may log in again."""
    accounts.hold_roster(ctx)
    if accounts.require_held(ctx, user_id).is_active:
        raise UserNotBanned
    accounts.change(ctx, user_id, is_active=True)
    _record(ctx, "user_unbanned", user_id)
    return {"user_id": user_id, "is_active": True, "revoked_sessions": 0}


@identity.handles(users.DeleteUser)
def delete_user(ctx: Context, user_id: str) -> dict[str, Any]:
    """The user is gone for everybody; the row stays, and with it email and username."""
    user = _hold_other(ctx, user_id, "delete")
    _require_other_admin(ctx, user)
    accounts.change(ctx, user_id, deleted_at=ctx.now_ms)
    _record(ctx, "user_deleted", user_id)
    return {"user_id": user_id, "deleted": True, "revoked_sessions": sessions.end_all(ctx, user_id, "user_deleted")}


@identity.handles(users.ResetUserPassword)
def reset_user_password(ctx: Context, user_id: str, new_password: str) -> dict[str, Any]:
    """The user logs in with the new password, whatever failed before."""
    require_strong("new_password", new_password)
    new_hash = passwords.hashed(new_password)

    def reset(_db: Any) -> int:
        user = _hold_other(ctx, user_id, "reset the password of")
        require_strong("new_password", new_password, user.email, user.username)
        accounts.change(ctx, user_id, password_hash=new_hash)
        _record(ctx, "password_reset", user_id)
        lockout.clear(ctx, lockout.login_key(user.email))
        lockout.clear(ctx, lockout.two_factor_key(user_id))
        return sessions.end_all(ctx, user_id, "password_reset")

    return {"changed": True, "revoked_sessions": ctx.unit("reset", reset)}


@identity.handles(users.HasAdmins)
def has_admins(ctx: Context) -> dict[str, Any]:
    """Whether anybody is an active admin."""
    return {"has_admins": accounts.has_active_admin(ctx)}


@identity.handles(users.BootstrapFirstAdmin)
def bootstrap_first_admin(ctx: Context, user_id: str) -> dict[str, Any]:
    """The caller is an admin, and was the first to ask."""
    if user_id != ctx.principal.id:
        raise Forbidden(NOT_ALLOWED)
    accounts.hold_roster(ctx)
    if accounts.has_active_admin(ctx):
        raise AdminExists
    if not accounts.may_act(accounts.hold(ctx, user_id)):
        raise Forbidden(NOT_ALLOWED)  # banned since the call began
    accounts.change(ctx, user_id, role=ADMIN)
    _record(ctx, "admin_bootstrapped", user_id)
    return {"user_id": user_id, "role": ADMIN, "message": "You are an admin now."}


def _hold_other(ctx: Context, user_id: str, action: str) -> Row[Any]:
    """The row of somebody else, held until the commit.

    Raises:
        SelfActionForbidden: it is the caller's own.
        NotFound: there is none.
    """
    if user_id == ctx.principal.id:
        raise SelfActionForbidden(action=action)
    accounts.hold_roster(ctx)
    return accounts.require_held(ctx, user_id)


def _require_other_admin(ctx: Context, user: Row[Any]) -> None:
    """Go on unless the user is the last active admin.

    Raises:
        LastAdmin: it is; possible where the caller has lost the role meanwhile.
    """
    is_admin = user.role == ADMIN and user.is_active
    if is_admin and not accounts.has_other_admin(ctx, user.id):
        raise LastAdmin


def _record(ctx: Context, event_type: str, user_id: str, **details: str) -> None:
    audit.record(ctx, event_type, user_id=ctx.principal.id, target_user_id=user_id, **details)
