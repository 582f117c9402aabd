"""Answers ``material_record_consumption``: an intervention uses a material, and the stock falls by use and waste.

The intervention belongs to another plugin; it is asked for it, and holds it until the commit, before the material is
held here. A material never goes away, so it may be looked for before that.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, insert

from bus.context import Context
from contracts.inventory.errors import MaterialExpired
from contracts.inventory.v1.consumption import MaterialRecordConsumption
from contracts.workshop.errors import InterventionInvalidState, InterventionStepNotFound, NotFound
from plugins.inventory import finding, ledger
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import USED_COLUMNS, used_view
from plugins.inventory.tables import consumptions
from plugins.inventory.used import require_own

#: Statuses of an intervention in which it uses materials.
AT_WORK = ("in_progress", "paused")
_INSERT = insert(consumptions).returning(*USED_COLUMNS)


@plugin.handles(MaterialRecordConsumption)
def material_record_consumption(ctx: Context, intervention_id: str, material_id: str, **said: Any) -> dict[str, Any]:
    """The use, at what a unit costs now."""
    finding.require(ctx, material_id)
    said["step_number"] = _step_number(ctx, intervention_id, said["step_id"], said["step_number"])
    material = finding.require_held_active(ctx, material_id)
    if material.expiry_date is not None and material.expiry_date <= ctx.now_ms:
        raise MaterialExpired
    used = {name: value for name, value in said.items() if name != "recorded_by"}
    used |= {"waste_quantity": used["waste_quantity"] or 0, "unit_cost": material.unit_cost}
    used |= {"id": str(uuid.uuid4()), "intervention_id": intervention_id, "material_id": material.id}
    _book(ctx, material, used)
    stamps = {"recorded_by": ctx.principal.id, "recorded_at": ctx.now_ms}
    return used_view(ctx.db.execute(_INSERT, used | stamps).one())


def _step_number(ctx: Context, intervention_id: str, step_id: str | None, given: int | None) -> int | None:
    """The number of the step, if one is named; the intervention is at work and stays so until the commit.

    Raises:
        NotFound: there is no such intervention.
        Forbidden: it is somebody else's.
        InterventionInvalidState: nothing is used in it now.
        InterventionStepNotFound: it has no such step.
    """
    held = ctx.call("intervention_hold", {"intervention_id": intervention_id, "step_id": step_id})
    intervention = held["intervention"]
    if intervention is None:
        raise NotFound("intervention", intervention_id)
    require_own(ctx, intervention)
    if intervention["status"] not in AT_WORK:
        raise InterventionInvalidState("intervention", intervention["status"])
    if step_id is None:
        return given
    if held["step"] is None:
        raise InterventionStepNotFound(step_id=step_id)
    return held["step"]["step_number"]


def _book(ctx: Context, material: Row[Any], used: dict[str, Any]) -> None:
    ledger.book(
        ctx,
        material,
        "stock_out",
        used["quantity_used"] + used["waste_quantity"],
        reference_type="consumption",
        reference_number=used["id"],
        unit_cost=used["unit_cost"],
        intervention_id=used["intervention_id"],
        step_id=used["step_id"],
        batch_number=used["batch_used"],
    )
