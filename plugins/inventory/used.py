"""Answers ``material_get_intervention_consumption`` and ``material_get_intervention_summary``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from bus.context import Context
from bus.errors import Forbidden
from contracts.inventory.v1 import consumption as contracts
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import TECHNICIAN
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import USED_COLUMNS, money, shown, total_cost, used_view
from plugins.inventory.tables import consumptions, materials

_IS_OF_INTERVENTION = consumptions.c.intervention_id == bindparam("of_intervention")
OLDEST_FIRST = select(*USED_COLUMNS).where(_IS_OF_INTERVENTION).order_by(consumptions.c.seq)
NAMED = (
    OLDEST_FIRST.join(materials, materials.c.id == consumptions.c.material_id)
    .add_columns(materials.c.name.label("material_name"))
    .add_columns(materials.c.material_type)
)


@plugin.handles(contracts.MaterialGetInterventionConsumption)
def material_get_intervention_consumption(ctx: Context, intervention_id: str) -> dict[str, Any]:
    """One row for each time something was recorded."""
    found = _require_intervention(ctx, intervention_id)
    items = [used_view(row) for row in ctx.db.execute(OLDEST_FIRST, {"of_intervention": found})]
    return {"items": items, "total_count": len(items)}


@plugin.handles(contracts.MaterialGetInterventionSummary)
def material_get_intervention_summary(ctx: Context, intervention_id: str) -> dict[str, Any]:
    """One entry for each time something was recorded; what has no known cost counts nothing."""
    found = _require_intervention(ctx, intervention_id)
    rows = list(ctx.db.execute(NAMED, {"of_intervention": found}))
    cost = sum(total_cost(row.unit_cost, row.quantity_used) or 0 for row in rows)
    return {
        "intervention_id": found,
        "total_materials_used": len(rows),
        "total_cost": money(cost),
        "materials": [_entry(row) for row in rows],
    }


def _entry(row: Row[Any]) -> dict[str, Any]:
    names = ("material_id", "material_name", "material_type", "quantity_used", "unit_cost", "waste_quantity")
    cost = money(total_cost(row.unit_cost, row.quantity_used))
    return {name: shown(name, getattr(row, name)) for name in names} | {"total_cost": cost}


def _require_intervention(ctx: Context, intervention_id: str) -> str:
    """The id of the intervention, which the caller may look into.

    Raises:
        NotFound: there is no such intervention.
        Forbidden: it is somebody else's.
    """
    found = ctx.call("intervention_find", {"intervention_id": intervention_id, "step_id": None})["intervention"]
    if found is None:
        raise NotFound("intervention", intervention_id)
    require_own(ctx, found)
    return found["id"]


def require_own(ctx: Context, intervention: dict[str, Any]) -> None:
    """Go on only if the intervention is the caller's own, or the caller is no technician.

    Raises:
        Forbidden: it is somebody else's.
    """
    if TECHNICIAN in ctx.principal.roles and intervention["technician_id"] != ctx.principal.id:
        raise Forbidden("the intervention is not yours")
