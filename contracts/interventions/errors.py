"""The refusals of this domain alone. Callers branch on the code; the message is for people and may change."""

from typing import Any

from bus.errors import Refusal


class InterventionStepOutOfOrder(Refusal):
    """The step before is not completed. Callers complete that one first."""

    code = "INTERVENTION_STEP_OUT_OF_ORDER"
    message = "step {step_number} comes after step {previous_step_number}, which is {previous_status}"


class InterventionValidationFailed(Refusal):
    """Photos are missing or too many, or steps are not completed. Callers bring what ``details`` names."""

    code = "INTERVENTION_VALIDATION_FAILED"
    message = "{why}"
    shown = ("photo_count", "min_photos_required", "max_photos_allowed", "incomplete_steps")

    def __init__(self, why: str, **details: Any) -> None:
        super().__init__(why=why, **details)
