"""Jobs, idempotency records and finished units."""

import sqlalchemy as sa
from alembic import op

revision = "bus_0001"
down_revision = None
branch_labels = ("bus",)
depends_on = None
fits_code_from = 1


def upgrade() -> None:
    """Create the core's tables."""
    _create_job()
    _create_idempotency()
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
    )
    running = sa.text("state = 'running'")
    fresh, again = (sa.text(f"state = 'queued' AND attempt {sign} 0") for sign in ("=", ">"))
    due = ["queue", "lane", "priority", "run_at", "id"]
    op.create_index("bus_job_fresh", "bus_job", due, sqlite_where=fresh, postgresql_where=fresh)
    op.create_index("bus_job_again", "bus_job", due, sqlite_where=again, postgresql_where=again)
    op.create_index("bus_job_held", "bus_job", ["lease_until"], sqlite_where=running, postgresql_where=running)
    op.create_index("bus_job_state", "bus_job", ["state", "id"])


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
