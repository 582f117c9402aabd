"""The states of a task and the moves between them: the tables that every change of a status goes through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bus.context import Context
from contracts.workshop.errors import TaskInvalidTransition
from plugins.tasks import history

#: Status -> those it may become, in the order in which refusals name them.
Moves = Mapping[str, tuple[str, ...]]

#: Moves that callers make.
MOVES: Moves = {
    "draft": ("pending", "scheduled", "cancelled"),
    "pending": ("in_progress", "scheduled", "on_hold", "cancelled", "assigned"),
    "scheduled": ("in_progress", "on_hold", "cancelled", "assigned"),
    "assigned": ("in_progress", "on_hold", "cancelled"),
    "in_progress": ("completed", "on_hold", "paused", "cancelled"),
    "paused": ("in_progress", "cancelled"),
    "on_hold": ("pending", "scheduled", "in_progress", "cancelled"),
    "completed": ("archived",),
    "overdue": ("in_progress", "cancelled"),
    "failed": ("cancelled",),
    "invalid": ("cancelled",),
    "cancelled": (),
    "archived": (),
}
#: Moves that a schedule makes when a task's day has passed; nobody can make them by hand.
MOVES_BY_DAY: Moves = {
    "pending": ("overdue",),
    "scheduled": ("overdue",),
    "assigned": ("overdue",),
}
#: Nothing more is done about them.
CLOSED = frozenset(("completed", "cancelled", "archived", "failed", "invalid"))
OPEN = frozenset(MOVES) - CLOSED


def require_move(old: str, new: str, moves: Moves = MOVES) -> None:
    """Go on only if a task may move that way; to stay where it is is no move.

    Raises:
        TaskInvalidTransition: it may not.
    """
    allowed = moves.get(old, ())
    if new not in allowed:
        raise TaskInvalidTransition(old, new, allowed)


def stamps(new: str, now_ms: int, started_at: int | None = None) -> dict[str, Any]:
    """What a task that gets a status gets beside it; a start is never forgotten."""
    values: dict[str, Any] = {"status": new}
    if new == "in_progress" and started_at is None:
        values["started_at"] = now_ms
    if new == "completed":
        values["completed_at"] = now_ms
    return values


def move(ctx: Context, task: Any, new: str, reason: str | None = None, moves: Moves = MOVES) -> dict[str, Any]:
    """The columns that change with the status; the change is on record.

    Raises:
        TaskInvalidTransition: the task may not move that way.
    """
    require_move(task.status, new, moves)
    history.record(ctx, task.id, task.status, new, reason)
    return stamps(new, ctx.now_ms, task.started_at)
