"""What other domains ask of the calendar. To callers outside this command does not exist."""

from bus.contract import INTERNAL, WRITE, Contract, Schema
from bus.fields import Id
from contracts.workshop.fields import ClockTime, Day, Trimmed


class EventPlaceTask(Contract):
    """Put a task's event at a time, and make one if there is none; the caller holds the task."""

    name, version = "event_place_task", 1
    effect, access = WRITE, INTERNAL

    class Params(Schema):
        task_id = Id(required=True)
        title = Trimmed(required=True)
        technician_id = Trimmed(load_default=None, allow_none=True)
        date = Day(required=True)
        start = ClockTime(load_default=None, allow_none=True)  # null: the whole day
        end = ClockTime(load_default=None, allow_none=True)  # null: to the end of the day

    class Result(Schema):
        event_id = Id(required=True)
