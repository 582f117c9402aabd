"""The rows of the domain's answers."""

from bus.contract import Schema
from bus.fields import Boolean, EpochMillis, Id, Int64, List, Nested, Text, validate

EVENT_TYPES = ("meeting", "appointment", "task", "reminder", "other")
EVENT_STATUSES = ("confirmed", "tentative", "cancelled")
PARTICIPANT_STATUSES = ("accepted", "declined", "tentative", "needsaction")


class CalendarTask(Schema):
    """A task as a calendar shows it."""

    id = Id(required=True)
    task_number = Text(required=True)
    title = Text(required=True)
    status = Text(required=True)
    priority = Text(required=True)
    scheduled_date = Text(required=True)
    start_time = Text(required=True, allow_none=True)
    end_time = Text(required=True, allow_none=True)
    vehicle_plate = Text(required=True, allow_none=True)
    vehicle_model = Text(required=True, allow_none=True)
    technician_id = Text(required=True, allow_none=True)
    technician_name = Text(required=True, allow_none=True)  # the username
    client_id = Text(required=True, allow_none=True)
    client_name = Text(required=True, allow_none=True)
    estimated_duration = Int64(required=True, allow_none=True)  # minutes
    actual_duration = Int64(required=True, allow_none=True)  # minutes


class ShownParticipant(Schema):
    """Somebody who takes part in an event."""

    id = Text(required=True, allow_none=True)
    name = Text(required=True)
    email = Text(required=True, allow_none=True)
    status = Text(required=True, validate=validate.OneOf(PARTICIPANT_STATUSES))


class Event(Schema):
    """Something that takes a stretch of time. The texts of its start and end are as they were given."""

    id = Id(required=True)
    title = Text(required=True)
    description = Text(required=True, allow_none=True)
    start_datetime = Text(required=True)
    end_datetime = Text(required=True)
    all_day = Boolean(required=True)
    timezone = Text(required=True)  # of start and end where they have no offset
    event_type = Text(required=True, validate=validate.OneOf(EVENT_TYPES))
    category = Text(required=True, allow_none=True)
    task_id = Text(required=True, allow_none=True)
    client_id = Text(required=True, allow_none=True)
    technician_id = Text(required=True, allow_none=True)
    location = Text(required=True, allow_none=True)
    meeting_link = Text(required=True, allow_none=True)
    is_virtual = Boolean(required=True)
    participants = List(Nested(ShownParticipant), required=True)
    is_recurring = Boolean(required=True)  # always false
    recurrence_rule = Text(required=True, allow_none=True)  # always null
    parent_event_id = Text(required=True, allow_none=True)  # always null
    reminders = List(Int64(), required=True)  # minutes before the start
    status = Text(required=True, validate=validate.OneOf(EVENT_STATUSES))
    color = Text(required=True, allow_none=True)
    tags = List(Text(), required=True)
    notes = Text(required=True, allow_none=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)
    created_by = Text(required=True, allow_none=True)
    updated_by = Text(required=True, allow_none=True)
