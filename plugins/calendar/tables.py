"""The table of the domain. Moments are epoch milliseconds; deleted events stay.

Who locks what: on SQLite one command writes at a time. On PostgreSQL whoever changes an event holds its row first;
the event of a task is placed only by those who hold the task.

Not here: its history (migrations/), how rows look in answers (rows.py).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    false,
    text,
)

from bus.columns import KEY_TEXT, ROW_ID, JsonText, one_of
from contracts.calendar.rows import EVENT_STATUSES, EVENT_TYPES

#: Events that take longer are few, and found by their end: nobody looks further back than this for the others.
WEEK_MS = 604_800_000


metadata = MetaData()

events = Table(
    "calendar_events",
    metadata,
    # In the order in which they were made.
    Column("seq", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("start_datetime", Text, nullable=False),
    Column("end_datetime", Text, nullable=False),
    Column("start_utc", BigInteger, nullable=False),
    Column("end_utc", BigInteger, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("event_type", KEY_TEXT, nullable=False),
    Column("category", Text),
    Column("task_id", KEY_TEXT),
    Column("client_id", KEY_TEXT),
    Column("technician_id", KEY_TEXT),
    Column("location", Text),
    Column("meeting_link", Text),
    Column("is_virtual", Boolean, nullable=False),
    Column("participants", JsonText, nullable=False),
    # Kept free for events that are repeated; nothing writes them.
    Column("is_recurring", Boolean, nullable=False, server_default=false()),
    Column("recurrence_rule", Text),
    Column("parent_event_id", KEY_TEXT),
    Column("reminders", JsonText, nullable=False),
    Column("status", KEY_TEXT, nullable=False),
    Column("color", Text),
    Column("tags", JsonText, nullable=False),
    Column("notes", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT),
    Column("updated_by", KEY_TEXT),
    Column("deleted_at", BigInteger),
    Column("deleted_by", KEY_TEXT),
    # Whether it was made when its task was scheduled.
    Column("scheduled_by_bus", Boolean, nullable=False, server_default=false()),
    CheckConstraint("start_utc < end_utc", name="calendar_events_times"),
    CheckConstraint(one_of("event_type", EVENT_TYPES), name="calendar_events_type"),
    CheckConstraint(one_of("status", EVENT_STATUSES), name="calendar_events_status"),
    Index("calendar_events_id", "id", unique=True),
    Index("calendar_events_in_time", "start_utc", "end_utc"),
    Index("calendar_events_of_technician", "technician_id", "start_utc"),
    Index("calendar_events_of_task", "task_id"),
)

#: As the index over them is described: databases recognise it only by the same words.
IS_LONG = text(f"end_utc - start_utc > {WEEK_MS}")
_IS_SCHEDULED = "event_type = 'task' AND scheduled_by_bus AND deleted_at IS NULL"


def all_tables() -> MetaData:
    """The table as migrations make it, with the indexes over some of its rows.

    Describing those imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if "calendar_events_scheduled" not in {index.name for index in events.indexes}:
        is_scheduled = text(_IS_SCHEDULED)
        Index(
            "calendar_events_scheduled",
            events.c.task_id,
            unique=True,
            sqlite_where=is_scheduled,
            postgresql_where=is_scheduled,
        )
        Index("calendar_events_long", events.c.end_utc, sqlite_where=IS_LONG, postgresql_where=IS_LONG)
    return metadata
