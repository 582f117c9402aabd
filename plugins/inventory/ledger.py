"""The one way a stock changes: within its limits, and with one line in the ledger that says from what to what.

The lines of a material form a chain: each begins with the stock that the one before ended with, the first with 0.
"""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, insert, update

from bus.context import Context
from contracts.inventory.errors import InsufficientStock, StockLimitExceeded
from contracts.workshop.quantities import MAX_THOUSANDTHS, quantity_of
from plugins.inventory.rows import BOOKED_COLUMNS, COLUMNS
from plugins.inventory.tables import materials, transactions

#: Kind -> whether its quantity is added (1) or taken away (-1); an adjustment's quantity is the new stock.
DIRECTIONS = {"stock_in": 1, "return": 1, "stock_out": -1, "waste": -1, "transfer": -1}

_EMPTY = dict.fromkeys(column.name for column in transactions.c if column.nullable)
_INSERT = insert(transactions).returning(*BOOKED_COLUMNS)
_SET_STOCK = (
    update(materials)
    .where(materials.c.id == bindparam("of_material"))
    .values(current_stock=bindparam("stock"), updated_at=bindparam("now_ms"), updated_by=bindparam("by"))
    .returning(*COLUMNS)
)


class Booked(NamedTuple):
    """What a booking leaves behind."""

    material: Row[Any]
    line: Row[Any]


def book(ctx: Context, material: Row[Any], kind: str, quantity: int, **beside: Any) -> Booked:
    """The stock changed by one line of the ledger.

    Args:
        ctx: of the command.
        material: held until the commit.
        kind: one of the types of transactions.
        quantity: thousandths.
        beside: what else the line says.

    Raises:
        InsufficientStock: there would be less than nothing.
        StockLimitExceeded: there would be more than may be.
    """
    old = material.current_stock
    new = quantity if kind == "adjustment" else old + DIRECTIONS[kind] * quantity
    if new < 0:
        raise InsufficientStock(quantity_of(old), quantity_of(quantity))
    if new > old:
        require_room(new, material.maximum_stock)
    values = {"of_material": material.id, "stock": new, "now_ms": ctx.now_ms, "by": ctx.principal.id}
    changed = ctx.db.execute(_SET_STOCK, values).one()
    line = record(ctx, material.id, kind, quantity, old, new, **beside)
    _announce(ctx, changed, old)
    return Booked(changed, line)


def record(ctx: Context, material_id: str, kind: str, quantity: int, old: int, new: int, **beside: Any) -> Row[Any]:
    """The line of a change that is made in the same transaction."""
    line = {
        "id": str(uuid.uuid4()),
        "material_id": material_id,
        "transaction_type": kind,
        "quantity": quantity,
        "previous_stock": old,
        "new_stock": new,
        "performed_by": ctx.principal.id,
        "performed_at": ctx.now_ms,
    }
    return ctx.db.execute(_INSERT, _EMPTY | beside | line).one()


def require_room(stock: int, maximum: int | None) -> None:
    """Go on only if there may be that much.

    Raises:
        StockLimitExceeded: there may not.
    """
    limit = MAX_THOUSANDTHS if maximum is None else maximum
    if stock > limit:
        raise StockLimitExceeded(quantity_of(stock), quantity_of(limit))


def _announce(ctx: Context, material: Row[Any], old: int) -> None:
    """Tell others when the stock comes down to its minimum, and not again while it stays there."""
    minimum = material.minimum_stock
    if minimum is None or not material.current_stock <= minimum < old:
        return
    stocks = {"current_stock": quantity_of(material.current_stock), "minimum_stock": quantity_of(minimum)}
    named = {"material_id": material.id, "sku": material.sku, "name": material.name}
    ctx.emit("material.low_stock", named | stocks)
