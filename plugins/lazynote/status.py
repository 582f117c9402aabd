"""Answers ``atom_update_status``: every status may follow every other one, and the same one changes nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, update

from bus.columns import KEY_TEXT
from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import AtomNotFound
from plugins.lazynote.atoms import IS_THIS, MOVED_ON, is_active, this
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import atoms

_STATUS = bindparam("status", type_=KEY_TEXT)
SET_STATUS = (
    update(atoms)
    .where(IS_THIS, atoms.c.task_status.is_distinct_from(_STATUS))
    .values(task_status=_STATUS, updated_at=MOVED_ON)
)


@lazynote.handles(v1.sections.AtomUpdateStatus)
def atom_update_status(ctx: Context, atom_id: str, status: str | None) -> dict[str, Any]:
    """The atom has this status, or none."""
    changed = ctx.db.execute(SET_STATUS, this(ctx, atom_id) | {"status": status, "now": ctx.now_ms})
    if not changed.rowcount and not is_active(ctx, atom_id):
        raise AtomNotFound(atom_id=atom_id)
    return {"atom_id": atom_id, "message": "Status set." if status else "Status cleared."}
