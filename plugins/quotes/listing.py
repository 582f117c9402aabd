"""Answers ``quote_get`` and ``quote_list``: quotes as they are at this moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bus.columns import holds
from bus.context import Context
from contracts.quotes.v1 import quotes as contracts
from contracts.workshop.paging import Page, page_of
from plugins.quotes import rows, states
from plugins.quotes.plugin import quotes as plugin
from plugins.quotes.tables import quotes

LIMIT, MAX_LIMIT = 20, 100
#: Rows of a search that are put in order here and not by the database.
MOST_HITS = 10_000


@plugin.handles(contracts.QuoteGet)
def quote_get(ctx: Context, id: str) -> dict[str, Any]:
    """The quote with its items."""
    quote = rows.require(ctx, id)
    return rows.view(quote, rows.items_of(ctx, quote.id), ctx.now_ms)


@plugin.handles(contracts.QuoteList)
def quote_list(ctx: Context, filters: dict[str, Any] | None) -> dict[str, Any]:
    """One page."""
    chosen, now_ms = filters or {}, ctx.now_ms
    conditions = _conditions(ctx, chosen, now_ms)
    page = shown = page_of(chosen.get("page"), chosen.get("limit"), usual=LIMIT, most=MAX_LIMIT)
    column, is_rising = sorted_by(chosen.get("sort_by"), now_ms), chosen.get("sort_order") == "asc"
    if chosen.get("search"):
        count, conditions, shown = _found(ctx, conditions, column, is_rising, page)
    else:
        count = _count(ctx, conditions)
    statement = page_statement(conditions, column, is_rising, shown)
    found = ctx.db.execute(statement).all()
    return page.answer([rows.listed_view(row, now_ms) for row in found], count)


def _found(
    ctx: Context, conditions: list[ColumnElement[bool]], column: ColumnElement[Any], is_rising: bool, page: Page
) -> tuple[int, list[ColumnElement[bool]], Page]:
    """How many rows a search finds, and what to read instead: those of the page alone, unless there are very many.

    All of them are looked for once, in an index of nothing but what is searched and sorted.
    """
    hits = ctx.db.execute(select(column, quotes.c.seq).where(*conditions).limit(MOST_HITS + 1)).all()
    if len(hits) > MOST_HITS:
        return _count(ctx, conditions), conditions, page
    ordered = sorted(map(tuple, hits), reverse=not is_rising)
    shown = [seq for _, seq in ordered[page.offset : page.offset + page.limit]]
    return len(hits), [quotes.c.seq.in_(shown)], page._replace(number=1)


def _count(ctx: Context, conditions: list[ColumnElement[bool]]) -> int:
    return ctx.db.scalar(select(func.count()).select_from(quotes).where(*conditions))


def page_statement(
    conditions: list[ColumnElement[bool]], column: ColumnElement[Any], is_rising: bool, page: Page
) -> Select[*tuple[Any, ...]]:
    """The rows of one page; equal ones stand in the order in which they were made."""
    order = [one.asc() if is_rising else one.desc() for one in (column, quotes.c.seq)]
    return select(*rows.COLUMNS).where(*conditions).order_by(*order).limit(page.limit).offset(page.offset)


def sorted_by(sort_by: str | None, now_ms: int) -> ColumnElement[Any]:
    """What a list is sorted by."""
    match sort_by:
        case "status":
            return states.status_at(now_ms)
        case "quote_number":
            return quotes.c.number  # the 100,000th comes after the 99,999th
        case "updated_at" | "total":
            return quotes.c[sort_by]
        case _:
            return quotes.c.created_at


def _conditions(ctx: Context, chosen: dict[str, Any], now_ms: int) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.get("client_id"):
        conditions.append(quotes.c.client_id == chosen["client_id"])
    if chosen.get("status"):
        conditions.append(states.is_status(chosen["status"], now_ms))
    if chosen.get("date_from") is not None:
        conditions.append(quotes.c.created_at >= chosen["date_from"])
    if chosen.get("date_to") is not None:
        conditions.append(quotes.c.created_at <= chosen["date_to"])
    if chosen.get("search"):
        conditions.append(holds(ctx.db.dialect, quotes.c.search_text, rows.searched(chosen["search"])))
    return conditions
