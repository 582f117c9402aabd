"""Quotes and items as answers show them, and which ones are meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bus.context import Context
from contracts.quotes.rows import Item, ListedQuote
from contracts.quotes.words import TAX_PLACES
from contracts.workshop.errors import NotFound
from contracts.workshop.quantities import number_of, quantity_of
from contracts.workshop.texts import folded
from plugins.quotes.states import status_of
from plugins.quotes.tables import items, quotes

_KEYS = tuple(ListedQuote._declared_fields)  # noqa: SLF001  # their names alone
_ITEM_KEYS = tuple(Item._declared_fields)  # noqa: SLF001  # as above

COLUMNS = [quotes.c[name] for name in _KEYS]
ITEM_COLUMNS = [items.c[name] for name in _ITEM_KEYS]

_ROW = select(*COLUMNS).where(quotes.c.id == bindparam("of_quote"))
_HELD = _ROW.with_for_update()
ITEMS = select(*ITEM_COLUMNS).where(items.c.quote_id == bindparam("of_quote")).order_by(items.c.position, items.c.seq)

#: Stands between two searched texts, and in neither.
_BREAK = "\x1f"


def require(ctx: Context, quote_id: str) -> Row[Any]:
    """The quote of an id.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_ROW, {"of_quote": quote_id}).first(), quote_id)


def require_held(ctx: Context, quote_id: str) -> Row[Any]:
    """The quote of an id, held until the commit.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_HELD, {"of_quote": quote_id}).first(), quote_id)


def change(ctx: Context, quote: Row[Any], **values: Any) -> Row[Any]:
    """The quote with these columns changed now."""
    stamped = values | {"updated_at": ctx.now_ms}
    return ctx.db.execute(update(quotes).where(quotes.c.id == quote.id).values(**stamped).returning(*COLUMNS)).one()


def items_of(ctx: Context, quote_id: str) -> Sequence[Row[Any]]:
    """The items of a quote in their order."""
    return ctx.db.execute(ITEMS, {"of_quote": quote_id}).all()


def listed_view(quote: Row[Any], now_ms: int) -> dict[str, Any]:
    """A quote as lists show it."""
    shown = {name: getattr(quote, name) for name in _KEYS}
    return shown | {"status": status_of(quote, now_ms)}


def view(quote: Row[Any], of_quote: Sequence[Row[Any]], now_ms: int) -> dict[str, Any]:
    """A quote with its items."""
    shown = listed_view(quote, now_ms) | {"items": [item_view(item) for item in of_quote]}
    del shown["item_count"]
    return shown


def item_view(item: Row[Any]) -> dict[str, Any]:
    """An item."""
    shown: dict[str, Any] = {name: getattr(item, name) for name in _ITEM_KEYS}
    rate = None if item.tax_rate is None else number_of(item.tax_rate, TAX_PLACES)
    return shown | {"qty": quantity_of(item.qty), "tax_rate": rate}


def searched(text: str) -> str:
    """The text as searches compare it."""
    return folded(text).replace(_BREAK, " ")


def search_text(quote_number: str, notes: str | None) -> str:
    """What a quote is found by."""
    return f"{searched(quote_number)}{_BREAK}{searched(notes or '')}"


def _required(row: Row[Any] | None, quote_id: str) -> Row[Any]:
    if row is None:
        raise NotFound("quote", quote_id)
    return row
