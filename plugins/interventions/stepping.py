"""Answers ``intervention_advance_step`` and ``intervention_save_step_progress``: the work goes on, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.interventions.errors import InterventionStepOutOfOrder, InterventionValidationFailed
from contracts.interventions.v1 import steps as contracts
from contracts.workshop.errors import InterventionStepNotFound
from plugins.interventions import finding, states
from plugins.interventions.plugin import interventions as plugin
from plugins.interventions.rows import hundredths, percentage, step_view


@plugin.handles(contracts.InterventionAdvanceStep)
def intervention_advance_step(
    ctx: Context,
    intervention_id: str,
    step_id: str,
    collected_data: dict[str, Any] | None,
    photos: list[str] | None,
    notes: str | None,
    quality_check_passed: bool,
    issues: list[str] | None,
) -> dict[str, Any]:
    """The step is begun, or completed and the next one the task's current step."""
    row = finding.require_held_with_task(ctx, intervention_id)
    steps = finding.steps_of(ctx, row.id)
    step = finding.require_step(steps, step_id)
    states.require_worked_on(row)
    states.require_open_step(step)
    _require_turn(steps, step)
    kept = {} if notes is None else {"notes": notes}
    if not (collected_data or photos or issues):
        return _answer(_touched(ctx, step, kept), None, row.completion_hundredths)
    _require_photos(step, photos)
    found = {"quality_check_passed": quality_check_passed} | ({"issues": issues} if issues else {})
    data = (collected_data or step.collected_data or {}) | found
    written = finding.write_step(ctx, step.id, **completed(ctx, step, data, photos), **kept)
    return _answer(written, *_counted(ctx, row, steps, written))


@plugin.handles(contracts.InterventionSaveStepProgress)
def intervention_save_step_progress(
    ctx: Context,
    step_id: str,
    intervention_id: str | None,
    collected_data: dict[str, Any] | None,
    progress_data: dict[str, Any] | None,
    photos: list[str] | None,
    notes: str | None,
) -> dict[str, Any]:
    """The step is begun and holds what was given; whatever was not stays."""
    step = _held_step(ctx, step_id, intervention_id)
    data = progress_data if collected_data is None else collected_data
    given = {"collected_data": data, "notes": notes}
    kept = {name: value for name, value in given.items() if value is not None} | _pictured(photos)
    return {"step": step_view(_touched(ctx, step, kept))}


def completed(ctx: Context, step: Row[Any], data: dict[str, Any] | None, photos: list[str] | None) -> dict[str, Any]:
    """The columns of a step that is completed now, with the photos given or, where there are none, those it has.

    Raises:
        InterventionInvalidState: it may not be completed.
    """
    started_at = ctx.now_ms if step.started_at is None else step.started_at
    count = len(photos) if photos else step.photo_count
    values = states.step_moved(step, "completed") | (_pictured(photos) if photos else {})
    return values | {
        "collected_data": data,
        "started_at": started_at,
        "completed_at": ctx.now_ms,
        "duration_seconds": max(0, ctx.now_ms - started_at) // 1000,
        "required_photos_completed": count >= step.min_photos_required,
    }


def _held_step(ctx: Context, step_id: str, intervention_id: str | None) -> Row[Any]:
    """The step as it is, its intervention held until the commit and in progress.

    Raises:
        NotFound: an intervention is named that does not exist.
        InterventionStepNotFound: there is no such step, or it is of another intervention than the one named.
        Forbidden: the caller is a technician and somebody else carries the intervention out.
        InterventionInvalidState: intervention or step are in no state to be worked on.
    """
    found = finding.find_step(ctx, step_id)
    if intervention_id is None and found is None:
        raise InterventionStepNotFound(step_id=step_id)
    own = finding.require_own(ctx, intervention_id or found.intervention_id)
    row = finding.hold(ctx, own.id)
    step = finding.require_step(finding.steps_of(ctx, own.id), step_id)
    states.require_worked_on(row)
    states.require_open_step(step)
    return step


def _touched(ctx: Context, step: Row[Any], kept: dict[str, Any]) -> Row[Any]:
    """The step with what is to be kept, begun if it was not."""
    begun = {}
    if step.step_status == states.FIRST_OF_STEP:
        begun = states.step_moved(step, "in_progress") | {"started_at": ctx.now_ms}
    return finding.write_step(ctx, step.id, **begun, **kept) if begun or kept else step


def _pictured(photos: list[str] | None) -> dict[str, Any]:
    return {} if photos is None else {"photo_urls": photos, "photo_count": len(photos)}


def _require_turn(steps: Sequence[Row[Any]], step: Row[Any]) -> None:
    for before in steps:
        if before.step_number == step.step_number - 1 and before.step_status != "completed":
            raise InterventionStepOutOfOrder(
                step_number=step.step_number,
                previous_step_number=before.step_number,
                previous_status=before.step_status,
            )


def _require_photos(step: Row[Any], photos: list[str] | None) -> None:
    count = len(photos) if photos else step.photo_count
    least, most = step.min_photos_required, step.max_photos_allowed
    if not least <= count <= most:
        raise InterventionValidationFailed(
            f"the step {step.step_name} needs {least} to {most} photos and has {count}",
            photo_count=count,
            min_photos_required=least,
            max_photos_allowed=most,
        )


def _counted(ctx: Context, row: Row[Any], steps: Sequence[Row[Any]], step: Row[Any]) -> tuple[Row[Any] | None, int]:
    """The step after one that was just completed, and how far the intervention is now; task and intervention know."""
    done = sum(other.step_status == "completed" for other in steps) + 1
    far = hundredths(done, len(steps))
    finding.write(ctx, row.id, current_step=done, completion_hundredths=far)
    after = next((other for other in steps if other.step_number == step.step_number + 1), None)
    follow = {"task_id": row.task_id, "occasion": "advanced", "intervention_id": row.id}
    ctx.call("task_follow", follow | {"step_id": None if after is None else after.id})
    return after, far


def _answer(step: Row[Any], after: Row[Any] | None, far: int) -> dict[str, Any]:
    is_completed = step.step_status == "completed"
    return {
        "step": step_view(step),
        "next_step": None if after is None else step_view(after),
        "progress_percentage": percentage(far),
        "requirements_completed": [f"step_{step.step_number}_completed"] if is_completed else [],
    }
