"""The refusals that several domains of the workshop share. Callers branch on the code; the message may change."""

from collections.abc import Sequence

from bus.errors import Refusal


class NotFound(Refusal):
    """Nothing has this id, or it is gone; ``details.entity`` says what was looked for. Callers list again."""

    code = "NOT_FOUND"
    message = "no {entity} has the id {id}"

    def __init__(self, entity: str, id: str) -> None:
        super().__init__(entity=entity, id=id)


class TaskInvalidTransition(Refusal):
    """The task's status may not change that way. Callers offer those of ``details.allowed``."""

    code = "TASK_INVALID_TRANSITION"
    message = "a task that is {from} cannot become {to}"

    def __init__(self, old: str, new: str, allowed: Sequence[str]) -> None:
        super().__init__(**{"from": old, "to": new, "allowed": list(allowed)})


class TaskNotSchedulable(Refusal):
    """A closed task gets no new date. Callers read it again."""

    code = "TASK_NOT_SCHEDULABLE"
    message = "a task that is {status} cannot be scheduled"


class InterventionAlreadyActive(Refusal):
    """The task is being worked on: its intervention has not ended. Callers go on with it, finish it or cancel it."""

    code = "INTERVENTION_ALREADY_ACTIVE"
    message = "the task has the active intervention {intervention_id}"


class InterventionInvalidState(Refusal):
    """An intervention, or its step, is in a state that does not allow this. Callers read it again."""

    code = "INTERVENTION_INVALID_STATE"
    message = "the {entity} is {status}, which does not allow this"

    def __init__(self, entity: str, status: str) -> None:
        super().__init__(entity=entity, status=status)


class InterventionStepNotFound(Refusal):
    """The intervention has no such step. Callers read its steps again."""

    code = "INTERVENTION_STEP_NOT_FOUND"
    message = "the intervention has no step {step_id}"
