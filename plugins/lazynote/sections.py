"""Answers ``tasks_list_inbox``, ``tasks_list_today`` and ``tasks_list_upcoming``.

start   end     today                               upcoming
none    none    no (inbox)                          no
none    set     end <= eod, overdue ones too        end > eod
set     none    start <= eod, however long ago      start > eod
set     set     start <= eod and end >= bod         start > eod
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, func, or_

from bus.context import Context
from contracts.lazynote import v1
from plugins.lazynote.atoms import IS_TIMED
from plugins.lazynote.listing import LATEST_FIRST, Listing
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import atoms

START, END = atoms.c.start_at, atoms.c.end_at
BOD, EOD = bindparam("bod", type_=BigInteger), bindparam("eod", type_=BigInteger)

IS_OPEN = or_(atoms.c.task_status.is_(None), atoms.c.task_status.in_(("todo", "in_progress")))
BY_TIME: tuple[ColumnElement[Any], ...] = (func.coalesce(START, END), *LATEST_FIRST)

INBOX = Listing(and_(IS_OPEN, START.is_(None), END.is_(None)), LATEST_FIRST)
_DUE_TODAY = and_(START.is_(None), END <= EOD)
_BEGUN = and_(START <= EOD, or_(END.is_(None), END >= BOD))
TODAY = Listing(and_(IS_OPEN, IS_TIMED, or_(_DUE_TODAY, _BEGUN)), BY_TIME)
# Not by the coalesced time, which no index knows.
UPCOMING = Listing(and_(IS_OPEN, IS_TIMED, or_(START > EOD, and_(START.is_(None), END > EOD))), BY_TIME)


@lazynote.handles(v1.sections.TasksListInbox)
def tasks_list_inbox(ctx: Context, limit: int | None, offset: int | None) -> dict[str, Any]:
    """Open atoms without a time."""
    return INBOX.page(ctx, limit, offset)


@lazynote.handles(v1.sections.TasksListToday)
def tasks_list_today(ctx: Context, bod_ms: int, eod_ms: int, limit: int | None, offset: int | None) -> dict[str, Any]:
    """Open atoms that are due, or that run today."""
    return TODAY.page(ctx, limit, offset, bod=bod_ms, eod=eod_ms)


@lazynote.handles(v1.sections.TasksListUpcoming)
def tasks_list_upcoming(ctx: Context, eod_ms: int, limit: int | None, offset: int | None) -> dict[str, Any]:
    """Open atoms that lie wholly after today."""
    return UPCOMING.page(ctx, limit, offset, eod=eod_ms)
