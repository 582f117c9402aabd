"""Answers ``task_get``, ``task_list``, ``task_statistics`` and ``task_find``: tasks as they stand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bus.context import Context
from contracts.tasks.v1 import actions, within
from contracts.workshop.paging import Page, page_of
from plugins.tasks import finding
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import COLUMNS, searched, view
from plugins.tasks.tables import SORT_COLUMNS, tasks

#: Statuses that are counted by name.
COUNTED = ("completed", "pending", "in_progress", "overdue")
#: Rows of a search that are named in the statement which reads its page.
MOST_HITS = 500
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
    count, conditions = _counted(ctx, conditions, chosen.get("search"))
    page = page_of(chosen.get("page"), chosen.get("limit"), usual=20)
    rows = ctx.db.execute(page_statement(conditions, chosen.get("sort_by"), chosen.get("sort_order"), page))
    return {"type": "List"} | page.answer([view(row) for row in rows], count)


@plugin.handles(actions.TaskStatistics)
def task_statistics(ctx: Context) -> dict[str, Any]:
    """Of those the caller may list."""
    rows = ctx.db.execute(COUNTS.where(*_of_caller(ctx)))
    counts: dict[str, int] = {row.status: row.times for row in rows}
    named = {status: counts.get(status, 0) for status in COUNTED}
    return {"type": "Statistics", "statistics": {"total": sum(counts.values())} | named}


def _counted(
    ctx: Context, conditions: list[ColumnElement[bool]], search: str | None
) -> tuple[int, list[ColumnElement[bool]]]:
    """How many rows there are, and the conditions, or their numbers where a search has found few enough to name."""
    if search:
        hits = list(ctx.db.execute(select(tasks.c.seq).where(*conditions).limit(MOST_HITS + 1)).scalars())
        if len(hits) <= MOST_HITS:
            return len(hits), [tasks.c.seq.in_(hits)]
    return ctx.db.scalar(select(func.count()).select_from(tasks).where(*conditions)), conditions


def page_statement(
    conditions: list[ColumnElement[bool]], sort_by: str | None, sort_order: str | None, page: Page
) -> Select[*tuple[Any, ...]]:
    """The rows of one page; equal ones stand in the order in which they were made."""
    column = SORT_COLUMNS.get(sort_by or "", tasks.c.created_at)
    sorted_by = (column, tasks.c.seq)
    order = [one.asc() for one in sorted_by] if sort_order == "asc" else [one.desc() for one in sorted_by]
    return select(*COLUMNS).where(*conditions).order_by(*order).limit(page.limit).offset(page.offset)


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
        conditions.append(_holds(ctx, chosen["search"]))
    return conditions


def _holds(ctx: Context, search: str) -> ColumnElement[bool]:
    """Tasks in whose texts the words stand, exactly so but for letter case."""
    position = func.strpos if ctx.db.dialect == "postgresql" else func.instr
    return position(tasks.c.search_text, searched(search)) > 0
