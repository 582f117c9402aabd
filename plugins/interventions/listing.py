"""Answers the commands that read interventions: one, its steps, those of a task, a page of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, bindparam, func, select

from bus.context import Context
from bus.errors import Forbidden
from contracts.interventions.v1 import reading as contracts
from contracts.workshop.errors import NotFound
from contracts.workshop.paging import Page, page_of
from plugins.interventions import finding
from plugins.interventions.plugin import interventions as plugin
from plugins.interventions.rows import COLUMNS, percentage, step_view, view
from plugins.interventions.tables import interventions
from plugins.interventions.within import active_of

USUAL = 50
NEWEST_FIRST = (interventions.c.created_at.desc(), interventions.c.seq.desc())
LATEST_OF_TASK = (
    select(*COLUMNS).where(interventions.c.task_id == bindparam("of_task")).order_by(*NEWEST_FIRST).limit(1)
)


@plugin.handles(contracts.InterventionGet)
def intervention_get(ctx: Context, id: str | None, intervention_id: str | None) -> dict[str, Any]:
    """As it stands."""
    row = finding.require_own(ctx, id or intervention_id or "")
    return {"intervention": view(row), "steps": [step_view(step) for step in finding.steps_of(ctx, row.id)]}


@plugin.handles(contracts.InterventionGetActiveByTask)
def intervention_get_active_by_task(ctx: Context, task_id: str) -> dict[str, Any]:
    """Whoever carries it out."""
    return _perhaps(active_of(ctx, _readable_task(ctx, task_id)))


@plugin.handles(contracts.InterventionGetLatestByTask)
def intervention_get_latest_by_task(ctx: Context, task_id: str) -> dict[str, Any]:
    """Of any status, whoever carries it out."""
    return _perhaps(ctx.db.execute(LATEST_OF_TASK, {"of_task": _readable_task(ctx, task_id)}).first())


@plugin.handles(contracts.InterventionGetStep)
def intervention_get_step(ctx: Context, intervention_id: str, step_id: str) -> dict[str, Any]:
    """As it stands."""
    row = finding.require_own(ctx, intervention_id)
    return {"step": step_view(finding.require_step(finding.steps_of(ctx, row.id), step_id))}


@plugin.handles(contracts.InterventionList)
def intervention_list(
    ctx: Context,
    status: str | None,
    technician_id: str | None,
    task_id: str | None,
    page: int | None,
    limit: int | None,
) -> dict[str, Any]:
    """One page of those the caller may see."""
    shown = page_of(page, limit, usual=USUAL)
    conditions = _conditions(status=status, technician_id=technician_id)
    conditions += _conditions(technician_id=ctx.principal.id) if finding.is_technician(ctx) else []
    if task_id is not None:
        task = ctx.call("task_find", {"task_id": task_id})["task"]
        if task is None:
            return shown.answer([], 0)
        conditions += _conditions(task_id=task["id"])
    rows = ctx.db.execute(page_statement(conditions, shown))
    count = ctx.db.scalar(select(func.count()).select_from(interventions).where(*conditions))
    return shown.answer([view(row) for row in rows], count)


@plugin.handles(contracts.InterventionGetProgress)
def intervention_get_progress(ctx: Context, intervention_id: str) -> dict[str, Any]:
    """As it stands, with the time that the open steps are estimated to take."""
    row = finding.require_own(ctx, intervention_id)
    steps = finding.steps_of(ctx, row.id)
    left = [step for step in steps if step.step_status != "completed"]
    done = len(steps) - len(left)
    return {
        "intervention_id": row.id,
        "status": row.status,
        "total_steps": len(steps),
        "completed_steps": done,
        "current_step": min(done + 1, len(steps)),
        "completion_percentage": percentage(row.completion_hundredths),
        "estimated_time_remaining": -(-sum(step.estimated_duration_seconds for step in left) // 60),
        "steps": [step_view(step) for step in steps],
    }


def page_statement(conditions: list[ColumnElement[bool]], page: Page) -> Select[*tuple[Any, ...]]:
    """The rows of one page, the newest first; those before it are passed over in an index."""
    limit, offset = (bindparam(None, count, type_=BigInteger) for count in (page.limit, page.offset))
    on_page = select(interventions.c.seq).where(*conditions).order_by(*NEWEST_FIRST).limit(limit).offset(offset)
    return select(*COLUMNS).where(interventions.c.seq.in_(on_page)).order_by(*NEWEST_FIRST)


def _conditions(**columns: str | None) -> list[ColumnElement[bool]]:
    return [interventions.c[name] == value for name, value in columns.items() if value is not None]


def _readable_task(ctx: Context, reference: str) -> str:
    """The id of a task whose work the caller may see.

    Raises:
        NotFound: there is no such task.
        Forbidden: the caller is a technician who neither has nor made it.
    """
    task = ctx.call("task_find", {"task_id": reference})["task"]
    if task is None:
        raise NotFound("task", reference)
    if finding.is_technician(ctx) and ctx.principal.id not in (task["technician_id"], task["created_by"]):
        raise Forbidden("the task is neither assigned to you nor yours")
    return task["id"]


def _perhaps(row: Row[Any] | None) -> dict[str, Any]:
    return {"intervention": None if row is None else view(row)}
