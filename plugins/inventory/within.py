"""Answers what other domains ask about materials."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bus.context import Context
from contracts.inventory.v1 import within as contracts
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.tables import materials

#: Ids in one statement: SQLite takes 32,766 parameters.
AT_ONCE = 10_000


@plugin.handles(contracts.MaterialNames)
def material_names(ctx: Context, material_ids: list[str]) -> dict[str, Any]:
    """Those of them that are there, each once."""
    ids = list(dict.fromkeys(material_ids))
    items: list[dict[str, Any]] = []
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = select(materials.c.id, materials.c.name).where(materials.c.id.in_(some))
        items += [dict(row) for row in ctx.db.execute(found).mappings()]
    return {"items": items}
