"""What becomes of a task through the work on it. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, WRITE, Contract, Schema
from bus.fields import Int64, Nested
from contracts.tasks.rows import Task
from contracts.workshop.errors import NotFound, TaskInvalidTransition
from contracts.workshop.fields import Trimmed, text_or_null, word

#: What becomes of an intervention.
OCCASIONS = ("started", "advanced", "paused", "resumed", "cancelled", "finalized")


class TaskHold(Contract):
    """Read a live task by its id or number that stays as it is until the caller's transaction ends."""

    name, version = "task_hold", 1
    effect, access = WRITE, INTERNAL

    class Params(Schema):
        task_id = Trimmed(required=True)

    class Result(Schema):
        task = Nested(Task, required=True, allow_none=True)  # null: there is none


class TaskFollow(Contract):
    """Let a task follow its intervention: its status, and which intervention and step are its current ones."""

    name, version = "task_follow", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound, TaskInvalidTransition)

    class Params(Schema):
        task_id = Trimmed(required=True)
        occasion = word(OCCASIONS, required=True)  # what has become of the intervention
        intervention_id = Trimmed(required=True)
        step_id = text_or_null()  # the step it is at now; null: none
        reason = text_or_null()  # kept on record with the change of the status
        actual_duration = Int64(load_default=None, allow_none=True)  # minutes, of a finished one
