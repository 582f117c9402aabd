"""When tasks of one technician stand in each other's way: one function, and the rules it knows as data.

A calendar asks before it moves a task, and counts every open task. Whoever asks for an assignment wants to know
whether the technician is taken, and counts only what is settled, but no more than so many of them on one day.

Times are half-open: what ends at ten does not touch what begins at ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from bus.context import Context
from plugins.tasks.finding import IS_LIVE
from plugins.tasks.rows import SCHEDULED_COLUMNS
from plugins.tasks.statuses import OPEN
from plugins.tasks.tables import tasks


@dataclass(frozen=True)
class Rule:
    """Which other tasks of the technician on the day stand in the way of a task."""

    #: Only those of these statuses.
    statuses: frozenset[str]
    #: So many of them are a conflict, whatever their times; None: any number fits into a day.
    full_day: int | None
    #: Whether a task without a start and an end takes the whole day, so that every other one is in its way.
    takes_whole_day: bool
    #: Whether another one that has only a start is in the way when it starts within the time.
    counts_bare_start: bool


CALENDAR = Rule(OPEN, full_day=None, takes_whole_day=True, counts_bare_start=True)
ASSIGNMENT = Rule(
    frozenset(("scheduled", "in_progress", "assigned")), full_day=3, takes_whole_day=False, counts_bare_start=False
)

OTHERS = (
    select(*SCHEDULED_COLUMNS)
    .where(
        IS_LIVE,
        tasks.c.technician_id == bindparam("of_technician"),
        tasks.c.scheduled_date == bindparam("on_day"),
        tasks.c.id != bindparam("other_than"),
    )
    .order_by(tasks.c.start_time.asc().nulls_first(), tasks.c.id)
)
_HOLD_DAY = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("day"), 0)))


def conflicts(
    ctx: Context,
    rule: Rule,
    *,
    task_id: str,
    technician_id: str | None,
    date: str,
    start: str | None,
    end: str | None,
) -> list[Row[Any]]:
    """The technician's tasks that stand in the way of this one at that time, by start; those without one first.

    Args:
        ctx: of the command.
        rule: which of them count.
        task_id: of the task itself.
        technician_id: None: nobody's tasks stand in the way.
        date: of the day.
        start: None: it has none.
        end: None: it has none.
    """
    if technician_id is None:
        return []
    parameters = {"of_technician": technician_id, "on_day": date, "other_than": task_id}
    others = [row for row in ctx.db.execute(OTHERS, parameters) if row.status in rule.statuses]
    if rule.full_day is not None and len(others) >= rule.full_day:
        return others
    if start is None or end is None:
        return others if rule.takes_whole_day else []
    return [other for other in others if _is_within(rule, other, start, end)]


def _is_within(rule: Rule, other: Row[Any], start: str, end: str) -> bool:
    if other.start_time is None:
        return False
    if other.end_time is None:
        return rule.counts_bare_start and start <= other.start_time < end
    return other.start_time < end and start < other.end_time


def hold_day(ctx: Context, technician_id: str, date: str) -> None:
    """Let nobody else look at the technician's day and then book it, until the commit.

    On SQLite nobody else writes anyway. PostgreSQL shows everybody the day as it was committed, so whoever books takes
    turns by a lock on its name: there may be no row yet that could be locked.
    """
    if ctx.db.dialect == "postgresql":
        ctx.db.execute(_HOLD_DAY, {"day": f"tasks day {technician_id} {date}"})
