"""The numbers of tasks: given ones are unique for good, made ones count up within a day.

Whoever needs a number holds the day it belongs to, or the number itself, until the commit: two of them never meet at
the same one, so a collision is neither retried nor shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from bus.context import Context
from contracts.tasks.errors import TaskDuplicateNumber
from plugins.tasks.tables import tasks

#: What made numbers look like; so many digits fit into the column.
_MADE = re.compile(r"([0-9]{8})-([0-9]{3,18})", re.ASCII)

_HOLD = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))
HIGHEST = select(func.max(tasks.c.number_of_day)).where(tasks.c.number_day == bindparam("of_day"))
_PRESENCE = select(literal_column("1")).where(tasks.c.task_number == bindparam("number"))


def today(now_ms: int) -> str:
    """The date in UTC, ``YYYY-MM-DD``."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).date().isoformat()


def given(ctx: Context, number: str) -> dict[str, Any]:
    """The columns of a number that somebody chose.

    Raises:
        TaskDuplicateNumber: a task has it already, perhaps a deleted one.
    """
    made = _MADE.fullmatch(number)
    day = made and made[1]
    _hold(ctx, _held_for(ctx, number))
    if ctx.db.scalar(_PRESENCE, {"number": number}) is not None:
        raise TaskDuplicateNumber(task_number=number)
    return {"task_number": number, "number_day": day, "number_of_day": int(made[2]) if made else None}


def next_of_day(ctx: Context) -> dict[str, Any]:
    """The columns of the number after the highest one of today."""
    day = _day_of_now(ctx)
    _hold(ctx, day)
    count = (ctx.db.scalar(HIGHEST, {"of_day": day}) or 0) + 1
    return {"task_number": f"{day}-{count:03d}", "number_day": day, "number_of_day": count}


def hold_all(ctx: Context, wanted: Iterable[str | None]) -> None:
    """Hold what tasks with these numbers need (None: the next one), in one order.

    So nobody who makes several tasks waits for somebody who makes the same the other way round.
    """
    for name in sorted({_held_for(ctx, number) for number in wanted}):
        _hold(ctx, name)


def _held_for(ctx: Context, number: str | None) -> str:
    """The day that a number belongs to, or the number where it belongs to none."""
    if number is None:
        return _day_of_now(ctx)
    made = _MADE.fullmatch(number)
    return made[1] if made else number


def _day_of_now(ctx: Context) -> str:
    """As numbers begin with it."""
    return today(ctx.now_ms).replace("-", "")


def _hold(ctx: Context, name: str) -> None:
    """Nobody else looks at this day or number and then takes one; on SQLite nobody else writes anyway."""
    if ctx.db.dialect == "postgresql":
        ctx.db.execute(_HOLD, {"name": f"tasks number {name}"})
