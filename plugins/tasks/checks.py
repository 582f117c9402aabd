"""Answers the questions before an assignment: can this user take the task, can it be begun, what speaks against it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.tasks.v1 import checks as contracts
from plugins.tasks import finding, people
from plugins.tasks.conflicts import ASSIGNMENT, conflicts
from plugins.tasks.plugin import tasks as plugin

#: A task in one of these can be given to somebody.
ASSIGNABLE = frozenset(("draft", "scheduled", "pending", "assigned", "on_hold", "paused"))
#: A task in one of these cannot be begun.
TAKEN = frozenset(("in_progress", "completed", "cancelled", "invalid", "archived", "failed", "assigned"))
#: A task in one of these can be given to somebody else.
CHANGEABLE = frozenset(("pending", "on_hold"))


@plugin.handles(contracts.CheckTaskAssignment)
def check_task_assignment(ctx: Context, task_id: str, user_id: str) -> dict[str, Any]:
    """The first of the rules that holds."""
    task = finding.require(ctx, task_id)
    status, reason = _assignment(ctx, task, user_id)
    return {"task_id": task.id, "user_id": user_id, "status": status, "reason": reason}


def _assignment(ctx: Context, task: Row[Any], user_id: str) -> tuple[str, str | None]:
    if task.status not in ASSIGNABLE:
        return "unavailable", f"the task is {task.status}"
    if not people.can_work(ctx, user_id):
        return "restricted", "the user may not be given tasks"
    if task.technician_id == user_id:
        return "available", None
    if people.is_busy(ctx, user_id):
        return "unavailable", f"the user has {people.max_tasks()} or more open tasks"
    if _has_conflict(ctx, task, user_id):
        return "unavailable", "the user is taken at that time"
    if task.technician_id is not None:
        return "assigned", "the task is assigned to somebody else"
    return "available", None


@plugin.handles(contracts.CheckTaskAvailability)
def check_task_availability(
    ctx: Context,
    task_id: str,
    technician_id: str | None,
    scheduled_date: str | None,
    start_time: str | None,
    end_time: str | None,
) -> dict[str, Any]:
    """By the task's status, then by what else its technician does at the time."""
    task = finding.require(ctx, task_id)
    if task.status in TAKEN:
        return {"task_id": task.id, "status": "unavailable", "reason": f"the task is {task.status}"}
    found = conflicts(
        ctx,
        ASSIGNMENT,
        task_id=task.id,
        technician_id=technician_id or task.technician_id,
        date=scheduled_date or task.scheduled_date,
        start=start_time or task.start_time,
        end=end_time or task.end_time,
    )
    if found:
        return {"task_id": task.id, "status": "scheduled_conflict", "reason": "the technician is taken at that time"}
    return {"task_id": task.id, "status": "available", "reason": None}


@plugin.handles(contracts.ValidateTaskAssignmentChange)
def validate_task_assignment_change(
    ctx: Context, task_id: str, new_user_id: str, old_user_id: str | None
) -> dict[str, Any]:
    """One sentence for each rule that holds."""
    task = finding.require(ctx, task_id)
    is_other = new_user_id != old_user_id
    against = {
        f"a task that is {task.status} cannot change hands": task.status not in CHANGEABLE,
        "the new user may not be given tasks": not people.can_work(ctx, new_user_id),
        f"the new user has {people.max_tasks()} or more open tasks": is_other and people.is_busy(ctx, new_user_id),
    }
    doubtful = {
        "the new user is taken at that time": _has_conflict(ctx, task, new_user_id),
        "the old user and the new one are the same": not is_other,
        "the old user has hardly any other open task": old_user_id is not None
        and people.open_tasks(ctx, old_user_id) <= 1,
        "the task is urgent": task.priority == "urgent" and old_user_id is not None and is_other,
    }
    errors = [sentence for sentence, holds in against.items() if holds]
    warnings = [sentence for sentence, holds in doubtful.items() if holds]
    return {"is_valid": not errors, "errors": errors, "warnings": warnings}


def _has_conflict(ctx: Context, task: Row[Any], user_id: str) -> bool:
    found = conflicts(
        ctx,
        ASSIGNMENT,
        task_id=task.id,
        technician_id=user_id,
        date=task.scheduled_date,
        start=task.start_time,
        end=task.end_time,
    )
    return bool(found)
