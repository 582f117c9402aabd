"""Materials, bookings and uses as answers show them, and what is stored with materials so that lists can search."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from contracts.inventory.drafts import COST_PLACES
from contracts.inventory.rows import Consumption, Material, Transaction
from contracts.workshop.quantities import QUANTITY_PLACES, number_of, rounded
from contracts.workshop.texts import folded
from plugins.inventory.tables import consumptions, materials, transactions

#: Column -> fractional digits of what it holds a whole number of.
PLACES = {
    "unit_cost": COST_PLACES,
    **dict.fromkeys(("current_stock", "minimum_stock", "maximum_stock", "reorder_point"), QUANTITY_PLACES),
    **dict.fromkeys(("quantity", "previous_stock", "new_stock"), QUANTITY_PLACES),
    **dict.fromkeys(("quantity_used", "waste_quantity"), QUANTITY_PLACES),
}
#: Fractional digits of money.
MONEY_PLACES = 2
#: Fractional digits of a cost of a unit times a quantity.
VALUE_PLACES = COST_PLACES + QUANTITY_PLACES
#: Follows from the other columns.
_TOTAL = "total_cost"

_KEYS = tuple(Material._declared_fields)  # noqa: SLF001  # their names alone
_BOOKED_KEYS = tuple(name for name in Transaction._declared_fields if name != _TOTAL)  # noqa: SLF001  # as above
_USED_KEYS = tuple(name for name in Consumption._declared_fields if name != _TOTAL)  # noqa: SLF001  # as above

#: The columns of a material, of a booking, and of a use.
COLUMNS = [materials.c[name] for name in _KEYS]
BOOKED_COLUMNS = [transactions.c[name] for name in _BOOKED_KEYS]
USED_COLUMNS = [consumptions.c[name] for name in _USED_KEYS]

_SEARCHED = ("sku", "name", "description", "brand")
#: Stands between two searched texts, and in neither.
_BREAK = "\x1f"


def view(row: Row[Any]) -> dict[str, Any]:
    """A material."""
    return _shown(row, _KEYS)


def booked_view(row: Row[Any]) -> dict[str, Any]:
    """A booking."""
    return _shown(row, _BOOKED_KEYS) | {_TOTAL: money(total_cost(row.unit_cost, row.quantity))}


def used_view(row: Row[Any]) -> dict[str, Any]:
    """A use, which costs what was used and not what was wasted."""
    return _shown(row, _USED_KEYS) | {_TOTAL: money(total_cost(row.unit_cost, row.quantity_used))}


def _shown(row: Row[Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {name: shown(name, getattr(row, name)) for name in keys}


def shown(name: str, value: Any) -> Any:
    """What a column holds as answers show it."""
    return number_of(value, PLACES[name]) if name in PLACES and value is not None else value


def total_cost(unit_cost: int | None, quantity: int) -> int | None:
    """In hundredths, a half rounded up; None: nobody knows what a unit costs."""
    return None if unit_cost is None else rounded(unit_cost * quantity, VALUE_PLACES - MONEY_PLACES)


def money(hundredths: int | None) -> float | None:
    """As answers show it."""
    return None if hundredths is None else number_of(hundredths, MONEY_PLACES)


def searched(text: str) -> str:
    """The text as searches compare it."""
    return folded(text).replace(_BREAK, " ")


def keys_of(material: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from the others."""
    return {
        "name_key": searched(material["name"]),
        "search_text": _BREAK.join(searched(material.get(name) or "") for name in _SEARCHED),
    }
