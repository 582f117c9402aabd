"""Answers what other domains ask about interventions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select, text

from bus.context import Context
from contracts.interventions.v1 import within as contracts
from plugins.interventions import finding
from plugins.interventions.plugin import interventions as plugin
from plugins.interventions.rows import COLUMNS
from plugins.interventions.tables import IS_ACTIVE, interventions

ACTIVE_OF_TASK = select(*COLUMNS).where(interventions.c.task_id == bindparam("of_task"), text(IS_ACTIVE))


def active_of(ctx: Context, task_id: str) -> Row[Any] | None:
    """The intervention of a task that has not ended."""
    return ctx.db.execute(ACTIVE_OF_TASK, {"of_task": task_id}).first()


@plugin.handles(contracts.InterventionFind)
def intervention_find(ctx: Context, intervention_id: str, step_id: str | None) -> dict[str, Any]:
    """Whoever asks."""
    return _shown(ctx, finding.find(ctx, intervention_id), step_id)


@plugin.handles(contracts.InterventionHold)
def intervention_hold(ctx: Context, intervention_id: str, step_id: str | None) -> dict[str, Any]:
    """Whoever asks; nobody else moves it or its steps meanwhile."""
    return _shown(ctx, finding.hold(ctx, intervention_id), step_id)


@plugin.handles(contracts.InterventionActiveOfTask)
def intervention_active_of_task(ctx: Context, task_id: str) -> dict[str, Any]:
    """Its id, or null."""
    active = active_of(ctx, task_id)
    return {"intervention_id": None if active is None else active.id}


def _shown(ctx: Context, row: Row[Any] | None, step_id: str | None) -> dict[str, Any]:
    if row is None:
        return {"intervention": None, "step": None}
    shown = {name: getattr(row, name) for name in ("id", "task_id", "status", "technician_id")}
    step = None if step_id is None else finding.find_step(ctx, step_id)
    is_of_it = step is not None and step.intervention_id == row.id
    return {"intervention": shown, "step": {"id": step.id, "step_number": step.step_number} if is_of_it else None}
