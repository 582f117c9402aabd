"""Answers ``calendar_get_tasks``, ``calendar_check_conflicts`` and ``calendar_schedule_task``.

Which tasks stand in each other's way is decided where tasks are (plugins/tasks/conflicts.py); moving a task, looking
at its technician's day before, and moving its event are one transaction.
"""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.calendar.v1 import tasks as contracts
from plugins.calendar.plugin import calendar as plugin


@plugin.handles(contracts.CalendarGetTasks)
def calendar_get_tasks(
    ctx: Context, date_range: dict[str, str], technician_ids: list[str] | None, statuses: list[str] | None
) -> dict[str, Any]:
    """All of them, by time."""
    wanted = date_range | {"technician_ids": technician_ids or [], "statuses": statuses or []}
    items = _named(ctx, ctx.call("task_list_scheduled", wanted)["items"])
    return {"items": items, "total_count": len(items)}


@plugin.handles(contracts.CalendarCheckConflicts)
def calendar_check_conflicts(
    ctx: Context, task_id: str, new_date: str, new_start: str | None, new_end: str | None
) -> dict[str, Any]:
    """As things stand now."""
    time = {"new_date": new_date, "new_start": new_start, "new_end": new_end}
    return _conflicts(ctx, new_date, ctx.call("task_find_conflicts", {"task_id": task_id} | time)["items"])


@plugin.handles(contracts.CalendarScheduleTask)
def calendar_schedule_task(
    ctx: Context, task_id: str, new_date: str, new_start: str | None, new_end: str | None, force: bool | None
) -> dict[str, Any]:
    """The task and its event at the new time; or nothing changed, and what stands in the way."""
    time = {"new_date": new_date, "new_start": new_start, "new_end": new_end}
    moved = ctx.call("task_reschedule", {"task_id": task_id, "force": bool(force)} | time)
    if moved["is_written"]:
        task = moved["task"]
        place = {"date": new_date, "start": new_start, "end": new_end}
        place |= {"task_id": task["id"], "title": task["title"], "technician_id": task["technician_id"]}
        ctx.call("event_place_task", place)
    return _conflicts(ctx, new_date, moved["conflicts"]) | {"scheduled": moved["is_written"]}


def _conflicts(ctx: Context, date: str, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "has_conflict": bool(tasks),
        "conflict_type": "time_overlap" if tasks else None,
        "conflicting_tasks": _named(ctx, tasks),
        "message": _message(date, tasks) if tasks else None,
    }


def _message(date: str, tasks: list[dict[str, Any]]) -> str:
    named = ", ".join(f"{task['title']} ({_time_of(task)})" for task in tasks)
    count = "1 task stands" if len(tasks) == 1 else f"{len(tasks)} tasks stand"
    return f"{count} in the way on {date}: {named}"


def _time_of(task: dict[str, Any]) -> str:
    start, end = task["start_time"], task["end_time"]
    if start is None:
        return "no time" if end is None else f"until {end}"
    return f"from {start}" if end is None else f"{start}-{end}"


def _named(ctx: Context, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tasks with the names of their technicians and clients; null for those who are gone."""
    users, clients = _ids_of(tasks, "technician_id"), _ids_of(tasks, "client_id")
    people = ctx.call("user_names", {"user_ids": users})["items"] if users else []
    usernames = {person["id"]: person["username"] for person in people}
    found = ctx.call("client_names", {"client_ids": clients})["items"] if clients else []
    names = {client["id"]: client["name"] for client in found}
    return [
        task | {"technician_name": usernames.get(task["technician_id"]), "client_name": names.get(task["client_id"])}
        for task in tasks
    ]


def _ids_of(tasks: list[dict[str, Any]], field: str) -> list[str]:
    return sorted({task[field] for task in tasks if task[field] is not None})
