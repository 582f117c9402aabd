"""What people were told, and what they want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0001"
down_revision = None
branch_labels = ("notifications",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_EVENT = "event IN ('task.overdue', 'intervention.finalized', 'material.low_stock', 'quote.accepted')"


def upgrade() -> None:
    """Create the tables of the domain."""
    _create_inbox()
    _create_preferences()


def _create_inbox() -> None:
    op.create_table(
        "notifications_inbox",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("user_id", KEY_TEXT, nullable=False),
        sa.Column("occasion", KEY_TEXT, nullable=False),
        sa.Column("event", KEY_TEXT, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("read_at", sa.BigInteger),
        sa.CheckConstraint(IS_EVENT, name="notifications_inbox_event"),
    )
    op.create_index("notifications_inbox_id", "notifications_inbox", ["id"], unique=True)
    op.create_index("notifications_inbox_occasion", "notifications_inbox", ["occasion", "user_id"], unique=True)
    op.create_index("notifications_inbox_of_user", "notifications_inbox", ["user_id", "seq"])
    _index_some("notifications_inbox_unread", ["user_id", "seq", "read_at"], "read_at IS NULL")
    _index_some("notifications_inbox_read", ["read_at"], "read_at IS NOT NULL")


def _create_preferences() -> None:
    op.create_table(
        "notifications_preferences",
        sa.Column("seq", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("user_id", KEY_TEXT, nullable=False),
        sa.Column("unwanted", sa.Text, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_index("notifications_preferences_id", "notifications_preferences", ["id"], unique=True)
    op.create_index("notifications_preferences_of_user", "notifications_preferences", ["user_id"], unique=True)


def _index_some(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "notifications_inbox", columns, sqlite_where=where, postgresql_where=where)
