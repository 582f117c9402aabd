"""Answers the commands on the items of a draft. With every change the sums of the quote are made anew."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bus.context import Context
from contracts.quotes.v1 import items as contracts
from contracts.quotes.words import SERVICE
from contracts.workshop.errors import NotFound
from plugins.quotes import money, references, rows, states
from plugins.quotes.plugin import quotes as plugin
from plugins.quotes.tables import items

INSERT = insert(items).inline()
#: Whatever a caller may leave out -> what it is then.
DEFAULTS: dict[str, Any] = {"kind": SERVICE, "description": None, "tax_rate": None, "material_id": None}
_PRICED = ("kind", "qty", "unit_price", "tax_rate")


@plugin.handles(contracts.QuoteItemAdd)
def quote_item_add(ctx: Context, quote_id: str, item: dict[str, Any]) -> dict[str, Any]:
    """The quote with an item more, at its end unless said otherwise."""
    quote = _require_draft(ctx, quote_id)
    references.refuse(references.faults_of_materials(ctx, {"item.material_id": item.get("material_id")}))
    ctx.db.execute(INSERT, row_of(quote.id, item, quote.item_count, ctx.now_ms))
    return _settled(ctx, quote, "item")


@plugin.handles(contracts.QuoteItemUpdate)
def quote_item_update(ctx: Context, quote_id: str, item_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The quote with the item changed; without anything given it is not touched."""
    quote = _require_draft(ctx, quote_id)
    item = _require_item(ctx, quote, item_id)
    if not data:
        return rows.view(quote, rows.items_of(ctx, quote.id), ctx.now_ms)
    references.refuse(references.faults_of_materials(ctx, {"data.material_id": data.get("material_id")}))
    line = money.line_of({name: getattr(item, name) for name in _PRICED} | data)
    values = data | line._asdict() | {"updated_at": ctx.now_ms}
    ctx.db.execute(update(items).where(items.c.id == item.id).values(**values))
    return _settled(ctx, quote, "data")


@plugin.handles(contracts.QuoteItemDelete)
def quote_item_delete(ctx: Context, quote_id: str, item_id: str) -> dict[str, Any]:
    """The quote without the item; the positions of the others stay."""
    quote = _require_draft(ctx, quote_id)
    item = _require_item(ctx, quote, item_id)
    ctx.db.execute(delete(items).where(items.c.id == item.id))
    return _settled(ctx, quote, "item_id")


def row_of(quote_id: str, draft: dict[str, Any], position: int, now_ms: int) -> dict[str, Any]:
    """A new item as it is stored, at this position unless the draft names one."""
    given = {name: value for name, value in draft.items() if value is not None}
    item = DEFAULTS | {"position": position} | given
    stamps = {"id": str(uuid.uuid4()), "quote_id": quote_id, "created_at": now_ms, "updated_at": now_ms}
    return item | money.line_of(item)._asdict() | stamps


def _require_draft(ctx: Context, quote_id: str) -> Row[Any]:
    quote = rows.require_held(ctx, quote_id)
    states.require_draft(quote, ctx.now_ms)
    return quote


def _require_item(ctx: Context, quote: Row[Any], item_id: str) -> Row[Any]:
    found = select(*rows.ITEM_COLUMNS).where(items.c.id == item_id, items.c.quote_id == quote.id)
    item = ctx.db.execute(found).first()
    if item is None:
        raise NotFound("quote_item", item_id)
    return item


def _settled(ctx: Context, quote: Row[Any], path: str) -> dict[str, Any]:
    """The quote with the sums of the items it has now.

    Raises:
        InvalidArguments: no quote may come to that; the argument of this path is to blame.
    """
    of_quote = rows.items_of(ctx, quote.id)
    sums = money.sums_of(money.Line(item.line_total, item.line_tax) for item in of_quote)
    references.refuse(money.faults_of(sums, path))
    changed = rows.change(ctx, quote, **sums._asdict(), item_count=len(of_quote))
    return rows.view(changed, of_quote, ctx.now_ms)
