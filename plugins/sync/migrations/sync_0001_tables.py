"""The queue and its settings."""

import sqlalchemy as sa
from alembic import op

revision = "sync_0001"
down_revision = None
branch_labels = ("sync",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables of the domain."""
    _create_queue()
    _create_indexes()
    op.create_table(
        "sync_settings",
        sa.Column("key", KEY_TEXT, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _create_queue() -> None:
    op.create_table(
        "sync_queue",
        sa.Column("id", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("operation_type", KEY_TEXT, nullable=False),
        sa.Column("entity_type", KEY_TEXT, nullable=False),
        sa.Column("entity_id", KEY_TEXT, nullable=False),
        sa.Column("timestamp_utc", sa.BigInteger, nullable=False),
        sa.Column("retry_count", sa.Integer, nullable=False, server_default="0"),
        sa.Column("max_retries", sa.Integer, nullable=False, server_default="3"),
        sa.Column("status", KEY_TEXT, nullable=False, server_default="pending"),
        sa.Column("next_retry_at", sa.BigInteger),
        sa.Column("claimed_at", sa.BigInteger),
        sa.Column("user_id", KEY_TEXT, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("dependencies", sa.Text, nullable=False, server_default="[]"),
        sa.Column("data", sa.Text, nullable=False, server_default="{}"),
        sa.CheckConstraint("operation_type IN ('create', 'update', 'delete')", name="sync_queue_operation_type"),
        sa.CheckConstraint(
            "entity_type IN ('task', 'client', 'intervention', 'step', 'photo', 'user')", name="sync_queue_entity_type"
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'processing', 'completed', 'failed', 'abandoned')", name="sync_queue_status"
        ),
        sqlite_autoincrement=True,
    )


def _create_indexes() -> None:
    op.create_index("sync_queue_in_turn", "sync_queue", ["status", "timestamp_utc", "id"])
    op.create_index("sync_queue_of_entity", "sync_queue", ["entity_type", "entity_id", "id"])
    partial = {
        "sync_queue_unfinished": (["entity_id", "entity_type", "id"], "status <> 'completed'"),
        "sync_queue_old": (["updated_at"], "status = 'completed'"),
    }
    for name, (columns, condition) in partial.items():
        where = sa.text(condition)
        op.create_index(name, "sync_queue", columns, sqlite_where=where, postgresql_where=where)
