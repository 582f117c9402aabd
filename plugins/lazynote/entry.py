"""Answers ``entry_create_note``, ``entry_create_task`` and ``entry_schedule``.

Not here: the line that runs them (entry_line.py), ``entry_search`` (search/).
"""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import InvalidTimeRange
from plugins.lazynote.atoms import create
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.previews import previews


@lazynote.handles(v1.entry.EntryCreateNote)
def entry_create_note(ctx: Context, content: str) -> dict[str, Any]:
    """A new note."""
    preview_text, preview_image = previews(content)
    row = create(ctx, "note", content, preview_text=preview_text, preview_image=preview_image)
    return {"atom_id": row["uuid"], "message": "Note created."}


@lazynote.handles(v1.entry.EntryCreateTask)
def entry_create_task(ctx: Context, content: str) -> dict[str, Any]:
    """A new task, to be done."""
    row = create(ctx, "task", content, task_status="todo")
    return {"atom_id": row["uuid"], "message": "Task created."}


@lazynote.handles(v1.entry.EntrySchedule)
def entry_schedule(ctx: Context, title: str, start_epoch_ms: int, end_epoch_ms: int | None) -> dict[str, Any]:
    """A new event; without an end it is a point in time."""
    if end_epoch_ms is not None and end_epoch_ms < start_epoch_ms:
        raise InvalidTimeRange(start_ms=start_epoch_ms, end_ms=end_epoch_ms)
    row = create(ctx, "event", title, start_at=start_epoch_ms, end_at=end_epoch_ms)
    return {"atom_id": row["uuid"], "message": "Event scheduled."}
