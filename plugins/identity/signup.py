"""Answers ``auth_create_account``: the first account is an admin's, later ones are for open sign-up alone."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.identity.errors import SignupClosed
from contracts.identity.v1 import auth
from contracts.workshop.roles import ADMIN, VIEWER
from plugins.identity import accounts, audit, passwords, sessions, usernames
from plugins.identity.password_rule import require_strong
from plugins.identity.plugin import identity


@identity.handles(auth.AuthCreateAccount)
def auth_create_account(
    ctx: Context,
    email: str,
    password: str,
    first_name: str,
    last_name: str,
    username: str | None,
    role: str | None,  # noqa: ARG001  # callers send it, and it counts for nothing
) -> dict[str, Any]:
    """An account and its first session."""
    require_strong("password", password, email, username or usernames.generated(first_name, last_name))
    # Looked at before hashing, which costs, and again behind it.
    ctx.unit("look", lambda _db: _require_open(ctx))
    values = {
        "email": email,
        "password_hash": passwords.hashed(password),
        "first_name": first_name,
        "last_name": last_name,
    }
    return ctx.unit("create", lambda _db: _create(ctx, username, values))


def _require_open(ctx: Context) -> None:
    if accounts.has_anybody(ctx) and not identity.configured().signup_open:
        raise SignupClosed


def _create(ctx: Context, username: str | None, values: dict[str, Any]) -> dict[str, Any]:
    accounts.hold_roster(ctx)
    _require_open(ctx)
    role = VIEWER if accounts.has_anybody(ctx) else ADMIN
    user_id = accounts.add_checked(ctx, username, role=role, **values)
    accounts.note_login(ctx, user_id)
    audit.record(ctx, "user_created", user_id=user_id, target_user_id=user_id, role=role)
    return sessions.begin(ctx, user_id)
