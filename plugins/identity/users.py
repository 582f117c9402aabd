"""Answers ``create_user``, ``get_user`` and ``update_user``: what an account says about its owner.

Not here: the list (user_list.py), role and ban (standing.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from bus.errors import Forbidden
from contracts.identity.v1 import users as contracts
from contracts.workshop.roles import STAFF, SUPERVISOR, TECHNICIAN, VIEWER
from plugins.identity import accounts, audit, passwords, usernames
from plugins.identity.arguments import NOT_ALLOWED, bad_argument
from plugins.identity.password_rule import require_strong
from plugins.identity.plugin import identity
from plugins.identity.reauthentication import check_own_password, hold_own_account

#: Whose profile a supervisor may change beside the own one.
BELOW_SUPERVISOR = frozenset((TECHNICIAN, VIEWER))

#: Stands for a telephone number that was not given, where null clears it.
KEPT = object()


@identity.handles(contracts.CreateUser)
def create_user(
    ctx: Context,
    email: str,
    password: str,
    first_name: str,
    last_name: str,
    role: str,
    username: str | None,
    phone: str | None,
) -> dict[str, Any]:
    """An account that can log in."""
    require_strong("password", password, email, username or usernames.generated(first_name, last_name))
    values = {
        "email": email,
        "password_hash": passwords.hashed(password),
        "first_name": first_name,
        "last_name": last_name,
        "role": role,
        "phone": phone,
    }
    return ctx.unit("create", lambda _db: _create(ctx, username, values))


def _create(ctx: Context, username: str | None, values: dict[str, Any]) -> dict[str, Any]:
    accounts.hold_roster(ctx)
    user_id = accounts.add_checked(ctx, username, **values)
    audit.record(ctx, "user_created", user_id=ctx.principal.id, target_user_id=user_id, role=values["role"])
    return accounts.view(accounts.require(ctx, user_id))


@identity.handles(contracts.GetUser)
def get_user(ctx: Context, user_id: str) -> dict[str, Any]:
    """The account. Who may is asked before whether there is one."""
    _require_staff_or_self(ctx, user_id)
    return accounts.view(accounts.require(ctx, user_id))


@identity.handles(contracts.UpdateUser)
def update_user(
    ctx: Context,
    user_id: str,
    email: str | None = None,
    first_name: str | None = None,
    last_name: str | None = None,
    phone: Any = KEPT,
    current_password: str | None = None,
) -> dict[str, Any]:
    """The account with what was given; whatever is left out stays."""
    given = {"email": email, "first_name": first_name, "last_name": last_name}
    values = {name: value for name, value in given.items() if value is not None}
    values |= {} if phone is KEPT else {"phone": phone}
    is_own_email = (
        ctx.unit("look", lambda _db: "email" in _changes(ctx, user_id, values)) and user_id == ctx.principal.id
    )
    checked_hash = _check_for_email(ctx, current_password) if is_own_email else None
    return ctx.unit("change", lambda _db: _update(ctx, user_id, values, checked_hash))


def _check_for_email(ctx: Context, current_password: str | None) -> str:
    """The email is what passwords are reset by: changing it takes the password."""
    if current_password is None:
        raise bad_argument("current_password", "required to change the own email")
    return check_own_password(ctx, current_password)


def _update(ctx: Context, user_id: str, values: dict[str, Any], checked_hash: str | None) -> dict[str, Any]:
    if "email" in values:
        accounts.hold_roster(ctx)
    if checked_hash is not None:
        hold_own_account(ctx, checked_hash)
    changes = _changes(ctx, user_id, values)
    if "email" in changes:
        accounts.require_free_email(ctx, changes["email"])
    if changes:
        accounts.change(ctx, user_id, **changes)
        audit.record(ctx, "user_updated", user_id=ctx.principal.id, target_user_id=user_id, fields=sorted(changes))
    return accounts.view(accounts.require(ctx, user_id))


def _changes(ctx: Context, user_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that the account does not have yet.

    Raises:
        Forbidden: the caller may not change this account.
        NotFound: there is no such account.
    """
    _require_staff_or_self(ctx, user_id)
    user = accounts.require_held(ctx, user_id)
    _require_below(ctx, user)
    return {name: value for name, value in values.items() if value != getattr(user, name)}


def _require_staff_or_self(ctx: Context, user_id: str) -> None:
    if user_id != ctx.principal.id and STAFF.roles.isdisjoint(ctx.principal.roles):
        raise Forbidden(NOT_ALLOWED)


def _require_below(ctx: Context, user: Row[Any]) -> None:
    is_supervisor = SUPERVISOR in ctx.principal.roles
    if is_supervisor and user.id != ctx.principal.id and user.role not in BELOW_SUPERVISOR:
        raise Forbidden(NOT_ALLOWED)
