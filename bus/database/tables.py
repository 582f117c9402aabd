"""The bus's own tables: jobs, schedules, idempotency records, finished units.

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

from bus.jobs.states import KEY_LANE

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
    # Jobs of one key run one after the other, or so many at a time; null: no such limit.
    Column("key", Text),
    Column("key_limit", Integer),
    # At most so many of a key may begin in so many milliseconds.
    Column("rate_count", Integer),
    Column("rate_ms", Integer),
    # Where a job goes when its key lets it.
    Column("home_lane", SmallInteger),
    # Two jobs of one unique key are never waiting or running at once.
    Column("unique_key", Text),
    # What a long job has told about itself, as JSON.
    Column("progress", Text),
    # The flow that goes on when the job ends.
    Column("flow", String(36)),
    # Where claims read an index from its beginning, PostgreSQL has to clean up often, however many rows there are.
    postgresql_with={
        "autovacuum_vacuum_scale_factor": 0.02,
        "autovacuum_vacuum_threshold": 5_000,
        "autovacuum_analyze_scale_factor": 0.02,
    },
)
# Two indexes that share the waiting jobs between them: those tried before are looked for alone, and would otherwise be
# looked for among all the others.
for _name, _which in (("bus_job_fresh", job.c.attempt == 0), ("bus_job_again", job.c.attempt > 0)):
    _where = and_(job.c.state == "queued", _which)
    _due = (job.c.queue, job.c.lane, job.c.priority, job.c.run_at, job.c.id)
    Index(_name, *_due, sqlite_where=_where, postgresql_where=_where)
_ended, _is_alive = job.c.finished_at.is_not(None), job.c.finished_at.is_(None)  # IS_ALIVE in bus/jobs/states.py
_is_unique = and_(job.c.unique_key.is_not(None), _is_alive)
Index(
    "bus_job_held", job.c.lease_until, sqlite_where=job.c.state == "running", postgresql_where=job.c.state == "running"
)
Index("bus_job_state", job.c.state, job.c.id)
Index("bus_job_ended", job.c.finished_at, sqlite_where=_ended, postgresql_where=_ended)
Index("bus_job_unique", job.c.unique_key, unique=True, sqlite_where=_is_unique, postgresql_where=_is_unique)
# Those that wait for their key, and those that have its leave. The key comes first in the condition: SQLite prepares a
# statement anew at each execution when it had to compare a parameter (``lane=?``) to tell whether an index is usable.
for _name, _columns, _which in (
    (
        "bus_job_keyed",
        (job.c.key, job.c.priority, job.c.run_at, job.c.id),
        and_(job.c.lane == KEY_LANE, job.c.state == "queued"),
    ),
    ("bus_job_admitted", (job.c.key,), and_(job.c.lane != KEY_LANE, _is_alive)),
):
    _where = and_(job.c.key.is_not(None), _which)
    Index(_name, *_columns, sqlite_where=_where, postgresql_where=_where)

#: One row a key that has limited anything, locked while it lets jobs go.
key = Table(
    "bus_key",
    metadata,
    Column("name", Text, primary_key=True),
    # Epoch microseconds at which the rate of this key is used up to (the theoretical arrival time of GCRA).
    Column("used_until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

#: What operators hold back: a queue, a command, or a command with one value of an argument.
pause = Table(
    "bus_pause",
    metadata,
    # "queue" or "command".
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    # The argument's path, dotted, and its value as JSON; both empty: whatever the arguments.
    Column("path", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("principal", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

#: A graph of commands on its way.
flow = Table(
    "bus_flow",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    # How it will end once what it did is undone: "failed" or "cancelled"; null: nothing went wrong so far.
    Column("outcome", Text),
    Column("principal", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    # Commands to queue at the end, by event, as JSON.
    Column("callbacks", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
)
_flow_ended = flow.c.finished_at.is_not(None)
Index("bus_flow_ended", flow.c.finished_at, sqlite_where=_flow_ended, postgresql_where=_flow_ended)

#: One command of a flow.
step = Table(
    "bus_step",
    metadata,
    Column("flow", String(36), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("command", Text, nullable=False),
    # JSON, with references to results of other steps.
    Column("args", Text, nullable=False),
    # Names of the steps before it, as JSON.
    Column("after", Text, nullable=False),
    # Command and arguments that undo it, as JSON; null: nothing does.
    Column("undo", Text),
    Column("job", String(36)),
    Column("undo_job", String(36)),
    # The data of its answer, as JSON, once it has succeeded.
    Column("result", Text),
    Column("code", Text),
    Column("message", Text),
    # Counts the steps of a flow that have ended; undoing goes backwards.
    Column("ended_as", Integer),
)

#: One row a command that is queued again and again.
schedule = Table(
    "bus_schedule",
    metadata,
    Column("name", Text, primary_key=True),
    # "operator", or "plugin:NAME" of the plugin that declares it.
    Column("origin", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("version", Integer, nullable=False),
    # JSON.
    Column("args", Text, nullable=False),
    Column("cron", Text, nullable=False),
    # IANA name of the time zone in which the expression is read.
    Column("zone", Text, nullable=False),
    # What becomes of ticks that nobody was there to fire: "skip", "once" or "all".
    Column("missed", Text, nullable=False),
    # Of its jobs; null: as the contract says.
    Column("priority", Integer),
    Column("is_paused", Boolean, nullable=False),
    # The first tick that nobody has seen to. Whoever moves it on inserts the jobs, in the same transaction.
    Column("next_at", BigInteger, nullable=False),
    # The last tick that was fired, and its job.
    Column("last_at", BigInteger),
    Column("last_job", String(36)),
    Column("principal", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # Rises with each change of an operator or a plugin.
    Column("changed_at", BigInteger, nullable=False),
)

#: Attempts that ended otherwise than well.
attempt = Table(
    "bus_attempt",
    metadata,
    Column("job", String(36), primary_key=True),
    Column("fence", Integer, primary_key=True),
    Column("attempt", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
)

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

#: When commands were called whose contracts limit how often, by limit and caller.
call = Table(
    "bus_call",
    metadata,
    Column("key", Text, primary_key=True),
    # Epoch milliseconds, 8 bytes each, little-endian; the oldest first.
    Column("moments", LargeBinary, nullable=False),
    # From when on the row says nothing any more.
    Column("forget_at", BigInteger, nullable=False),
)
Index("bus_call_age", call.c.forget_at)

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
