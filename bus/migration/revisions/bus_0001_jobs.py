"""Jobs, idempotency records, finished units, and what steers and schedules them."""

import sqlalchemy as sa
from alembic import op

revision = "bus_0001"
down_revision = None
branch_labels = ("bus",)
depends_on = None
fits_code_from = 1

#: Each job leaves some ten dead entries in the indexes that claims read from the beginning. PostgreSQL would clean up
#: when a fifth of the table is dead, which is late where millions of ended jobs are kept.
OFTEN_CLEANED = {
    "autovacuum_vacuum_scale_factor": 0.02,
    "autovacuum_vacuum_threshold": 5000,
    "autovacuum_analyze_scale_factor": 0.02,
}


def upgrade() -> None:
    """Create the core's tables."""
    _create_job()
    _create_job_indexes()
    _create_key_indexes()
    _create_idempotency()
    _create_control()
    _create_schedule()
    _create_flows()
    op.create_table(
        "bus_call",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("moments", sa.LargeBinary, nullable=False),
        sa.Column("forget_at", sa.BigInteger, nullable=False),
    )
    op.create_index("bus_call_age", "bus_call", ["forget_at"])
    op.create_table(
        "bus_unit",
        sa.Column("run", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )


def _create_job() -> None:
    op.create_table(
        "bus_job",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("queue", sa.Text, nullable=False),
        sa.Column("lane", sa.SmallInteger, nullable=False),
        sa.Column("contract", sa.Text, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("run_at", sa.BigInteger, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("alone", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("is_cancelled", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("finished_at", sa.BigInteger),
        sa.Column("result", sa.Text),
        sa.Column("key", sa.Text),
        sa.Column("key_limit", sa.Integer),
        sa.Column("rate_count", sa.Integer),
        sa.Column("rate_ms", sa.Integer),
        sa.Column("home_lane", sa.SmallInteger),
        sa.Column("unique_key", sa.Text),
        sa.Column("progress", sa.Text),
        sa.Column("flow", sa.String(36)),
        postgresql_with=OFTEN_CLEANED,
    )


def _create_job_indexes() -> None:
    running = sa.text("state = 'running'")
    fresh, again = (sa.text(f"state = 'queued' AND attempt {sign} 0") for sign in ("=", ">"))
    due = ["queue", "lane", "priority", "run_at", "id"]
    op.create_index("bus_job_fresh", "bus_job", due, sqlite_where=fresh, postgresql_where=fresh)
    op.create_index("bus_job_again", "bus_job", due, sqlite_where=again, postgresql_where=again)
    op.create_index("bus_job_held", "bus_job", ["lease_until"], sqlite_where=running, postgresql_where=running)
    op.create_index("bus_job_state", "bus_job", ["state", "id"])


def _create_key_indexes() -> None:
    ended = sa.text("finished_at IS NOT NULL")
    op.create_index("bus_job_ended", "bus_job", ["finished_at"], sqlite_where=ended, postgresql_where=ended)
    alive = "finished_at IS NULL"
    unique = sa.text(f"unique_key IS NOT NULL AND {alive}")
    op.create_index(
        "bus_job_unique", "bus_job", ["unique_key"], unique=True, sqlite_where=unique, postgresql_where=unique
    )
    for name, columns, which in (
        ("bus_job_keyed", ["key", "priority", "run_at", "id"], "lane = 4 AND state = 'queued'"),
        ("bus_job_admitted", ["key"], f"lane != 4 AND {alive}"),
    ):
        where = sa.text(f"key IS NOT NULL AND {which}")
        op.create_index(name, "bus_job", columns, sqlite_where=where, postgresql_where=where)


def _create_idempotency() -> None:
    op.create_table(
        "bus_idempotency",
        sa.Column("principal", sa.Text, primary_key=True),
        sa.Column("command", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("args_hash", sa.LargeBinary, nullable=False),
        sa.Column("job_id", sa.String(36)),
        sa.Column("envelope", sa.Text),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("lease_until", sa.BigInteger),
    )
    op.create_index("bus_idempotency_age", "bus_idempotency", ["created_at"])


def _create_control() -> None:
    op.create_table(
        "bus_key",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("used_until", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bus_pause",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "bus_attempt",
        sa.Column("job", sa.String(36), primary_key=True),
        sa.Column("fence", sa.Integer, primary_key=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("finished_at", sa.BigInteger, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
    )


def _create_flows() -> None:
    op.create_table(
        "bus_flow",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.Column("callbacks", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("finished_at", sa.BigInteger),
    )
    ended = sa.text("finished_at IS NOT NULL")
    op.create_index("bus_flow_ended", "bus_flow", ["finished_at"], sqlite_where=ended, postgresql_where=ended)
    op.create_table(
        "bus_step",
        sa.Column("flow", sa.String(36), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("undo", sa.Text),
        sa.Column("job", sa.String(36)),
        sa.Column("undo_job", sa.String(36)),
        sa.Column("result", sa.Text),
        sa.Column("code", sa.Text),
        sa.Column("message", sa.Text),
        sa.Column("ended_as", sa.Integer),
    )


def _create_schedule() -> None:
    op.create_table(
        "bus_schedule",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("cron", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("missed", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer),
        sa.Column("is_paused", sa.Boolean, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("last_at", sa.BigInteger),
        sa.Column("last_job", sa.String(36)),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
    )
