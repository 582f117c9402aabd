"""Answers ``event_place_task``: the one event that shows when a task is done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from bus.context import Context
from contracts.calendar.v1.within import EventPlaceTask
from plugins.calendar.events import add, change
from plugins.calendar.instants import FIRST_SECOND, LAST_SECOND, placed
from plugins.calendar.plugin import calendar as plugin
from plugins.calendar.rows import IS_LIVE
from plugins.calendar.tables import events

NEWEST_OF_TASK = (
    select(events.c.id)
    .where(IS_LIVE, events.c.task_id == bindparam("of_task"), events.c.event_type == "task")
    .order_by(events.c.seq.desc())
    .limit(1)
)


@plugin.handles(EventPlaceTask)
def event_place_task(
    ctx: Context, task_id: str, title: str, technician_id: str | None, date: str, start: str | None, end: str | None
) -> dict[str, Any]:
    """The task's newest event at its new time; a new one where it has none."""
    times = {
        "start_datetime": date + (FIRST_SECOND if start is None else f"T{start}:00"),
        "end_datetime": date + (LAST_SECOND if end is None else f"T{end}:00"),
        "all_day": start is None,
        "timezone": "UTC",
    }
    values = times | placed(times) | {"technician_id": technician_id, "status": "confirmed"}
    event_id = ctx.db.scalar(NEWEST_OF_TASK, {"of_task": task_id})
    if event_id is not None:
        return {"event_id": change(ctx, event_id, values)["id"]}
    made = values | {"task_id": task_id, "title": title, "event_type": "task", "scheduled_by_bus": True}
    return {"event_id": add(ctx, made)["id"]}
