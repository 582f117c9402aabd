"""Answers the lists of events: in a stretch of time, of a technician, of a task."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select

from bus.context import Context
from contracts.calendar.v1 import events as contracts
from plugins.calendar.instants import stretch
from plugins.calendar.plugin import calendar as plugin
from plugins.calendar.rows import BY_START, COLUMNS, IS_LIVE, view
from plugins.calendar.tables import IS_LONG, WEEK_MS, events

_ALL = select(*COLUMNS).where(IS_LIVE).order_by(*BY_START)
_IS_OF_TECHNICIAN = events.c.technician_id == bindparam("of_technician")
_HAS_NOT_ENDED = events.c.end_utc > bindparam("from_ms")
#: Overlapping events in two parts, each found by an index: those that began up to a week before, and longer ones.
_RECENT = (events.c.start_utc > bindparam("week_before_ms"), events.c.start_utc < bindparam("to_ms"), _HAS_NOT_ENDED)
_LONG = (IS_LONG, events.c.start_utc <= bindparam("week_before_ms"), _HAS_NOT_ENDED)
#: In the order of the list: whatever is in the first part began before anything in the second.
OVERLAPPING = (_ALL.where(*_LONG), _ALL.where(*_RECENT))
OVERLAPPING_OF_TECHNICIAN = tuple(statement.where(_IS_OF_TECHNICIAN) for statement in OVERLAPPING)
OF_TECHNICIAN = _ALL.where(_IS_OF_TECHNICIAN)
OF_TASK = _ALL.where(events.c.task_id == bindparam("of_task"))


@plugin.handles(contracts.GetEvents)
def get_events(ctx: Context, start_date: str, end_date: str, technician_id: str | None) -> dict[str, Any]:
    """Those that began before the end of the stretch and end after its start; cancelled ones too."""
    from_ms, to_ms = stretch(start_date, end_date)
    parameters = {"from_ms": from_ms, "to_ms": to_ms, "week_before_ms": from_ms - WEEK_MS}
    if technician_id is None:
        return _listed(ctx, OVERLAPPING, parameters)
    return _listed(ctx, OVERLAPPING_OF_TECHNICIAN, parameters | {"of_technician": technician_id})


@plugin.handles(contracts.GetEventsForTechnician)
def get_events_for_technician(ctx: Context, technician_id: str) -> dict[str, Any]:
    """All of them."""
    return _listed(ctx, (OF_TECHNICIAN,), {"of_technician": technician_id})


@plugin.handles(contracts.GetEventsForTask)
def get_events_for_task(ctx: Context, task_id: str) -> dict[str, Any]:
    """All of them."""
    task = ctx.call("task_find", {"task_id": task_id})["task"]
    return _listed(ctx, (OF_TASK,), {"of_task": task_id if task is None else task["id"]})


def _listed(
    ctx: Context, statements: tuple[Select[*tuple[Any, ...]], ...], parameters: dict[str, Any]
) -> dict[str, Any]:
    items = [view(row) for statement in statements for row in ctx.db.execute(statement, parameters)]
    return {"items": items, "total_count": len(items)}
