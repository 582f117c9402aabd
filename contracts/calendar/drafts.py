"""What callers say of an event: when they make one, and when they change one.

Whether start and end fit together is decided on the whole event (plugins/calendar/instants.py).
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from typing import Any

from bus.contract import Schema
from bus.fields import Flag, Int64, List, Nested, validate
from contracts.calendar.fields import Color, DayOrMoment, Link, Zone, id_of_row
from contracts.calendar.rows import EVENT_STATUSES, EVENT_TYPES, PARTICIPANT_STATUSES
from contracts.workshop.fields import Trimmed


class Participant(Schema):
    """Somebody who takes part."""

    id = id_of_row(load_default=None, allow_none=True)
    name = Trimmed(most=200, required=True)
    email = Trimmed(most=254, load_default=None, allow_none=True)
    status = Trimmed(
        load_default=None, allow_none=True, validate=validate.OneOf((*PARTICIPANT_STATUSES, None))
    )  # needsaction


def _participants(**options: Any) -> List:
    return List(Nested(Participant), validate=_at_most(100), **options)


def _reminders(**options: Any) -> List:
    return List(Int64(validate=validate.Range(0, 40_320)), validate=_at_most(10), **options)


def _tags(**options: Any) -> List:
    return List(Trimmed(most=50), validate=_at_most(20), **options)


def _at_most(count: int) -> validate.Length:
    return validate.Length(max=count)


class _Nullable(Schema):
    """What an event may be without."""

    description = Trimmed(most=5000, allow_none=True)
    notes = Trimmed(most=10_000, allow_none=True)
    category = Trimmed(most=100, allow_none=True)
    location = Trimmed(most=500, allow_none=True)
    meeting_link = Link(most=2000, allow_none=True)
    task_id = id_of_row(allow_none=True)
    client_id = id_of_row(allow_none=True)
    technician_id = id_of_row(allow_none=True)
    color = Color(allow_none=True)


class EventDraft(_Nullable):
    """A new event; null means the same as absent."""

    title = Trimmed(most=200, required=True)
    start_datetime = DayOrMoment(required=True)
    end_datetime = DayOrMoment(required=True)
    all_day = Flag(allow_none=True)
    timezone = Zone(allow_none=True)
    event_type = Trimmed(allow_none=True, validate=validate.OneOf((*EVENT_TYPES, None)))
    is_virtual = Flag(allow_none=True)
    participants = _participants(allow_none=True)
    reminders = _reminders(allow_none=True)
    tags = _tags(allow_none=True)


class EventChange(_Nullable):
    """Some of an event; what is absent stays, null clears."""

    title = Trimmed(most=200)
    start_datetime = DayOrMoment()
    end_datetime = DayOrMoment()
    all_day = Flag()
    timezone = Zone()
    event_type = Trimmed(validate=validate.OneOf(EVENT_TYPES))
    is_virtual = Flag()
    participants = _participants()
    reminders = _reminders()
    tags = _tags()
    status = Trimmed(validate=validate.OneOf(EVENT_STATUSES))
