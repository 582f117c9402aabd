"""Answers ``quote_get`` and ``quote_list``: quotes as they are at this moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bus.context import Context
from contracts.quotes.v1 import quotes as contracts
from contracts.workshop.paging import Page, page_of
from plugins.quotes import rows, states
from plugins.quotes.plugin import quotes as plugin
from plugins.quotes.tables import quotes

LIMIT, MAX_LIMIT = 20, 100
#: Rows of a search that are named in the statement which reads its page.
MOST_HITS = 500


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
    count, conditions = _counted(ctx, conditions, chosen.get("search"))
    page = page_of(chosen.get("page"), chosen.get("limit"), usual=LIMIT, most=MAX_LIMIT)
    statement = page_statement(conditions, chosen.get("sort_by"), chosen.get("sort_order"), page, now_ms)
    found = ctx.db.execute(statement).all()
    return page.answer([rows.listed_view(row, now_ms) for row in found], count)


def _counted(
    ctx: Context, conditions: list[ColumnElement[bool]], search: str | None
) -> tuple[int, list[ColumnElement[bool]]]:
    """How many rows there are, and the conditions, or their numbers where a search has found few enough to name."""
    if search:
        hits = list(ctx.db.execute(select(quotes.c.seq).where(*conditions).limit(MOST_HITS + 1)).scalars())
        if len(hits) <= MOST_HITS:
            return len(hits), [quotes.c.seq.in_(hits)]
    return ctx.db.scalar(select(func.count()).select_from(quotes).where(*conditions)), conditions


def page_statement(
    conditions: list[ColumnElement[bool]], sort_by: str | None, sort_order: str | None, page: Page, now_ms: int
) -> Select[*tuple[Any, ...]]:
    """The rows of one page; equal ones stand in the order in which they were made."""
    order = [one.asc() if sort_order == "asc" else one.desc() for one in _sorted_by(sort_by, now_ms)]
    return select(*rows.COLUMNS).where(*conditions).order_by(*order).limit(page.limit).offset(page.offset)


def _sorted_by(sort_by: str | None, now_ms: int) -> list[ColumnElement[Any]]:
    match sort_by:
        case "status":
            column = states.status_at(now_ms)
        case "quote_number":
            column = quotes.c.number  # the 100,000th comes after the 99,999th
        case "updated_at" | "total":
            column = quotes.c[sort_by]
        case _:
            column = quotes.c.created_at
    return [column, quotes.c.seq]


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
        position = func.strpos if ctx.db.dialect == "postgresql" else func.instr
        conditions.append(position(quotes.c.search_text, rows.searched(chosen["search"])) > 0)
    return conditions
