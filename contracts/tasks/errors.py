"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from bus.errors import Refusal


class TaskDuplicateNumber(Refusal):
    """Another task has the number, perhaps a deleted one. Callers choose another one, or none."""

    code = "TASK_DUPLICATE_NUMBER"
    message = "the task number {task_number} is taken"


class TaskAssignmentConflict(Refusal):
    """Somebody else has the task. Callers take it from them first, by setting ``technician_id`` to null."""

    code = "TASK_ASSIGNMENT_CONFLICT"
    message = "the task is assigned to another technician"
