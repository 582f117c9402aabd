"""What a schedule asks about tasks whose day has passed. To callers outside this command does not exist."""

from bus.contract import INTERNAL, MANY, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Int64


class TaskMarkOverdue(Contract):
    """Make the tasks overdue that nobody has begun by the end of their day in UTC, and announce each."""

    name, version = "task_mark_overdue", 1
    effect, units, access = WRITE, MANY, INTERNAL
    time_limit_ms = 600_000
    queue = QueuePolicy(unique="task_mark_overdue")

    class Result(Schema):
        overdue_count = Int64(required=True)  # those that were not before
