"""Questions before a task is given to somebody or moved: nothing is changed, and the answer holds for that moment."""

from bus.contract import AUTHENTICATED, READ, Contract, Schema
from bus.fields import Boolean, Id, List, Text, validate
from contracts.workshop.errors import NotFound
from contracts.workshop.fields import ClockTime, Day, Trimmed, text_or_null
from contracts.workshop.roles import STAFF

ASSIGNMENT_ANSWERS = ("available", "unavailable", "restricted", "assigned")
#: The last two are kept free.
AVAILABILITY_ANSWERS = ("available", "unavailable", "scheduled_conflict", "locked", "material_unavailable")


class CheckTaskAssignment(Contract):
    """Tell whether a user can take a task."""

    name, version = "check_task_assignment", 1
    effect, access = READ, STAFF
    errors = (NotFound,)

    class Params(Schema):
        task_id = Trimmed(required=True)
        user_id = Trimmed(required=True)

    class Result(Schema):
        task_id = Id(required=True)
        user_id = Text(required=True)
        status = Text(required=True, validate=validate.OneOf(ASSIGNMENT_ANSWERS))
        reason = Text(required=True, allow_none=True)  # null: available


class CheckTaskAvailability(Contract):
    """Tell whether a task can be begun, at the time and by the technician given, or else its own."""

    name, version = "check_task_availability", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    class Params(Schema):
        task_id = Trimmed(required=True)
        technician_id = text_or_null()
        scheduled_date = Day(load_default=None, allow_none=True)
        start_time = ClockTime(load_default=None, allow_none=True)
        end_time = ClockTime(load_default=None, allow_none=True)

    class Result(Schema):
        task_id = Id(required=True)
        status = Text(required=True, validate=validate.OneOf(AVAILABILITY_ANSWERS))
        reason = Text(required=True, allow_none=True)  # null: available


class ValidateTaskAssignmentChange(Contract):
    """Tell what speaks against giving a task to another user, and what should be thought of."""

    name, version = "validate_task_assignment_change", 1
    effect, access = READ, STAFF
    errors = (NotFound,)

    class Params(Schema):
        task_id = Trimmed(required=True)
        new_user_id = Trimmed(required=True)
        old_user_id = text_or_null()

    class Result(Schema):
        is_valid = Boolean(required=True)  # nothing speaks against it
        errors = List(Text(), required=True)
        warnings = List(Text(), required=True)
