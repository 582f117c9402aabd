"""Which material is meant, and whether anything may still be done with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from bus.context import Context
from contracts.inventory.errors import MaterialInactive
from contracts.workshop.errors import NotFound
from plugins.inventory.rows import COLUMNS
from plugins.inventory.tables import materials

_ROW = select(*COLUMNS).where(materials.c.id == bindparam("of_material"))
_HELD = _ROW.with_for_update(key_share=True)
_BY_SKU = select(*COLUMNS).where(materials.c.sku == bindparam("of_sku"))


def require(ctx: Context, material_id: str) -> Row[Any]:
    """The material, also a discontinued one.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_ROW, {"of_material": material_id}).first(), material_id)


def require_by_sku(ctx: Context, sku: str) -> Row[Any]:
    """The material with this SKU, also a discontinued one.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_BY_SKU, {"of_sku": sku}).first(), sku)


def require_held_active(ctx: Context, material_id: str) -> Row[Any]:
    """The material, held until the commit.

    Raises:
        NotFound: there is none.
        MaterialInactive: it is discontinued.
    """
    material = _required(ctx.db.execute(_HELD, {"of_material": material_id}).first(), material_id)
    if not material.is_active:
        raise MaterialInactive
    return material


def _required(row: Row[Any] | None, reference: str) -> Row[Any]:
    if row is None:
        raise NotFound("material", reference)
    return row
