"""Answers what clients ask about their tasks: how many there are, and which."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select

from bus.context import Context
from contracts.tasks.v1 import within as contracts
from plugins.tasks import finding
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.rows import COLUMNS, view
from plugins.tasks.statuses import OPEN
from plugins.tasks.tables import tasks


def _count_of(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


COUNTS = (
    select(
        tasks.c.client_id,
        func.count().label("total_tasks"),
        _count_of(tasks.c.status.in_(sorted(OPEN))).label("active_tasks"),
        _count_of(tasks.c.status == "completed").label("completed_tasks"),
        func.max(tasks.c.scheduled_date).label("last_task_date"),
    )
    .where(finding.IS_LIVE, tasks.c.client_id.is_not(None))
    .group_by(tasks.c.client_id)
)
#: Grouped and not made distinct: that would sort what an index has in order.
CLIENTS = select(func.count()).select_from(
    select(tasks.c.client_id)
    .where(finding.IS_LIVE, tasks.c.client_id.is_not(None))
    .group_by(tasks.c.client_id)
    .subquery()
)


@plugin.handles(contracts.TaskCountOfClients)
def task_count_of_clients(ctx: Context, client_ids: list[str] | None) -> dict[str, Any]:
    """One row for each client that has a live task."""
    statement = COUNTS if client_ids is None else COUNTS.where(tasks.c.client_id.in_(client_ids))
    return {"items": [dict(row) for row in ctx.db.execute(statement).mappings()]}


@plugin.handles(contracts.TaskCountClients)
def task_count_clients(ctx: Context) -> dict[str, Any]:
    """Counted in the order of their index."""
    return {"count": ctx.db.scalar(CLIENTS)}


@plugin.handles(contracts.TaskListOfClients)
def task_list_of_clients(ctx: Context, client_ids: list[str], limit: int | None, is_own: bool) -> dict[str, Any]:
    """At most so many of each client."""
    place = func.row_number().over(partition_by=tasks.c.client_id, order_by=tasks.c.seq.desc()).label("place")
    conditions = [finding.IS_LIVE, tasks.c.client_id.in_(client_ids), *([finding.is_own(ctx)] if is_own else [])]
    found = select(*COLUMNS, tasks.c.seq, place).where(*conditions).subquery()
    statement = select(found).order_by(found.c.seq.desc())
    rows = ctx.db.execute(statement if limit is None else statement.where(found.c.place <= limit))
    return {"items": [view(row) for row in rows]}
