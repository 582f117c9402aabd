"""The bus's own tables: jobs, idempotency records, finished units.

Times are epoch milliseconds. States are text, so that an operator can read them.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    and_,
    text,
)

metadata = MetaData()

#: One row a queued command, from publishing to long after its end.
job = Table(
    "bus_job",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("queue", Text, nullable=False),
    # Which turns claim it (bus/jobs/states.py). A hint: what the command is decides how it runs.
    Column("lane", SmallInteger, nullable=False),
    # "name@version", as the publisher meant it.
    Column("contract", Text, nullable=False),
    Column("args", Text, nullable=False),
    Column("principal", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Lower runs first.
    Column("priority", Integer, nullable=False),
    Column("run_at", BigInteger, nullable=False),
    # Runs begun; a crash counts.
    Column("attempt", Integer, nullable=False),
    # Runs begun with no other job in the transaction: the ones that count for burial.
    Column("alone", Integer, nullable=False),
    # Raised by each claim; whoever holds an older one has lost the job.
    Column("fence", Integer, nullable=False),
    Column("owner", Text),
    Column("lease_until", BigInteger),
    Column("is_cancelled", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("finished_at", BigInteger),
    # The envelope of the last attempt, as JSON.
    Column("result", Text),
)
# Two indexes that share the waiting jobs between them: those tried before are looked for alone, and would otherwise be
# looked for among all the others.
for _name, _which in (("bus_job_fresh", job.c.attempt == 0), ("bus_job_again", job.c.attempt > 0)):
    _where = and_(job.c.state == "queued", _which)
    _due = (job.c.queue, job.c.lane, job.c.priority, job.c.run_at, job.c.id)
    Index(_name, *_due, sqlite_where=_where, postgresql_where=_where)
Index(
    "bus_job_held", job.c.lease_until, sqlite_where=job.c.state == "running", postgresql_where=job.c.state == "running"
)
Index("bus_job_state", job.c.state, job.c.id)

#: The first answer to a (principal, command, key).
idempotency = Table(
    "bus_idempotency",
    metadata,
    Column("principal", Text, primary_key=True),
    Column("command", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    # SHA-256 of the canonical arguments.
    Column("args_hash", LargeBinary, nullable=False),
    # Set when the call was queued.
    Column("job_id", String(36)),
    # Null while a MANY command is still running.
    Column("envelope", Text),
    # Raised by each run of a MANY command.
    Column("fence", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # Until when an unfinished run is taken to be alive.
    Column("lease_until", BigInteger),
)
Index("bus_idempotency_age", idempotency.c.created_at)

#: The result of each finished unit of a MANY command that may run again.
unit = Table(
    "bus_unit",
    metadata,
    # Job id, or the idempotency record's name.
    Column("run", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("result", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
