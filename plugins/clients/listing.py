"""Answers the actions that read clients: one, a page, a search, the statistics.

The counts of tasks belong to the plugin of the tasks; a list that is sorted by one of them asks for all of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bus.columns import holds
from bus.context import Context
from contracts.clients.v1 import actions as contracts
from contracts.workshop.paging import Page, page_of
from contracts.workshop.roles import TECHNICIAN
from contracts.workshop.texts import folded
from plugins.clients import finding
from plugins.clients.plugin import clients as plugin
from plugins.clients.rows import COLUMNS, IS_LIVE, NO_TASKS, counts_of, views
from plugins.clients.tables import SORT_COLUMNS, clients
from plugins.clients.within import AT_ONCE

LIMIT, MAX_SEARCH_LIMIT = 20, 100
LIMIT_TASKS, MAX_LIMIT_TASKS = 10, 100
#: Clients of a search that are put in order here and not by the database.
MOST_HITS = 10_000
#: As ``~IS_LIVE``, in words that SQLite looks up in an index.
WAS_DELETED = clients.c.deleted_at > 0
#: Lists may be sorted by these too.
COUNTS = ("total_tasks", "active_tasks", "completed_tasks")
BY_TYPE = select(clients.c.customer_type, func.count().label("times")).where(IS_LIVE).group_by(clients.c.customer_type)


@plugin.handles(contracts.ClientGet)
def client_get(ctx: Context, id: str) -> dict[str, Any]:
    """The client."""
    return {"type": "Found", "client": views(ctx, [finding.require(ctx, id)])[0]}


@plugin.handles(contracts.ClientGetWithTasks)
def client_get_with_tasks(ctx: Context, id: str) -> dict[str, Any]:
    """The client with all its tasks."""
    client = views(ctx, [finding.require(ctx, id)])
    return {"type": "FoundWithTasks", "client": _with_tasks(ctx, client, None)[0]}


@plugin.handles(contracts.ClientList)
def client_list(ctx: Context, filters: dict[str, Any] | None) -> dict[str, Any]:
    """One page."""
    return {"type": "List"} | _page(ctx, filters or {})


@plugin.handles(contracts.ClientListWithTasks)
def client_list_with_tasks(ctx: Context, filters: dict[str, Any] | None, limit_tasks: int | None) -> dict[str, Any]:
    """One page, each client with its newest tasks."""
    page = _page(ctx, filters or {})
    most = LIMIT_TASKS if limit_tasks is None else _between(0, limit_tasks, MAX_LIMIT_TASKS)
    return {"type": "ListWithTasks"} | page | {"items": _with_tasks(ctx, page["items"], most)}


@plugin.handles(contracts.ClientSearch)
def client_search(ctx: Context, query: str, limit: int | None) -> dict[str, Any]:
    """The first by name."""
    conditions = [IS_LIVE, *_holds(ctx, query)]
    most = LIMIT if limit is None else _between(1, limit, MAX_SEARCH_LIMIT)
    count, conditions, page = _found(ctx, conditions, clients.c.name_key, True, Page(1, most))
    return {"type": "SearchResults", "items": _by_column(ctx, conditions, "name", True, page), "total_count": count}


@plugin.handles(contracts.ClientStatistics)
def client_statistics(ctx: Context) -> dict[str, Any]:
    """Of all live clients."""
    types = ctx.db.execute(BY_TYPE)
    by_type: dict[str, int] = {row.customer_type: row.times for row in types}
    statistics = {
        "total_clients": sum(by_type.values()),
        "individual_clients": by_type.get("individual", 0),
        "business_clients": by_type.get("business", 0),
        "clients_with_tasks": _with_tasks_count(ctx),
        "new_clients_this_month": _count(ctx, [IS_LIVE, clients.c.created_at >= _month_ms(ctx.now_ms)]),
    }
    return {"type": "Statistics", "statistics": statistics}


def _page(ctx: Context, filters: dict[str, Any]) -> dict[str, Any]:
    page = page_of(filters.get("page"), filters.get("limit"), usual=LIMIT)
    conditions = conditions_of(ctx, filters)
    sort_by, is_rising = filters.get("sort_by") or "", filters.get("sort_order") == "asc"
    if sort_by in COUNTS:
        items = _by_count(ctx, conditions, sort_by, is_rising, page)
        return page.answer(items, _count(ctx, conditions))
    shown, count = page, None
    if filters.get("search"):
        column = SORT_COLUMNS.get(sort_by, clients.c.created_at)
        count, conditions, shown = _found(ctx, conditions, column, is_rising, page)
    count = _count(ctx, conditions) if count is None else count
    return page.answer(_by_column(ctx, conditions, sort_by, is_rising, shown), count)


def _by_column(
    ctx: Context, conditions: list[ColumnElement[bool]], sort_by: str, is_rising: bool, page: Page
) -> list[dict[str, Any]]:
    column = SORT_COLUMNS.get(sort_by, clients.c.created_at)
    order = [column.asc(), clients.c.seq.asc()] if is_rising else [column.desc(), clients.c.seq.desc()]
    order = [column.is_(None), *order] if column.nullable else order
    found = select(*COLUMNS).where(*conditions).order_by(*order).limit(page.limit).offset(page.offset)
    return views(ctx, ctx.db.execute(found))


def _by_count(
    ctx: Context, conditions: list[ColumnElement[bool]], sort_by: str, is_rising: bool, page: Page
) -> list[dict[str, Any]]:
    counts = counts_of(ctx, None)
    order = clients.c.seq.asc() if is_rising else clients.c.seq.desc()
    ids = list(ctx.db.execute(select(clients.c.id).where(*conditions).order_by(order)).scalars())
    ids.sort(key=lambda id: counts.get(id, NO_TASKS)[sort_by] * (1 if is_rising else -1))
    shown = ids[page.offset : page.offset + page.limit]
    rows = {row.id: row for row in ctx.db.execute(select(*COLUMNS).where(clients.c.id.in_(shown)))}
    return views(ctx, [rows[id] for id in shown])


def _with_tasks_count(ctx: Context) -> int:
    """How many live clients have tasks: all that have, but for the deleted ones."""
    deleted = list(ctx.db.execute(select(clients.c.id).where(WAS_DELETED)).scalars())
    of_deleted = sum(len(counts_of(ctx, deleted[at : at + AT_ONCE])) for at in range(0, len(deleted), AT_ONCE))
    return ctx.call("task_count_clients")["count"] - of_deleted


def _with_tasks(ctx: Context, found: list[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """The clients with their newest tasks; of those a technician sees only the own ones."""
    asked = {"client_ids": [client["id"] for client in found], "limit": most}
    is_own = TECHNICIAN in ctx.principal.roles
    tasks = ctx.call("task_list_of_clients", asked | {"is_own": is_own})["items"]
    return [client | {"tasks": [task for task in tasks if task["client_id"] == client["id"]]} for client in found]


def conditions_of(ctx: Context, filters: dict[str, Any]) -> list[ColumnElement[bool]]:
    """Live clients that pass the filters."""
    kind = filters.get("customer_type")
    of_kind = [clients.c.customer_type == kind] if kind else []
    return [IS_LIVE, *of_kind, *_holds(ctx, filters.get("search") or "")]


def _holds(ctx: Context, search: str) -> list[ColumnElement[bool]]:
    """Clients in whose texts every word stands, exactly so but for letter case."""
    return [holds(ctx.db.dialect, clients.c.search_text, word) for word in folded(search).split()]


def _found(
    ctx: Context, conditions: list[ColumnElement[bool]], column: ColumnElement[Any], is_rising: bool, page: Page
) -> tuple[int, list[ColumnElement[bool]], Page]:
    """How many rows a search finds, and what to read instead: those of the page alone, unless there are very many.

    All of them are looked for once, in an index of nothing but what is searched and sorted.
    """
    hits = ctx.db.execute(select(column, clients.c.seq).where(*conditions).limit(MOST_HITS + 1)).all()
    if len(hits) > MOST_HITS:
        return _count(ctx, conditions), conditions, page
    known = sorted((tuple(hit) for hit in hits if hit[0] is not None), reverse=not is_rising)
    ordered = known + sorted((tuple(hit) for hit in hits if hit[0] is None), reverse=not is_rising)
    shown = [seq for _, seq in ordered[page.offset : page.offset + page.limit]]
    return len(hits), [clients.c.seq.in_(shown)], page._replace(number=1)


def _count(ctx: Context, conditions: list[ColumnElement[bool]]) -> int:
    return ctx.db.scalar(select(func.count()).select_from(clients).where(*conditions))


def _between(least: int, value: int, most: int) -> int:
    return min(most, max(least, value))


def _month_ms(now_ms: int) -> int:
    """When the current month began in UTC."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC)
    return int(datetime(today.year, today.month, 1, tzinfo=UTC).timestamp() * 1000)
