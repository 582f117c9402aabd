"""What a quote refers to in other domains: its client, its task, the materials of its items.

Each function answers with what is wrong, by the path of the argument, so that a caller learns of all faults at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bus.context import Context
from bus.errors import InvalidArguments

Faults = dict[str, list[str]]


def client_of(ctx: Context, client_id: str) -> dict[str, Any] | None:
    """The live client, which nobody deletes before the commit; None: there is none."""
    return ctx.call("client_hold", {"client_id": client_id})["client"]


def task_id_of(ctx: Context, reference: str) -> str | None:
    """The id of the live task with this id or number; None: there is none."""
    task = ctx.call("task_find", {"task_id": reference})["task"]
    return None if task is None else task["id"]


def faults_of_materials(ctx: Context, wanted: Mapping[str, str | None]) -> Faults:
    """Those that do not exist.

    Args:
        ctx: of the command.
        wanted: path of the argument -> id, or None where no material is meant.
    """
    ids = sorted({material_id for material_id in wanted.values() if material_id is not None})
    if not ids:
        return {}
    known = {item["id"] for item in ctx.call("material_names", {"material_ids": ids})["items"]}
    return {path: ["must be an existing material"] for path, id in wanted.items() if id is not None and id not in known}


def faults_of_time(valid_until: int | None, now_ms: int) -> Faults:
    """An offer must hold for a while."""
    is_late = valid_until is not None and valid_until <= now_ms
    return {"data.valid_until": ["must be later than now"]} if is_late else {}


def refuse(faults: Faults) -> None:
    """Go on only if there are none.

    Raises:
        InvalidArguments: there are some.
    """
    if faults:
        shown = ", ".join(f"{path}: {reasons[0]}" for path, reasons in list(faults.items())[:3])
        raise InvalidArguments(shown, faults)
