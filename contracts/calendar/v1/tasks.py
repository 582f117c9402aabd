"""Tasks in the calendar: what is on, what would be in the way, and moving one."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from datetime import date
from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import Schema
from bus.fields import Boolean, Flag, Int64, List, Nested, Text, validate
from contracts.calendar.base import CalendarRead, CalendarWrite
from contracts.calendar.fields import id_of_row
from contracts.calendar.rows import CalendarTask
from contracts.tasks.words import STATUSES
from contracts.workshop.errors import NotFound, TaskNotSchedulable
from contracts.workshop.fields import ClockTime, Day, word

#: Days from the first to the last of a range.
MAX_DAYS = 400


class DateRange(Schema):
    """Some days; both are included."""

    start_date = Day(required=True)
    end_date = Day(required=True)

    @validates_schema
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what no single field shows.

        Raises:
            ValidationError: the days are in the wrong order, or too many.
        """
        days = (date.fromisoformat(data["end_date"]) - date.fromisoformat(data["start_date"])).days
        if days < 0:
            raise ValidationError({"end_date": ["must not be before start_date"]})
        if days > MAX_DAYS:
            raise ValidationError({"end_date": [f"must be at most {MAX_DAYS} days after start_date"]})


class NewTime(Schema):
    """A task and the time it is to be done at."""

    task_id = id_of_row(required=True)  # or its number
    new_date = Day(required=True)
    new_start = ClockTime(load_default=None, allow_none=True)
    new_end = ClockTime(load_default=None, allow_none=True)

    @validates_schema
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what no single field shows.

        Raises:
            ValidationError: there is an end without a start, or not after it.
        """
        start, end = data["new_start"], data["new_end"]
        if end is not None and start is None:
            raise ValidationError({"new_start": ["required where new_end is given"]})
        if end is not None and end <= start:
            raise ValidationError({"new_end": ["must be later than new_start"]})


class Conflicts(Schema):
    """What stands in the way."""

    has_conflict = Boolean(required=True)
    conflict_type = Text(required=True, allow_none=True, validate=validate.OneOf(("time_overlap", None)))
    conflicting_tasks = List(Nested(CalendarTask), required=True)
    message = Text(required=True, allow_none=True)


class CalendarGetTasks(CalendarRead):
    """Read the tasks of some days, by time, whoever has them."""

    name, version = "calendar_get_tasks", 1

    class Params(Schema):
        date_range = Nested(DateRange, required=True)
        technician_ids = List(
            id_of_row(), load_default=None, allow_none=True, validate=validate.Length(max=100)
        )  # none: of everybody
        statuses = List(
            word(STATUSES), load_default=None, allow_none=True, validate=validate.Length(max=20)
        )  # none: of every status

    class Result(Schema):
        items = List(Nested(CalendarTask), required=True)
        total_count = Int64(required=True)


class CalendarCheckConflicts(CalendarRead):
    """Tell which tasks of its technician would stand in a task's way at another time."""

    name, version = "calendar_check_conflicts", 1
    errors = (NotFound,)

    Params = NewTime
    Result = Conflicts


class CalendarScheduleTask(CalendarWrite):
    """Move a task and its event to another time, unless other tasks stand in the way."""

    name, version = "calendar_schedule_task", 1
    errors = (NotFound, TaskNotSchedulable)

    class Params(NewTime):
        force = Flag(load_default=None, allow_none=True)  # whatever is in the way

    class Result(Conflicts):
        scheduled = Boolean(required=True)  # whether it was moved
