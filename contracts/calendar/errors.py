"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from bus.errors import Refusal


class NotFound(Refusal):
    """Nothing has this id, or it is gone; ``details.entity`` says what was looked for. Callers list again."""

    code = "NOT_FOUND"
    message = "no {entity} has the id {id}"

    def __init__(self, entity: str, id: str) -> None:
        super().__init__(entity=entity, id=id)


class TaskNotSchedulable(Refusal):
    """A closed task gets no new date. Callers read it again."""

    code = "TASK_NOT_SCHEDULABLE"
    message = "a task that is {status} cannot be scheduled"
