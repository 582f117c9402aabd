"""Answers ``notification_list`` and ``notification_mark_read``: the caller's own rows; no others are ever looked at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, update

from bus.context import Context
from contracts.notifications.v1 import inbox as contracts
from contracts.workshop.paging import page_of
from plugins.notifications.plugin import notifications as plugin
from plugins.notifications.tables import inbox

_SHOWN = (inbox.c.id, inbox.c.event, inbox.c.title, inbox.c.data, inbox.c.created_at, inbox.c.read_at)
_IS_OWN = inbox.c.user_id == bindparam("of_user")
_IS_UNREAD = inbox.c.read_at.is_(None)
#: Whether only what is unread is listed -> the statement.
PAGES = {
    unread_only: select(*_SHOWN)
    .where(_IS_OWN, *([_IS_UNREAD] if unread_only else []))
    .order_by(inbox.c.seq.desc())
    .limit(bindparam("limit", type_=BigInteger))
    .offset(bindparam("offset", type_=BigInteger))
    for unread_only in (False, True)
}
COUNT = select(func.count()).select_from(inbox).where(_IS_OWN)
COUNT_UNREAD = COUNT.where(_IS_UNREAD)

_UNREAD = select(inbox.c.seq).where(_IS_OWN, _IS_UNREAD).order_by(inbox.c.seq).with_for_update()
_CHOSEN = _UNREAD.where(inbox.c.id.in_(bindparam("ids", expanding=True)))
MARK_ALL, MARK_SOME = (
    update(inbox).where(inbox.c.seq.in_(held)).values(read_at=bindparam("now", type_=BigInteger))
    for held in (_UNREAD, _CHOSEN)
)


@plugin.handles(contracts.NotificationList)
def notification_list(ctx: Context, page: int | None, limit: int | None, unread_only: bool) -> dict[str, Any]:
    """One page, the newest first."""
    shown, own = page_of(page, limit, usual=20), {"of_user": ctx.principal.id}
    rows = ctx.db.execute(PAGES[unread_only], own | {"limit": shown.limit, "offset": shown.offset})
    items = [dict(row) for row in rows.mappings()]
    unread_count = ctx.db.scalar(COUNT_UNREAD, own)
    total_count = unread_count if unread_only else ctx.db.scalar(COUNT, own)
    return shown.answer(items, total_count) | {"unread_count": unread_count}


@plugin.handles(contracts.NotificationMarkRead)
def notification_mark_read(ctx: Context, ids: list[str] | None, all: bool) -> dict[str, Any]:
    """How many were unread before; what was read stays read since then."""
    own = {"of_user": ctx.principal.id}
    statement, chosen = (MARK_ALL, {}) if all else (MARK_SOME, {"ids": ids})
    marked: int = ctx.db.execute(statement, own | {"now": ctx.now_ms} | chosen).rowcount
    return {"marked_count": marked, "unread_count": ctx.db.scalar(COUNT_UNREAD, own)}
