"""The tasks, clients and technicians that events name: each must be there when it is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bus.context import Context
from contracts.workshop.errors import NotFound


def task_id_of(ctx: Context, reference: str) -> str:
    """The id of the live task of an id or number.

    Raises:
        NotFound: there is none.
    """
    task = ctx.call("task_find", {"task_id": reference})["task"]
    if task is None:
        raise NotFound("task", reference)
    return task["id"]


def _client_id_of(ctx: Context, client_id: str) -> str:
    if not ctx.call("client_names", {"client_ids": [client_id]})["items"]:
        raise NotFound("client", client_id)
    return client_id


def _technician_id_of(ctx: Context, user_id: str) -> str:
    people = ctx.call("user_names", {"user_ids": [user_id]})["items"]
    if not any(person["is_active"] for person in people):
        raise NotFound("user", user_id)
    return user_id


#: Field -> what it must name, in the order in which they are looked up.
_LOOK_UPS: dict[str, Callable[[Context, str], str]] = {
    "task_id": task_id_of,
    "client_id": _client_id_of,
    "technician_id": _technician_id_of,
}


def settled(ctx: Context, given: dict[str, Any]) -> dict[str, Any]:
    """The references among the given values, as they are stored.

    Raises:
        NotFound: one of them names nothing.
    """
    named = {name: look_up for name, look_up in _LOOK_UPS.items() if given.get(name) is not None}
    return {name: look_up(ctx, given[name]) for name, look_up in named.items()}
