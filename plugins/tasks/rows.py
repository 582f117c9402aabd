"""Tasks as answers show them, and what is stored with them so that lists can sort and search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from contracts.tasks.rows import ScheduledTask, Task
from contracts.tasks.words import PRIORITIES
from contracts.workshop.texts import folded
from plugins.tasks.tables import tasks

_KEYS = tuple(Task._declared_fields)  # noqa: SLF001  # their names alone
_SCHEDULED_KEYS = tuple(ScheduledTask._declared_fields)  # noqa: SLF001  # as above

#: The columns of a task, and of one in a calendar.
COLUMNS = [tasks.c[name] for name in _KEYS]
SCHEDULED_COLUMNS = [tasks.c[name] for name in _SCHEDULED_KEYS]

_SEARCHED = ("title", "description", "vehicle_plate", "customer_name", "task_number")
#: Stands between two searched texts, and in neither.
_BREAK = "\x1f"


def view(row: Row[Any]) -> dict[str, Any]:
    """A task."""
    return {name: getattr(row, name) for name in _KEYS}


def scheduled_view(row: Row[Any]) -> dict[str, Any]:
    """A task as a calendar shows it."""
    return {name: getattr(row, name) for name in _SCHEDULED_KEYS}


def searched(text: str) -> str:
    """The text as searches compare it."""
    return folded(text).replace(_BREAK, " ")


def keys_of(task: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from the others."""
    return {
        "title_key": searched(task["title"]),
        "number_key": searched(task["task_number"]),
        "priority_rank": PRIORITIES.index(task["priority"]),
        "search_text": _BREAK.join(searched(task[name] or "") for name in _SEARCHED),
    }
