"""Clients as answers show them: what is stored, and how many tasks they have now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.clients.rows import Client
from contracts.workshop.texts import folded
from plugins.clients.tables import clients

#: What follows from the tasks of a client -> what it is without any.
NO_TASKS: dict[str, Any] = {"total_tasks": 0, "active_tasks": 0, "completed_tasks": 0, "last_task_date": None}
_KEYS = tuple(name for name in Client._declared_fields if name not in NO_TASKS)  # noqa: SLF001  # their names alone
COLUMNS = [clients.c[name] for name in _KEYS]
IS_LIVE = clients.c.deleted_at.is_(None)

_SEARCHED = ("name", "email", "phone", "company_name", "contact_person", "notes")
#: Stands between two searched texts, and in no word: words end at white space, which this is.
_BREAK = "\x1f"


def stored_view(row: Row[Any]) -> dict[str, Any]:
    """A client as it is stored."""
    return {name: getattr(row, name) for name in _KEYS}


def views(ctx: Context, rows: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    """Clients with the counts of their tasks."""
    stored = [stored_view(row) for row in rows]
    counts = counts_of(ctx, [client["id"] for client in stored]) if stored else {}
    return [client | counts.get(client["id"], NO_TASKS) for client in stored]


def counts_of(ctx: Context, client_ids: list[str] | None) -> dict[str, dict[str, Any]]:
    """How many live tasks these clients have (None: all clients); those without any are left out."""
    items = ctx.call("task_count_of_clients", {"client_ids": client_ids})["items"]
    return {item["client_id"]: {name: item[name] for name in NO_TASKS} for item in items}


def keys_of(client: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from the others."""
    return {
        "name_key": folded(client["name"]),
        "search_text": _BREAK.join(folded(client[name] or "") for name in _SEARCHED),
    }
