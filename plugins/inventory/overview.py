"""Answers ``material_get_low_stock``, ``material_get_expired`` and ``material_get_stats``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, func, select

from bus.context import Context
from contracts.inventory.v1 import overview as contracts
from contracts.workshop.quantities import rounded
from plugins.inventory.plugin import inventory as plugin
from plugins.inventory.rows import COLUMNS, MONEY_PLACES, VALUE_PLACES, money, view
from plugins.inventory.tables import materials

_IS_LOW = materials.c.current_stock <= materials.c.minimum_stock
_IS_EXPIRED = materials.c.expiry_date <= bindparam("now_ms", type_=BigInteger)

LOW = select(*COLUMNS).where(materials.c.is_active, _IS_LOW).order_by(materials.c.current_stock, materials.c.seq)
EXPIRED = select(*COLUMNS).where(materials.c.is_active, _IS_EXPIRED).order_by(materials.c.expiry_date, materials.c.seq)

#: A stock and a cost of a unit are cut in two at these numbers, so that no sum of products of their parts leaves 64
#: bits: a product is at most 10**13, and nobody has 900,000 materials that are all as many and as dear as may be.
STOCK_CUT, COST_CUT = 10**6, 10**7
_STOCK = {STOCK_CUT: materials.c.current_stock // STOCK_CUT, 1: materials.c.current_stock % STOCK_CUT}
_COST = {COST_CUT: materials.c.unit_cost // COST_CUT, 1: materials.c.unit_cost % COST_CUT}
#: What the sum of the products of two parts stands for.
_WEIGHTS = [stock_weight * cost_weight for stock_weight in _STOCK for cost_weight in _COST]
_PRODUCTS = [func.sum(stock * cost) for stock in _STOCK.values() for cost in _COST.values()]

COUNTS = select(
    materials.c.is_active,
    materials.c.material_type,
    func.count().label("times"),
    func.count().filter(_IS_LOW).label("low"),
    func.count().filter(_IS_EXPIRED).label("expired"),
    *_PRODUCTS,
).group_by(materials.c.is_active, materials.c.material_type)


@plugin.handles(contracts.MaterialGetLowStock)
def material_get_low_stock(ctx: Context) -> dict[str, Any]:
    """All of them."""
    return _all([view(row) for row in ctx.db.execute(LOW)])


@plugin.handles(contracts.MaterialGetExpired)
def material_get_expired(ctx: Context) -> dict[str, Any]:
    """All of them, at this moment."""
    return _all([view(row) for row in ctx.db.execute(EXPIRED, {"now_ms": ctx.now_ms})])


def _all(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"items": items, "total_count": len(items)}


@plugin.handles(contracts.MaterialGetStats)
def material_get_stats(ctx: Context) -> dict[str, Any]:
    """Counted and added up as they are now."""
    rows = list(ctx.db.execute(COUNTS, {"now_ms": ctx.now_ms}))
    active = [row for row in rows if row.is_active]
    return {
        "total_materials": sum(row.times for row in rows),
        "active_materials": sum(row.times for row in active),
        "low_stock_materials": sum(row.low for row in active),
        "expired_materials": sum(row.expired for row in active),
        "total_value": money(rounded(sum(_value(row) for row in active), VALUE_PLACES - MONEY_PLACES)),
        "materials_by_type": {row.material_type: row.times for row in active},
    }


def _value(row: Row[Any]) -> int:
    """Stocks times costs of a unit, exact; what has no known cost counts nothing."""
    products = tuple(row)[-len(_WEIGHTS) :]
    return sum(weight * int(product or 0) for weight, product in zip(_WEIGHTS, products, strict=True))
