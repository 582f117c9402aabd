"""The workflows: which steps an intervention has, and what each demands. Source: work, "State machines", Workflows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class PlannedStep(NamedTuple):
    """What a step is like in every intervention of its workflow."""

    name: str
    type: str
    min_photos: int
    max_photos: int
    #: Estimated.
    seconds: int


EXPRESS = (
    PlannedStep("Inspection", "inspection", 2, 6, 300),
    PlannedStep("Installation", "installation", 4, 10, 1800),
    PlannedStep("Finalisation", "finalization", 2, 6, 300),
)
STANDARD = (
    PlannedStep("Inspection", "inspection", 4, 10, 900),
    PlannedStep("Préparation", "preparation", 2, 8, 1800),
    PlannedStep("Installation", "installation", 6, 15, 3600),
    PlannedStep("Finalisation", "finalization", 4, 10, 900),
)
#: The step that ends the work: finishing an intervention completes it.
LAST_TYPE = "finalization"
#: Zones that the express workflow is enough for.
MAX_EXPRESS_ZONES = 2


def workflow_of(zones: Sequence[str]) -> tuple[PlannedStep, ...]:
    """The steps of the work on so many zones."""
    return EXPRESS if len(zones) <= MAX_EXPRESS_ZONES else STANDARD
