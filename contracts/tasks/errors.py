"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from collections.abc import Sequence

from bus.errors import Refusal


class NotFound(Refusal):
    """No live task has this id or number. Callers drop their copy and list again."""

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


class TaskDuplicateNumber(Refusal):
    """Another task has the number, perhaps a deleted one. Callers choose another one, or none."""

    code = "TASK_DUPLICATE_NUMBER"
    message = "the task number {task_number} is taken"


class TaskNotSchedulable(Refusal):
    """A closed task gets no new date. Callers read it again."""

    code = "TASK_NOT_SCHEDULABLE"
    message = "a task that is {status} cannot be scheduled"


class TaskAssignmentConflict(Refusal):
    """Somebody else has the task. Callers take it from them first, by setting ``technician_id`` to null."""

    code = "TASK_ASSIGNMENT_CONFLICT"
    message = "the task is assigned to another technician"
