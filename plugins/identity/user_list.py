"""Answers ``get_users``: a page of the accounts that are not deleted.

The search goes over names in Python: SQLite folds only the letters of ASCII, PostgreSQL those of its locale, and
``É`` should find ``é`` on both.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, select

from bus.context import Context
from contracts.identity.v1.users import GetUsers
from plugins.identity import accounts
from plugins.identity.plugin import identity
from plugins.identity.tables import users

PAGE_SIZE, MAX_PAGE_SIZE = 50, 200

_NEWEST_FIRST = (users.c.created_at.desc(), users.c.id.desc())
_SEARCHED = select(users.c.id, users.c.email, users.c.username, users.c.first_name, users.c.last_name)


@identity.handles(GetUsers)
def get_users(
    ctx: Context, page: int | None, page_size: int | None, search: str | None, role: str | None, is_active: bool | None
) -> dict[str, Any]:
    """One page, the newest accounts first."""
    shown, size = max(1, page or 1), min(MAX_PAGE_SIZE, max(1, PAGE_SIZE if page_size is None else page_size))
    conditions: list[ColumnElement[bool]] = [users.c.deleted_at.is_(None)]
    conditions += [] if role is None else [users.c.role == role]
    conditions += [] if is_active is None else [users.c.is_active == is_active]
    ids = _found(ctx, conditions, search) if search else _all(ctx, conditions)
    of_page = ids[(shown - 1) * size : shown * size]
    rows = ctx.db.execute(accounts.ROWS.where(users.c.id.in_(of_page)).order_by(*_NEWEST_FIRST)) if of_page else ()
    items = [accounts.view(row) for row in rows]
    return {"items": items, "total_count": len(ids), "page": shown, "page_size": size}


def _all(ctx: Context, conditions: list[ColumnElement[bool]]) -> list[str]:
    """The ids of all accounts that meet the conditions, in the order of the list."""
    return list(ctx.db.execute(select(users.c.id).where(*conditions).order_by(*_NEWEST_FIRST)).scalars())


def _found(ctx: Context, conditions: list[ColumnElement[bool]], search: str) -> list[str]:
    """The ids of those among them whose email, username or name holds the text."""
    wanted = _folded(search)
    rows = ctx.db.execute(_SEARCHED.where(*conditions).order_by(*_NEWEST_FIRST))
    return [row.id for row in rows if any(wanted in _folded(text) for text in _texts(row))]


def _texts(row: Any) -> tuple[str, ...]:
    return (row.email, row.username, f"{row.first_name} {row.last_name}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
