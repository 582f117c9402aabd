"""Events: making, changing, deleting and listing them."""

from bus.contract import Schema
from bus.fields import Boolean, Id, Int64, List, Nested
from contracts.calendar.base import CalendarRead, CalendarWrite
from contracts.calendar.drafts import EventChange, EventDraft
from contracts.calendar.fields import DayOrMoment, id_of_row
from contracts.calendar.rows import Event
from contracts.workshop.errors import NotFound


class OneEvent(Schema):
    """Which event."""

    id = id_of_row(required=True)


class ListedEvents(Schema):
    """Events by start."""

    items = List(Nested(Event), required=True)
    total_count = Int64(required=True)


class CreateEvent(CalendarWrite):
    """Make an event."""

    name, version = "create_event", 1
    errors = (NotFound,)

    Params = EventDraft
    Result = Event


class GetEventById(CalendarRead):
    """Read an event."""

    name, version = "get_event_by_id", 1
    errors = (NotFound,)

    Params = OneEvent
    Result = Event


class UpdateEvent(CalendarWrite):
    """Change some of an event."""

    name, version = "update_event", 1
    errors = (NotFound,)

    class Params(EventChange):
        id = id_of_row(required=True)

    Result = Event


class DeleteEvent(CalendarWrite):
    """Delete an event."""

    name, version = "delete_event", 1
    errors = (NotFound,)

    Params = OneEvent

    class Result(Schema):
        id = Id(required=True)
        deleted = Boolean(required=True)


class GetEvents(CalendarRead):
    """Read the events that overlap a stretch of time."""

    name, version = "get_events", 1

    class Params(Schema):
        start_date = DayOrMoment(required=True)  # without an offset: UTC
        end_date = DayOrMoment(required=True)  # a date: the whole day is included
        technician_id = id_of_row(load_default=None, allow_none=True)

    Result = ListedEvents


class GetEventsForTechnician(CalendarRead):
    """Read all events of a technician."""

    name, version = "get_events_for_technician", 1

    class Params(Schema):
        technician_id = id_of_row(required=True)

    Result = ListedEvents


class GetEventsForTask(CalendarRead):
    """Read all events of a task."""

    name, version = "get_events_for_task", 1

    class Params(Schema):
        task_id = id_of_row(required=True)  # or its number

    Result = ListedEvents
