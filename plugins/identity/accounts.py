"""Accounts: the one home for writing a user's row, and for what answers show of it.

Emails and usernames are unique without case, those of banned and deleted users included. Whoever adds a user, changes
an email or changes who is an admin holds the roster until the commit: two of them cannot both be first, nor both last.
"""

from __future__ import annotations

import uuid
from typing import Any, TypeGuard

from sqlalchemy import Row, bindparam, exists, func, insert, literal_column, select, text, update

from bus.context import Context
from contracts.identity.errors import EmailTaken, NoSession, UsernameTaken
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMIN
from plugins.identity import usernames
from plugins.identity.moments import iso_text
from plugins.identity.tables import two_factor, users

IS_ACTIVE_ADMIN = (users.c.role == ADMIN) & users.c.is_active & users.c.deleted_at.is_(None)
_HAS_TWO_FACTOR = exists().where(two_factor.c.user_id == users.c.id, two_factor.c.state == "active")
#: A user and whether a second factor is enabled.
ROWS = select(users, _HAS_TWO_FACTOR.label("two_factor_enabled"))

_IS_THIS = users.c.id == bindparam("of_user")
_ONE = ROWS.where(_IS_THIS)
_HOLD = select(users).where(_IS_THIS).with_for_update()
_BY_EMAIL = select(users).where(func.lower(users.c.email) == bindparam("of_email"))
_EMAIL_PRESENCE = select(literal_column("1")).where(func.lower(users.c.email) == bindparam("of_email"))
_USERNAME_PRESENCE = select(literal_column("1")).where(func.lower(users.c.username) == bindparam("of_username"))
_ANYBODY = select(literal_column("1")).select_from(users).limit(1)
_ACTIVE_ADMIN = select(literal_column("1")).where(IS_ACTIVE_ADMIN).limit(1)
_OTHER_ADMIN = _ACTIVE_ADMIN.where(users.c.id != bindparam("of_user"))
_HOLD_ROSTER = text(
    "INSERT INTO identity_settings (key, value) VALUES ('roster', 'null') "
    "ON CONFLICT (key) DO UPDATE SET value = 'null'"
)
_INSERT = insert(users).inline()
_UPDATE = update(users).where(_IS_THIS)


def hold_roster(ctx: Context) -> None:
    """Let nobody else add users, change emails or change who is an admin, until the commit."""
    ctx.db.execute(_HOLD_ROSTER)


def view(row: Row[Any]) -> dict[str, Any]:
    """A row of ``ROWS`` as answers show it."""
    return {
        "id": row.id,
        "email": row.email,
        "username": row.username,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "full_name": f"{row.first_name} {row.last_name}",
        "role": row.role,
        "phone": row.phone,
        "is_active": row.is_active,
        "two_factor_enabled": row.two_factor_enabled,
        "last_login_at": None if row.last_login_at is None else iso_text(row.last_login_at),
        "login_count": row.login_count,
        "created_at": iso_text(row.created_at),
        "updated_at": iso_text(row.updated_at),
    }


def require(ctx: Context, user_id: str) -> Row[Any]:
    """The user as ``view`` takes it.

    Raises:
        NotFound: there is none, or it is deleted.
    """
    row = ctx.db.execute(_ONE, {"of_user": user_id}).one_or_none()
    if row is None or row.deleted_at is not None:
        raise NotFound("user", user_id)
    return row


def hold(ctx: Context, user_id: str) -> Row[Any] | None:
    """The user's row, whatever its state, held until the commit."""
    return ctx.db.execute(_HOLD, {"of_user": user_id}).one_or_none()


def require_held(ctx: Context, user_id: str) -> Row[Any]:
    """The user's row, held until the commit.

    Raises:
        NotFound: there is none, or it is deleted.
    """
    row = hold(ctx, user_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("user", user_id)
    return row


def require_own(ctx: Context) -> Row[Any]:
    """The calling user as ``view`` takes it.

    Raises:
        NoSession: a program calls, or the account is gone since the call began.
    """
    row = ctx.db.execute(_ONE, {"of_user": ctx.principal.id}).one_or_none()
    return _live_own(row)


def hold_own(ctx: Context) -> Row[Any]:
    """The calling user's row, held until the commit.

    Raises:
        NoSession: as above.
    """
    return _live_own(hold(ctx, ctx.principal.id))


def _live_own(row: Row[Any] | None) -> Row[Any]:
    if row is None or row.deleted_at is not None:
        raise NoSession
    return row


def by_email(ctx: Context, email: str) -> Row[Any] | None:
    """The user of an email in lower case, whatever its state."""
    return ctx.db.execute(_BY_EMAIL, {"of_email": email}).one_or_none()


def may_act(row: Row[Any] | None) -> TypeGuard[Row[Any]]:
    """Whether the user is there, neither banned nor deleted."""
    return row is not None and bool(row.is_active) and row.deleted_at is None


def has_anybody(ctx: Context) -> bool:
    """Whether there is a user's row, of whatever state."""
    return ctx.db.scalar(_ANYBODY) is not None


def has_active_admin(ctx: Context) -> bool:
    """Whether anybody is an active admin."""
    return ctx.db.scalar(_ACTIVE_ADMIN) is not None


def has_other_admin(ctx: Context, user_id: str) -> bool:
    """Whether anybody else is an active admin."""
    return ctx.db.scalar(_OTHER_ADMIN, {"of_user": user_id}) is not None


def require_free_email(ctx: Context, email: str) -> None:
    """Go on only if no account has the email; the roster is held.

    Raises:
        EmailTaken: one has.
    """
    if ctx.db.scalar(_EMAIL_PRESENCE, {"of_email": email}) is not None:
        raise EmailTaken


def add_checked(ctx: Context, username: str | None, **values: Any) -> str:
    """Write a new user's row, if its email and username are free, and answer its id; the roster is held.

    Args:
        ctx: of the command.
        username: None: made from the names.
        values: the other columns.

    Raises:
        EmailTaken: another account has the email.
        UsernameTaken: another account has the username.
    """
    require_free_email(ctx, values["email"])
    name = _free_username(ctx, username, values["first_name"], values["last_name"])
    user_id = str(uuid.uuid4())
    row = {"id": user_id, "username": name, "created_at": ctx.now_ms, "updated_at": ctx.now_ms}
    ctx.db.execute(_INSERT, row | values)
    return user_id


def change(ctx: Context, user_id: str, **values: Any) -> None:
    """Write some columns of a user's row, and that it was changed."""
    ctx.db.execute(_UPDATE.values(updated_at=ctx.now_ms, **values), {"of_user": user_id})


def note_login(ctx: Context, user_id: str, **values: Any) -> None:
    """Write that the user has logged in; the account itself has not changed."""
    counted = users.c.login_count + 1
    ctx.db.execute(_UPDATE.values(last_login_at=ctx.now_ms, login_count=counted, **values), {"of_user": user_id})


def _free_username(ctx: Context, wanted: str | None, first_name: str, last_name: str) -> str:
    if wanted is None:
        names = usernames.candidates(usernames.generated(first_name, last_name))
        return next(name for name in names if not _has_username(ctx, name))
    if _has_username(ctx, wanted):
        raise UsernameTaken
    return wanted


def _has_username(ctx: Context, username: str) -> bool:
    return ctx.db.scalar(_USERNAME_PRESENCE, {"of_username": username.lower()}) is not None
