"""Answers ``edit_task`` and ``task_update``, ``task_transition_status`` and ``task_delete``: a task as it should be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, update

from bus.context import Context
from bus.errors import Forbidden, InvalidArguments
from contracts.tasks.errors import TaskAssignmentConflict
from contracts.tasks.v1.actions import TaskDelete, TaskUpdate
from contracts.tasks.v1.tasks import EditTask, TaskTransitionStatus
from contracts.workshop.errors import InterventionAlreadyActive
from plugins.tasks import finding, people, statuses
from plugins.tasks.creating import hold_client
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import keys_of, view
from plugins.tasks.tables import tasks

#: What a technician may change of a task they have; ``note`` is another name of ``notes``.
TECHNICIANS_FIELDS = frozenset(("status", "notes", "note", "checklist_completed", "lot_film", "actual_duration"))
#: Taken and ignored.
_IGNORED = frozenset(("created_by", "creator_id"))
_KEYED = frozenset(("title", "priority", "description", "vehicle_plate", "customer_name"))


@plugin.handles(EditTask)
def edit_task(ctx: Context, task_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The whole task after the change."""
    return _change(ctx, task_id, data)


@plugin.handles(TaskUpdate)
def task_update(ctx: Context, id: str, data: dict[str, Any]) -> dict[str, Any]:
    """As ``edit_task``."""
    return {"type": "Updated", "task": _change(ctx, id, data)}


@plugin.handles(TaskTransitionStatus)
def task_transition_status(ctx: Context, task_id: str, new_status: str, reason: str | None) -> dict[str, Any]:
    """The task in its new status; interventions stay as they are."""
    task = finding.require_held_changeable(ctx, task_id)
    return view(finding.write(ctx, task, **statuses.move(ctx, task, new_status, reason)))


@plugin.handles(TaskDelete)
def task_delete(ctx: Context, id: str) -> dict[str, Any]:
    """The task is gone for everybody; its row and its number stay."""
    task = finding.require_held(ctx, id)
    active = ctx.call("intervention_active_of_task", {"task_id": task.id})["intervention_id"]
    if active is not None:
        raise InterventionAlreadyActive(intervention_id=active)
    ctx.db.execute(
        update(tasks).where(tasks.c.id == task.id).values(deleted_at=ctx.now_ms, deleted_by=ctx.principal.id)
    )
    return {"type": "Deleted", "id": task.id}


def _change(ctx: Context, reference: str, data: dict[str, Any]) -> dict[str, Any]:
    task = finding.require_held_changeable(ctx, reference)
    _require_technicians_fields(ctx, data)
    given = _given(data)
    if not given:
        return view(task)
    if "status" in given:
        statuses.require_move(task.status, given["status"])
    _require_order(task, given)
    if given.get("client_id") is not None:
        hold_client(ctx, given["client_id"])
    values = given | _assignment(ctx, task, given)
    if "status" in given:
        values |= statuses.move(ctx, task, given["status"])
    if not _KEYED.isdisjoint(given):
        values |= keys_of(view(task) | given)
    return view(finding.write(ctx, task, **values))


def _given(data: dict[str, Any]) -> dict[str, Any]:
    return {"notes" if name == "note" else name: value for name, value in data.items() if name not in _IGNORED}


def _require_technicians_fields(ctx: Context, data: dict[str, Any]) -> None:
    others = sorted(data.keys() - TECHNICIANS_FIELDS)
    if others and finding.is_technician(ctx):
        raise Forbidden(f"your role does not allow to change {', '.join(others)}", {"forbidden_fields": others})


def _require_order(task: Row[Any], given: dict[str, Any]) -> None:
    start, end = given.get("start_time", task.start_time), given.get("end_time", task.end_time)
    if start is not None and end is not None and end <= start:
        fault = "must be later than start_time"
        raise InvalidArguments(f"end_time {fault}", {"data.end_time": [fault]})


def _assignment(ctx: Context, task: Row[Any], given: dict[str, Any]) -> dict[str, Any]:
    """Who has the task, since when and by whom: set together and cleared together.

    Raises:
        TaskAssignmentConflict: somebody else has it.
        InvalidArguments: the technician may not be given tasks.
    """
    if "technician_id" not in given:
        return {}
    technician_id = given["technician_id"]
    if technician_id is None:
        return {"technician_id": None, "assigned_at": None, "assigned_by": None}
    if task.technician_id not in (None, technician_id):
        raise TaskAssignmentConflict
    people.require_worker(ctx, technician_id)
    return {"technician_id": technician_id, "assigned_at": ctx.now_ms, "assigned_by": ctx.principal.id}
