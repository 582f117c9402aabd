"""Answers what operators ask at the command line (cli.py): for the day on which nobody can log in any more.

Each leaves an event on record, as an admin's command would; nobody is named as having acted.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.identity.v1 import operators as contracts
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMIN
from plugins.identity import accounts, audit, lockout, passwords, sessions
from plugins.identity.password_rule import require_strong
from plugins.identity.plugin import identity
from plugins.identity.two_factor import backup_codes, factors


@identity.handles(contracts.OperatorCreateAdmin)
def operator_create_admin(
    ctx: Context, email: str, password: str, first_name: str, last_name: str, username: str | None
) -> dict[str, Any]:
    """The new admin."""
    require_strong("password", password, email, username or "")
    values = {
        "email": email,
        "password_hash": passwords.hashed(password),
        "first_name": first_name,
        "last_name": last_name,
        "role": ADMIN,
    }

    def create(_db: Any) -> dict[str, Any]:
        accounts.hold_roster(ctx)
        user_id = accounts.add_checked(ctx, username, **values)
        audit.record(ctx, "user_created", target_user_id=user_id, role=ADMIN)
        return accounts.view(accounts.require(ctx, user_id))

    return ctx.unit("create", create)


@identity.handles(contracts.OperatorResetPassword)
def operator_reset_password(ctx: Context, email: str, new_password: str) -> dict[str, Any]:
    """How many sessions ended."""
    require_strong("new_password", new_password, email)
    new_hash = passwords.hashed(new_password)

    def reset(_db: Any) -> dict[str, Any]:
        user = _hold(ctx, email)
        require_strong("new_password", new_password, user.username)
        accounts.change(ctx, user.id, password_hash=new_hash)
        audit.record(ctx, "password_reset", target_user_id=user.id)
        lockout.clear(ctx, lockout.login_key(user.email))
        lockout.clear(ctx, lockout.two_factor_key(user.id))
        return _ended(ctx, user, "password_reset")

    return ctx.unit("reset", reset)


@identity.handles(contracts.OperatorResetSecondFactor)
def operator_reset_second_factor(ctx: Context, email: str) -> dict[str, Any]:
    """How many sessions ended; without a second factor nothing changes."""
    user = _hold(ctx, email)
    if not factors.is_active(factors.hold(ctx, user.id)):
        return {"user_id": user.id, "revoked_sessions": 0}
    factors.forget(ctx, user.id)
    backup_codes.forget(ctx, user.id)
    audit.record(ctx, "two_factor_disabled", target_user_id=user.id)
    lockout.clear(ctx, lockout.two_factor_key(user.id))
    return _ended(ctx, user, "two_factor_disabled")


@identity.handles(contracts.OperatorListSessions)
def operator_list_sessions(ctx: Context, email: str) -> dict[str, Any]:
    """All that could still be refreshed."""
    items = [sessions.view(row) for row in sessions.live_of(ctx, _require(ctx, email).id)]
    return {"items": items, "total_count": len(items)}


@identity.handles(contracts.OperatorEndSessions)
def operator_end_sessions(ctx: Context, email: str, session_id: str | None) -> dict[str, Any]:
    """How many sessions ended."""
    user = _hold(ctx, email)
    if session_id is None:
        return _ended(ctx, user, "operator")
    row = sessions.find(ctx, session_id)
    if row is None or row.user_id != user.id or not sessions.is_live(row, ctx.now_ms):
        raise NotFound("session", session_id)
    ended = sessions.end(ctx, "operator", sessions.IS_THIS, of_session=session_id)
    return {"user_id": user.id, "revoked_sessions": ended}


def _require(ctx: Context, email: str) -> Row[Any]:
    user = accounts.by_email(ctx, email)
    if user is None or user.deleted_at is not None:
        raise NotFound("user", email)
    return user


def _hold(ctx: Context, email: str) -> Row[Any]:
    """The row of a user, held until the commit."""
    return accounts.require_held(ctx, _require(ctx, email).id)


def _ended(ctx: Context, user: Row[Any], reason: str) -> dict[str, Any]:
    return {"user_id": user.id, "revoked_sessions": sessions.end_all(ctx, user.id, reason)}
