"""Answers ``material_create``, ``material_update`` and ``material_delete``.

A SKU is there once among all materials. Whoever chooses one holds its name until the commit, so that two who want the
same one see each other.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, literal_column, select, update

from bus.context import Context
from bus.errors import InvalidArguments
from contracts.inventory.drafts import threshold_faults
from contracts.inventory.errors import MaterialDuplicateSku
from contracts.inventory.v1 import materials as contracts
from plugins.inventory import finding, ledger
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import COLUMNS, keys_of, view
from plugins.inventory.tables import materials

#: Whatever a caller may leave out -> what it is then.
DEFAULTS: dict[str, Any] = {"unit_of_measure": "piece", "currency": "EUR", "current_stock": 0}

_EMPTY = dict.fromkeys(column.name for column in materials.c if column.nullable)
_INSERT = insert(materials).returning(*COLUMNS)
_HOLD_SKU = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))
_OTHER = select(literal_column("1")).where(materials.c.sku == bindparam("sku"), materials.c.id != bindparam("but"))


@plugin.handles(contracts.MaterialCreate)
def material_create(ctx: Context, **fields: Any) -> dict[str, Any]:
    """The material; what there is of it at first is booked as stock that came in."""
    given = {name: value for name, value in fields.items() if value is not None}
    now_ms, caller = ctx.now_ms, ctx.principal.id
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": caller, "updated_by": caller}
    material: dict[str, Any] = _EMPTY | DEFAULTS | given | stamps
    material |= {"id": str(uuid.uuid4()), "is_active": True, "is_discontinued": False}
    _require_unique(ctx, material)
    stock = material["current_stock"]
    ledger.require_room(stock, material["maximum_stock"])
    row = ctx.db.execute(_INSERT, material | keys_of(material)).one()
    if stock:
        ledger.record(ctx, row.id, "stock_in", stock, 0, stock, reference_type="initial")
    return view(row)


@plugin.handles(contracts.MaterialUpdate)
def material_update(ctx: Context, id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The material with what was given; without anything given it is not touched."""
    row = finding.require_held_active(ctx, id)
    if not data:
        return view(row)
    material = dict(row._mapping) | data  # noqa: SLF001  # what SQLAlchemy calls the columns by name
    _require_thresholds(material)
    if "sku" in data:
        _require_unique(ctx, material)
    if "maximum_stock" in data:
        ledger.require_room(row.current_stock, data["maximum_stock"])
    return view(_write(ctx, row, data | keys_of(material)))


@plugin.handles(contracts.MaterialDelete)
def material_delete(ctx: Context, id: str) -> dict[str, Any]:
    """The material is discontinued for good."""
    row = finding.require_held_active(ctx, id)
    _write(ctx, row, {"is_active": False, "is_discontinued": True})
    return {"id": row.id, "deleted": True}


def _write(ctx: Context, row: Row[Any], values: dict[str, Any]) -> Row[Any]:
    stamped = values | {"updated_at": ctx.now_ms, "updated_by": ctx.principal.id}
    return ctx.db.execute(update(materials).where(materials.c.id == row.id).values(**stamped).returning(*COLUMNS)).one()


def _require_thresholds(material: dict[str, Any]) -> None:
    faults = {f"data.{name}": messages for name, messages in threshold_faults(material).items()}
    if faults:
        raise InvalidArguments("a threshold is more than maximum_stock", faults)


def _require_unique(ctx: Context, material: dict[str, Any]) -> None:
    sku = material["sku"]
    if ctx.db.dialect == "postgresql":
        ctx.db.execute(_HOLD_SKU, {"name": f"inventory sku {sku}"})
    if ctx.db.scalar(_OTHER, {"sku": sku, "but": material["id"]}) is not None:
        raise MaterialDuplicateSku(sku=sku)
