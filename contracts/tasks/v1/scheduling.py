"""When tasks are done: what a calendar asks, and how it moves them. Callers outside use the calendar's own commands."""

from bus.contract import INTERNAL, READ, WRITE, Contract, Schema
from bus.fields import Boolean, Flag, List, Nested, validate
from contracts.tasks.rows import ScheduledTask
from contracts.tasks.words import STATUSES
from contracts.workshop.errors import NotFound, TaskNotSchedulable
from contracts.workshop.fields import ClockTime, Day, Trimmed


class NewTime(Schema):
    """A task and the time it is to be done at."""

    task_id = Trimmed(required=True)
    new_date = Day(required=True)
    new_start = ClockTime(load_default=None, allow_none=True)
    new_end = ClockTime(load_default=None, allow_none=True)


class TaskListScheduled(Contract):
    """Read all tasks of some days, by time; both days are included."""

    name, version = "task_list_scheduled", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        start_date = Day(required=True)
        end_date = Day(required=True)
        technician_ids = List(Trimmed(), load_default=list)  # none: of everybody
        statuses = List(Trimmed(validate=validate.OneOf(STATUSES)), load_default=list)  # none: of every status

    class Result(Schema):
        items = List(Nested(ScheduledTask), required=True)


class TaskFindConflicts(Contract):
    """Read the tasks that would stand in a task's way at another time."""

    name, version = "task_find_conflicts", 1
    effect, access = READ, INTERNAL
    errors = (NotFound,)

    Params = NewTime

    class Result(Schema):
        items = List(Nested(ScheduledTask), required=True)


class TaskReschedule(Contract):
    """Give a task another time unless others stand in its way; nobody books the technician's day in between."""

    name, version = "task_reschedule", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound, TaskNotSchedulable)

    class Params(NewTime):
        force = Flag(load_default=False)  # whatever stands in the way

    class Result(Schema):
        is_written = Boolean(required=True)
        task = Nested(ScheduledTask, required=True)
        conflicts = List(Nested(ScheduledTask), required=True)
