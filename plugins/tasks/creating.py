"""Answers ``task_create``: a task with everything that hangs on it."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import insert

from bus.context import Context
from bus.errors import Forbidden, InvalidArguments
from contracts.tasks.v1.actions import TaskCreate
from plugins.tasks import finding, history, numbers, people, statuses
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import COLUMNS, keys_of, view
from plugins.tasks.tables import tasks

MAX_TITLE = 100
#: Whatever a caller may leave out -> what it is then.
DEFAULTS: dict[str, Any] = {
    "status": "pending",
    "priority": "medium",
    "custom_ppf_zones": [],
    "tags": [],
    "checklist_completed": False,
}
#: Null unless the caller or the status says otherwise.
_EMPTY = dict.fromkeys(column.name for column in tasks.c if column.nullable)
_INSERT = insert(tasks).returning(*COLUMNS)


@plugin.handles(TaskCreate)
def task_create(ctx: Context, data: dict[str, Any]) -> dict[str, Any]:
    """The task, with the first entry of its history and a place in the queue of what other systems are told."""
    given = {name: value for name, value in data.items() if value is not None}
    if finding.is_technician(ctx) and "technician_id" in given:
        raise Forbidden("your role does not allow to assign tasks")
    if "client_id" in given:
        hold_client(ctx, given["client_id"])
    if "technician_id" in given:
        people.require_worker(ctx, given["technician_id"])
    return {"type": "Created", "task": add(ctx, given)}


def add(ctx: Context, given: dict[str, Any]) -> dict[str, Any]:
    """A new task with these columns, made now by the caller; whether it may be is settled."""
    return _insert(ctx, _row(ctx, given))


def hold_client(ctx: Context, client_id: str) -> None:
    """Go on only if the client is live; it stays so until the commit.

    Raises:
        InvalidArguments: there is no such client, or it is deleted.
    """
    if ctx.call("client_hold", {"client_id": client_id})["client"] is None:
        raise InvalidArguments("no client has this id", {"data.client_id": ["must be an existing client"]})


def _row(ctx: Context, given: dict[str, Any]) -> dict[str, Any]:
    row = DEFAULTS | given
    row["notes"] = row.pop("note", None) or row.get("notes")
    for ignored in ("created_by", "creator_id"):
        row.pop(ignored, None)
    row.setdefault("title", title_of(row))
    row |= statuses.stamps(row["status"], ctx.now_ms)
    row |= {"created_at": ctx.now_ms, "updated_at": ctx.now_ms}
    row |= {"created_by": ctx.principal.id, "updated_by": ctx.principal.id}
    if "technician_id" in row:
        row |= {"assigned_at": ctx.now_ms, "assigned_by": ctx.principal.id}
    return row


def title_of(task: dict[str, Any]) -> str:
    """What a task is called that nobody gave a title."""
    vehicle = " ".join(task[name] for name in ("vehicle_make", "vehicle_model") if task.get(name))
    return f"{vehicle} ({task['vehicle_plate']})"[:MAX_TITLE]


def _insert(ctx: Context, row: dict[str, Any]) -> dict[str, Any]:
    number = row.pop("task_number", None)
    row |= numbers.next_of_day(ctx) if number is None else numbers.given(ctx, number)
    row = _EMPTY | {"id": str(uuid.uuid4())} | row
    row |= keys_of(row)
    task = view(ctx.db.execute(_INSERT, row).one())
    history.record(ctx, task["id"], None, task["status"])
    _tell_others(ctx, task)
    return task


def _tell_others(ctx: Context, task: dict[str, Any]) -> None:
    """The task stands in the queue of what other systems are told, if and only if it is made.

    Raises:
        InvalidArguments: it is larger than what they are told.
    """
    operation = {"operation_type": "create", "entity_type": "task", "entity_id": task["id"], "data": task}
    try:
        ctx.call("sync_enqueue", operation)
    except InvalidArguments:
        raise InvalidArguments("the task is too large", {"data": ["is too large as a whole"]}) from None
