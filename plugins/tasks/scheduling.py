"""Answers what a calendar asks about tasks, and moves them for it: the check and the write are one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from bus.context import Context
from bus.errors import Forbidden
from contracts.tasks.v1 import scheduling as contracts
from contracts.workshop.errors import TaskNotSchedulable
from plugins.tasks import conflicts, finding
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import SCHEDULED_COLUMNS, scheduled_view
from plugins.tasks.statuses import CLOSED
from plugins.tasks.tables import tasks


@plugin.handles(contracts.TaskListScheduled)
def task_list_scheduled(
    ctx: Context, start_date: str, end_date: str, technician_ids: list[str], statuses: list[str]
) -> dict[str, Any]:
    """All tasks of the days, whoever asks."""
    conditions = [finding.IS_LIVE, tasks.c.scheduled_date >= start_date, tasks.c.scheduled_date <= end_date]
    conditions += [tasks.c.technician_id.in_(technician_ids)] if technician_ids else []
    conditions += [tasks.c.status.in_(statuses)] if statuses else []
    order = (tasks.c.scheduled_date, tasks.c.start_time.asc().nulls_first(), tasks.c.id)
    rows = ctx.db.execute(select(*SCHEDULED_COLUMNS).where(*conditions).order_by(*order))
    return {"items": [scheduled_view(row) for row in rows]}


@plugin.handles(contracts.TaskFindConflicts)
def task_find_conflicts(
    ctx: Context, task_id: str, new_date: str, new_start: str | None, new_end: str | None
) -> dict[str, Any]:
    """By the calendar's rule."""
    task = finding.require(ctx, task_id)
    return {"items": _in_the_way(ctx, task, new_date, new_start, new_end)}


@plugin.handles(contracts.TaskReschedule)
def task_reschedule(
    ctx: Context, task_id: str, new_date: str, new_start: str | None, new_end: str | None, force: bool
) -> dict[str, Any]:
    """The task at its new time; or as it was, with what stands in the way."""
    task = finding.require_held_changeable(ctx, task_id)
    if force and finding.is_technician(ctx):
        raise Forbidden("your role does not allow to schedule over other tasks")
    require_schedulable(task)
    if task.technician_id is not None:
        conflicts.hold_day(ctx, task.technician_id, new_date)
    found = [] if force else _in_the_way(ctx, task, new_date, new_start, new_end)
    if not found:
        task = finding.write(ctx, task, scheduled_date=new_date, start_time=new_start, end_time=new_end)
    return {"is_written": not found, "task": scheduled_view(task), "conflicts": found}


def require_schedulable(task: Row[Any]) -> None:
    """Go on only if the task is open.

    Raises:
        TaskNotSchedulable: it is closed.
    """
    if task.status in CLOSED:
        raise TaskNotSchedulable(status=task.status)


def _in_the_way(ctx: Context, task: Row[Any], date: str, start: str | None, end: str | None) -> list[dict[str, Any]]:
    rows = conflicts.conflicts(
        ctx,
        conflicts.CALENDAR,
        task_id=task.id,
        technician_id=task.technician_id,
        date=date,
        start=start,
        end=end,
    )
    return [scheduled_view(row) for row in rows]
