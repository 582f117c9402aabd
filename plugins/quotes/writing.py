"""Answers ``quote_create``, ``quote_update`` and ``quote_delete``."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import delete, insert

from bus.context import Context
from contracts.quotes.v1 import quotes as contracts
from contracts.quotes.words import DRAFT
from plugins.quotes import items, money, numbers, references, rows, states
from plugins.quotes.plugin import quotes as plugin
from plugins.quotes.tables import quotes

_EMPTY = dict.fromkeys(column.name for column in quotes.c if column.nullable)
_INSERT = insert(quotes).returning(*rows.COLUMNS)


@plugin.handles(contracts.QuoteCreate)
def quote_create(ctx: Context, data: dict[str, Any]) -> dict[str, Any]:
    """A draft with its items. Its number is taken last: whoever takes one is waited for."""
    now_ms = ctx.now_ms
    given = {name: value for name, value in data.items() if value is not None}
    drafts = given.pop("items", [])
    quote_id = str(uuid.uuid4())
    lines = [items.row_of(quote_id, draft, place, now_ms) for place, draft in enumerate(drafts)]
    sums = money.sums_of(money.Line(line["line_total"], line["line_tax"]) for line in lines)
    given |= _require_referred(ctx, given, drafts, sums)
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": ctx.principal.id}
    row = _EMPTY | given | stamps | sums._asdict() | {"id": quote_id, "status": DRAFT, "item_count": len(lines)}
    quote = ctx.db.execute(_INSERT, row | _numbered(ctx, given.get("notes"))).one()
    if lines:
        ctx.db.execute(items.INSERT, lines)
    return rows.view(quote, rows.items_of(ctx, quote_id), now_ms)


@plugin.handles(contracts.QuoteUpdate)
def quote_update(ctx: Context, id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The draft with what was given; without anything given it is not touched."""
    quote = rows.require_held(ctx, id)
    states.require_draft(quote, ctx.now_ms)
    if data:
        references.refuse(references.faults_of_time(data.get("valid_until"), ctx.now_ms))
        searched = rows.search_text(quote.quote_number, data.get("notes", quote.notes))
        quote = rows.change(ctx, quote, **data, search_text=searched)
    return rows.view(quote, rows.items_of(ctx, quote.id), ctx.now_ms)


@plugin.handles(contracts.QuoteDelete)
def quote_delete(ctx: Context, id: str) -> dict[str, Any]:
    """The draft is gone with its items; a task it was linked to stays."""
    quote = rows.require_held(ctx, id)
    states.require_draft(quote, ctx.now_ms)
    ctx.db.execute(delete(quotes).where(quotes.c.id == quote.id))
    return {"id": quote.id, "deleted": True}


def _require_referred(
    ctx: Context, given: dict[str, Any], drafts: list[dict[str, Any]], sums: money.Sums
) -> dict[str, Any]:
    """The id of the task meant, if one is.

    Raises:
        InvalidArguments: something referred to does not exist, the offer is over, or it comes to what no quote may.
    """
    faults = references.faults_of_time(given.get("valid_until"), ctx.now_ms)
    task_id = references.task_id_of(ctx, given["task_id"]) if "task_id" in given else None
    if "task_id" in given and task_id is None:
        faults["data.task_id"] = ["must be an existing task"]
    if references.client_of(ctx, given["client_id"]) is None:
        faults["data.client_id"] = ["must be an existing client"]
    wanted = {f"data.items.{place}.material_id": draft.get("material_id") for place, draft in enumerate(drafts)}
    faults |= references.faults_of_materials(ctx, wanted)
    references.refuse(faults | money.faults_of(sums, "data.items"))
    return {"task_id": task_id}


def _numbered(ctx: Context, notes: str | None) -> dict[str, Any]:
    number = numbers.next_number(ctx)
    written = numbers.written(number)
    return {"number": number, "quote_number": written, "search_text": rows.search_text(written, notes)}
