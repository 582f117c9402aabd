"""Answers ``intervention_cancel`` and ``intervention_finalize``: the work ends.

Not here: the material that was used; it is booked when it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.interventions.errors import InterventionValidationFailed
from contracts.interventions.v1 import interventions as contracts
from plugins.interventions import finding, states
from plugins.interventions.plugin import interventions as plugin
from plugins.interventions.rows import hundredths, view
from plugins.interventions.stepping import completed
from plugins.interventions.workflows import LAST_TYPE

MINUTE_MS = 60_000


@plugin.handles(contracts.InterventionCancel)
def intervention_cancel(ctx: Context, intervention_id: str, reason: str | None) -> dict[str, Any]:
    """Cancelled for good, and so is the task unless it is closed; it has no current intervention any more."""
    row = finding.require_held_with_task(ctx, intervention_id)
    moved = states.moved(row, "cancelled")
    written = finding.write(ctx, row.id, **moved, cancelled_at=ctx.now_ms, cancel_reason=reason)
    follow = {"task_id": row.task_id, "occasion": "cancelled", "intervention_id": row.id, "reason": reason}
    ctx.call("task_follow", follow)
    return {"intervention": view(written)}


@plugin.handles(contracts.InterventionFinalize)
def intervention_finalize(
    ctx: Context, intervention_id: str, collected_data: dict[str, Any] | None, photos: list[str] | None, **judged: Any
) -> dict[str, Any]:
    """Completed for good, its last step too, and so is the task unless it is closed; whoever listens hears of it."""
    row = finding.require_held_with_task(ctx, intervention_id)
    moved = states.moved(row, "completed")
    steps = finding.steps_of(ctx, row.id)
    _require_complete(steps)
    steps = [_ended(ctx, step, collected_data, photos) for step in steps]
    minutes = max(0, ctx.now_ms - row.started_at) // MINUTE_MS
    written = finding.write(
        ctx,
        row.id,
        **moved,
        **judged,
        completed_at=ctx.now_ms,
        actual_duration=minutes,
        current_step=len(steps),
        completion_hundredths=hundredths(1, 1),
    )
    follow = {"task_id": row.task_id, "occasion": "finalized", "intervention_id": row.id, "actual_duration": minutes}
    ctx.call("task_follow", follow)
    _announce(ctx, written)
    return {"intervention": view(written), "metrics": _metrics(written, steps)}


def _require_complete(steps: Sequence[Row[Any]]) -> None:
    """Go on only if nothing but the last step is open.

    Raises:
        InterventionValidationFailed: another mandatory step is.
    """
    others = [step for step in steps if step.is_mandatory and step.step_type != LAST_TYPE]
    missing = [step for step in others if step.step_status != "completed"]
    if missing:
        named = [{"step_number": step.step_number, "step_name": step.step_name} for step in missing]
        names = ", ".join(step.step_name for step in missing)
        raise InterventionValidationFailed(f"these steps are not completed: {names}", incomplete_steps=named)


def _ended(ctx: Context, step: Row[Any], data: dict[str, Any] | None, photos: list[str] | None) -> Row[Any]:
    """The step as it is when the work is done: the last one is completed with what there is."""
    if step.step_type != LAST_TYPE or step.step_status == "completed":
        return step
    return finding.write_step(ctx, step.id, **completed(ctx, step, data or step.collected_data, photos))


def _announce(ctx: Context, row: Row[Any]) -> None:
    told = {"intervention_id": row.id, "task_id": row.task_id, "task_number": row.task_number}
    people = {"technician_id": row.technician_id, "finalized_by": ctx.principal.id}
    ctx.emit("intervention.finalized", told | people)


def _metrics(row: Row[Any], steps: Sequence[Row[Any]]) -> dict[str, Any]:
    return {
        "total_duration_minutes": row.actual_duration,
        "completion_rate": 100,
        "quality_score": row.quality_score,
        "customer_satisfaction": row.customer_satisfaction,
        "steps_completed": sum(step.step_status == "completed" for step in steps),
        "total_steps": len(steps),
        "photos_taken": sum(step.photo_count for step in steps),
    }
