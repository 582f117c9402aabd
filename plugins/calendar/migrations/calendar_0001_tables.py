"""Events."""

import sqlalchemy as sa
from alembic import op

revision = "calendar_0001"
down_revision = None
branch_labels = ("calendar",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_TYPE = "event_type IN ('meeting', 'appointment', 'task', 'reminder', 'other')"
IS_SCHEDULED = "event_type = 'task' AND scheduled_by_bus AND deleted_at IS NULL"
IS_LONG = "end_utc - start_utc > 604800000"


def upgrade() -> None:
    """Create the table of the domain."""
    _create_events()
    op.create_index("calendar_events_id", "calendar_events", ["id"], unique=True)
    op.create_index("calendar_events_in_time", "calendar_events", ["start_utc", "end_utc"])
    op.create_index("calendar_events_of_technician", "calendar_events", ["technician_id", "start_utc"])
    op.create_index("calendar_events_of_task", "calendar_events", ["task_id"])
    _index_some("calendar_events_scheduled", "task_id", IS_SCHEDULED, unique=True)
    _index_some("calendar_events_long", "end_utc", IS_LONG, unique=False)


def _create_events() -> None:
    op.create_table(
        "calendar_events",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("start_datetime", sa.Text, nullable=False),
        sa.Column("end_datetime", sa.Text, nullable=False),
        sa.Column("start_utc", sa.BigInteger, nullable=False),
        sa.Column("end_utc", sa.BigInteger, nullable=False),
        sa.Column("all_day", sa.Boolean, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("event_type", KEY_TEXT, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("task_id", KEY_TEXT),
        sa.Column("client_id", KEY_TEXT),
        sa.Column("technician_id", KEY_TEXT),
        sa.Column("location", sa.Text),
        sa.Column("meeting_link", sa.Text),
        sa.Column("is_virtual", sa.Boolean, nullable=False),
        sa.Column("participants", sa.Text, nullable=False),
        sa.Column("is_recurring", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("recurrence_rule", sa.Text),
        sa.Column("parent_event_id", KEY_TEXT),
        sa.Column("reminders", sa.Text, nullable=False),
        sa.Column("status", KEY_TEXT, nullable=False),
        sa.Column("color", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("notes", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT),
        sa.Column("updated_by", KEY_TEXT),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("deleted_by", KEY_TEXT),
        sa.Column("scheduled_by_bus", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.CheckConstraint("start_utc < end_utc", name="calendar_events_times"),
        sa.CheckConstraint(IS_TYPE, name="calendar_events_type"),
        sa.CheckConstraint("status IN ('confirmed', 'tentative', 'cancelled')", name="calendar_events_status"),
    )


def _index_some(name: str, column: str, condition: str, *, unique: bool) -> None:
    where = sa.text(condition)
    op.create_index(name, "calendar_events", [column], unique=unique, sqlite_where=where, postgresql_where=where)
