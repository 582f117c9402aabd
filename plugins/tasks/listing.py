"""Answers ``task_get``, ``task_list``, ``task_statistics`` and ``task_find``: tasks as they stand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bus.columns import holds
from bus.context import Context
from contracts.tasks.v1 import actions, within
from contracts.workshop.paging import Page, page_of
from plugins.tasks import finding
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import COLUMNS, searched, view
from plugins.tasks.tables import SORT_COLUMNS, tasks

#: Statuses that are counted by name.
COUNTED = ("completed", "pending", "in_progress", "overdue")
#: Rows of a search that are put in order here and not by the database.
MOST_HITS = 10_000
COUNTS = select(tasks.c.status, func.count().label("times")).group_by(tasks.c.status)


@plugin.handles(actions.TaskGet)
def task_get(ctx: Context, id: str) -> dict[str, Any]:
    """The task, if the caller may read it."""
    task = finding.require(ctx, id)
    finding.require_readable(ctx, task)
    return {"type": "Found", "task": view(task)}


@plugin.handles(within.TaskFind)
def task_find(ctx: Context, task_id: str) -> dict[str, Any]:
    """The task, or null."""
    task = finding.find(ctx, task_id)
    return {"task": None if task is None else view(task)}


@plugin.handles(actions.TaskList)
def task_list(ctx: Context, filters: dict[str, Any] | None) -> dict[str, Any]:
    """One page of those the caller may list."""
    chosen = filters or {}
    conditions = conditions_of(ctx, chosen)
    page = shown = page_of(chosen.get("page"), chosen.get("limit"), usual=20)
    column, is_rising = SORT_COLUMNS.get(chosen.get("sort_by") or "", tasks.c.created_at), _is_rising(chosen)
    if chosen.get("search"):
        count, conditions, shown = _found(ctx, conditions, column, is_rising, page)
    else:
        count = _count(ctx, conditions)
    rows = ctx.db.execute(page_statement(conditions, column, is_rising, shown))
    return {"type": "List"} | page.answer([view(row) for row in rows], count)


@plugin.handles(actions.TaskStatistics)
def task_statistics(ctx: Context) -> dict[str, Any]:
    """Of those the caller may list."""
    rows = ctx.db.execute(COUNTS.where(*_of_caller(ctx)))
    counts: dict[str, int] = {row.status: row.times for row in rows}
    named = {status: counts.get(status, 0) for status in COUNTED}
    return {"type": "Statistics", "statistics": {"total": sum(counts.values())} | named}


def _found(
    ctx: Context, conditions: list[ColumnElement[bool]], column: ColumnElement[Any], is_rising: bool, page: Page
) -> tuple[int, list[ColumnElement[bool]], Page]:
    """How many rows a search finds, and what to read instead: those of the page alone, unless there are very many.

    All of them are looked for once, in an index of nothing but what is searched and sorted.
    """
    hits = ctx.db.execute(select(column, tasks.c.seq).where(*conditions).limit(MOST_HITS + 1)).all()
    if len(hits) > MOST_HITS:
        return _count(ctx, conditions), conditions, page
    ordered = sorted(map(tuple, hits), reverse=not is_rising)
    shown = [seq for _, seq in ordered[page.offset : page.offset + page.limit]]
    return len(hits), [tasks.c.seq.in_(shown)], page._replace(number=1)


def page_statement(
    conditions: list[ColumnElement[bool]], column: ColumnElement[Any], is_rising: bool, page: Page
) -> Select[*tuple[Any, ...]]:
    """The rows of one page; equal ones stand in the order in which they were made."""
    order = [one.asc() if is_rising else one.desc() for one in (column, tasks.c.seq)]
    return select(*COLUMNS).where(*conditions).order_by(*order).limit(page.limit).offset(page.offset)


def _count(ctx: Context, conditions: list[ColumnElement[bool]]) -> int:
    return ctx.db.scalar(select(func.count()).select_from(tasks).where(*conditions))


def _is_rising(chosen: dict[str, Any]) -> bool:
    return chosen.get("sort_order") == "asc"


def _of_caller(ctx: Context) -> list[ColumnElement[bool]]:
    own = [finding.is_own(ctx)] if finding.is_technician(ctx) else []
    return [finding.IS_LIVE, *own]


def conditions_of(ctx: Context, chosen: dict[str, Any]) -> list[ColumnElement[bool]]:
    """Tasks that the caller may list and that pass the filters."""
    equal = {name: chosen.get(name) for name in ("status", "priority", "technician_id", "client_id")}
    conditions = [*_of_caller(ctx), *(tasks.c[name] == value for name, value in equal.items() if value)]
    if chosen.get("from_date"):
        conditions.append(tasks.c.scheduled_date >= chosen["from_date"])
    if chosen.get("to_date"):
        conditions.append(tasks.c.scheduled_date <= chosen["to_date"])
    if chosen.get("search"):
        conditions.append(holds(ctx.db.dialect, tasks.c.search_text, searched(chosen["search"])))
    return conditions
