"""Answers ``intervention_pause`` and ``intervention_resume``: the work rests, and goes on."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.interventions.v1 import interventions as contracts
from plugins.interventions import finding, states
from plugins.interventions.plugin import interventions as plugin
from plugins.interventions.rows import view


@plugin.handles(contracts.InterventionPause)
def intervention_pause(ctx: Context, intervention_id: str) -> dict[str, Any]:
    """Paused from now on; a task that was in progress rests too."""
    return _move(ctx, intervention_id, "paused", "paused", paused_at=ctx.now_ms)


@plugin.handles(contracts.InterventionResume)
def intervention_resume(ctx: Context, intervention_id: str) -> dict[str, Any]:
    """In progress again; so is a task that rested."""
    return _move(ctx, intervention_id, "in_progress", "resumed", paused_at=None)


def _move(ctx: Context, intervention_id: str, new: str, occasion: str, **values: Any) -> dict[str, Any]:
    row = finding.require_held_with_task(ctx, intervention_id)
    written = finding.write(ctx, row.id, **states.moved(row, new), **values)
    ctx.call("task_follow", {"task_id": row.task_id, "occasion": occasion, "intervention_id": row.id})
    return {"intervention": view(written)}
