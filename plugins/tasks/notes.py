"""Answers ``add_task_note`` and ``delay_task``: lines that are appended to a task's notes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.tasks.v1.tasks import AddTaskNote, DelayTask
from plugins.tasks import finding
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import view
from plugins.tasks.scheduling import require_schedulable


@plugin.handles(AddTaskNote)
def add_task_note(ctx: Context, task_id: str, note: str) -> dict[str, Any]:
    """The task with a line more."""
    task = finding.require_held_changeable(ctx, task_id)
    return view(finding.write(ctx, task, notes=_with_line(ctx, task, "note", note)))


@plugin.handles(DelayTask)
def delay_task(
    ctx: Context, task_id: str, new_scheduled_date: str, reason: str, additional_notes: str | None
) -> dict[str, Any]:
    """The task on its new day without a time, its event there too; whatever else is on that day."""
    task = finding.require_held_changeable(ctx, task_id)
    require_schedulable(task)
    why = reason if additional_notes is None else f"{reason} - {additional_notes}"
    notes = _with_line(ctx, task, "delay", why)
    moved = finding.write(ctx, task, scheduled_date=new_scheduled_date, start_time=None, end_time=None, notes=notes)
    place = {"task_id": task.id, "title": task.title, "technician_id": task.technician_id}
    ctx.call("event_place_task", place | {"date": new_scheduled_date})
    return view(moved)


def _with_line(ctx: Context, task: Row[Any], kind: str, text: str) -> str:
    line = f"[{_iso_text(ctx.now_ms)}][{kind}][{ctx.principal.id}] {text}"
    return line if task.notes is None else f"{task.notes}\n{line}"


def _iso_text(epoch_ms: int) -> str:
    """ISO 8601 in UTC with milliseconds: ``2026-03-01T09:00:00.000Z``."""
    seconds, millis = divmod(epoch_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{millis:03d}Z"
