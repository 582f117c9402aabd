"""The states of interventions and of their steps: the two tables that every change of a status goes through.

Not here: what becomes of the task meanwhile (the plugin of the tasks decides).
"""

from __future__ import annotations

from typing import Any

from contracts.workshop.errors import InterventionInvalidState

#: Status of an intervention -> those it may become.
MOVES: dict[str, tuple[str, ...]] = {
    # In stored data only.
    "pending": ("cancelled",),
    "in_progress": ("paused", "completed", "cancelled"),
    "paused": ("in_progress", "cancelled"),
    "completed": (),
    "cancelled": (),
}
#: What an intervention begins as.
FIRST = "in_progress"

#: Status of a step -> those it may become.
STEP_MOVES: dict[str, tuple[str, ...]] = {
    "pending": ("in_progress", "completed"),
    "in_progress": ("completed",),
    "completed": (),
    # In stored data only.
    "paused": (),
    "failed": (),
    "skipped": (),
    "rework": (),
}
#: What a step begins as.
FIRST_OF_STEP = "pending"


def moved(intervention: Any, new: str) -> dict[str, Any]:
    """The column that changes when an intervention moves.

    Raises:
        InterventionInvalidState: it may not move that way; to stay where it is is no move.
    """
    if new not in MOVES[intervention.status]:
        raise InterventionInvalidState("intervention", intervention.status)
    return {"status": new}


def step_moved(step: Any, new: str) -> dict[str, Any]:
    """The column that changes when a step moves.

    Raises:
        InterventionInvalidState: it may not move that way; to stay where it is is no move.
    """
    if new not in STEP_MOVES[step.step_status]:
        raise InterventionInvalidState("step", step.step_status)
    return {"step_status": new}


def require_worked_on(intervention: Any) -> None:
    """Go on only if the intervention is in progress: nobody works on a paused one.

    Raises:
        InterventionInvalidState: it is not.
    """
    if intervention.status != "in_progress":
        raise InterventionInvalidState("intervention", intervention.status)


def require_open_step(step: Any) -> None:
    """Go on only if the step may still be completed.

    Raises:
        InterventionInvalidState: it may not.
    """
    step_moved(step, "completed")
