"""Answers ``task_hold`` and ``task_follow``: a task goes along with the work on it.

What becomes of an intervention moves its task by the table below, also where nobody could move it by hand: a finished
piece of work completes its task whatever open status that has. A closed task keeps its status and its stamps.

Not here: the moves that people make (statuses.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.tasks.v1 import following as contracts
from contracts.workshop.errors import NotFound
from plugins.tasks import finding, history, statuses
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import view

_OPEN = [status for status in statuses.MOVES if status in statuses.OPEN]
_STARTABLE = [status for status, allowed in statuses.MOVES.items() if "in_progress" in (status, *allowed)]

#: What becomes of an intervention -> the statuses of its task that are not left as they are, and what they become.
FOLLOWS: dict[str, dict[str, str]] = {
    "started": dict.fromkeys(_STARTABLE, "in_progress"),
    "advanced": {},
    "paused": {"in_progress": "paused"},
    "resumed": {"paused": "in_progress"},
    "cancelled": dict.fromkeys(_OPEN, "cancelled"),
    "finalized": dict.fromkeys(_OPEN, "completed"),
}


@plugin.handles(contracts.TaskHold)
def task_hold(ctx: Context, task_id: str) -> dict[str, Any]:
    """The task, or null."""
    try:
        return {"task": view(finding.require_held(ctx, task_id))}
    except NotFound:
        return {"task": None}


@plugin.handles(contracts.TaskFollow)
def task_follow(
    ctx: Context,
    task_id: str,
    occasion: str,
    intervention_id: str,
    step_id: str | None,
    reason: str | None,
    actual_duration: int | None,
) -> dict[str, Any]:
    """The task has its new status, on record with the reason, and its new place in the work."""
    task = finding.require_held(ctx, task_id)
    new = FOLLOWS[occasion].get(task.status)
    if occasion == "started" and new is None:
        statuses.require_move(task.status, "in_progress")
    values = _place(occasion, intervention_id, step_id) | _moved(ctx, task, new, reason)
    if occasion == "finalized" and new is not None:
        values |= {"actual_duration": actual_duration}
    if values:
        finding.write(ctx, task, **values)
    return {}


def _place(occasion: str, intervention_id: str, step_id: str | None) -> dict[str, Any]:
    """The columns that say which intervention and which step of it are the task's current ones."""
    if occasion in ("paused", "resumed"):
        return {}
    if occasion == "started":
        return {"workflow_id": intervention_id, "current_workflow_step_id": step_id}
    if occasion == "cancelled":
        return {"workflow_id": None, "current_workflow_step_id": None}
    return {"current_workflow_step_id": step_id}


def _moved(ctx: Context, task: Row[Any], new: str | None, reason: str | None) -> dict[str, Any]:
    """The columns that change with the status; a change is on record, to stay is none."""
    if new is None:
        return {}
    if new != task.status:
        history.record(ctx, task.id, task.status, new, reason)
    return statuses.stamps(new, ctx.now_ms, task.started_at)
