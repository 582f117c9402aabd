"""Answers ``material_update_stock`` and ``material_create_inventory_transaction``."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.inventory.v1 import stock as contracts
from plugins.inventory import finding, ledger
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import booked_view, view


@plugin.handles(contracts.MaterialUpdateStock)
def material_update_stock(
    ctx: Context,
    material_id: str,
    quantity_change: int,
    reason: str,
    recorded_by: Any,  # noqa: ARG001  # older programs send it, and it counts for nothing
) -> dict[str, Any]:
    """The material with its new stock."""
    material = finding.require_held_active(ctx, material_id)
    kind = "stock_in" if quantity_change > 0 else "stock_out"
    said = {"reference_type": "manual", "notes": reason}
    return view(ledger.book(ctx, material, kind, abs(quantity_change), **said).material)


@plugin.handles(contracts.MaterialCreateInventoryTransaction)
def material_create_inventory_transaction(
    ctx: Context,
    material_id: str,
    transaction_type: str,
    quantity: int,
    recorded_by: Any,  # noqa: ARG001  # as above
    **said: Any,
) -> dict[str, Any]:
    """The line of the ledger."""
    material = finding.require_held_active(ctx, material_id)
    return booked_view(ledger.book(ctx, material, transaction_type, quantity, **said).line)
