"""The plugin that is measured: a check without a database, one insert, one read, and a job that inserts a row.

Its tables have no migrations: ``opened`` makes them, so that a round begins in an empty database.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from benchmarks.moments import moment
from bus import (
    AT_LEAST_ONCE,
    LOCAL,
    READ,
    WRITE,
    Bus,
    Context,
    Contract,
    Envelope,
    Plugin,
    QueuePolicy,
    Rate,
    Schema,
    fields,
    loader,
)
from bus.settings import Settings
from bus.testing import wait_until

tables = sa.MetaData()
#: ``priority`` and ``title`` are what every contender writes.
notes = sa.Table(
    "bench_note",
    tables,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
)
#: What jobs leave behind: one row each, with its moment in epoch seconds.
marks = sa.Table(
    "bench_mark",
    tables,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
    sa.Column("job", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

STATUSES = ("open", "done", "archived")
#: Valid arguments of ``note_check``.
NOTE: dict[str, Any] = {
    "note_id": "6f1c1b8e-6f0b-4f7e-9b57-3d2f0a4c9d11",
    "title": "Buy milk, bread and two kilos of apples before the shop closes",
    "priority": 3,
    "status": "open",
    "tags": ["home", "shopping"],
}
#: Arguments of a job: 200 bytes of JSON.
PADDING = "x" * 188


class NoteCheck(Contract):
    """Answer the note that was sent: five ordinary fields and no database."""

    name, version = "note_check", 1
    effect, access = READ, LOCAL

    class Params(Schema):
        note_id = fields.Id(required=True)
        title = fields.String(required=True, validate=fields.validate.Length(1, 200))
        priority = fields.Int64(required=True, validate=fields.validate.Range(1, 5))
        status = fields.String(required=True, validate=fields.validate.OneOf(STATUSES))
        tags = fields.List(fields.String(), load_default=None, allow_none=True)

    class Result(Schema):
        note_id = fields.Id(required=True)
        title = fields.String(required=True)
        priority = fields.Int64(required=True)
        status = fields.String(required=True)
        tags = fields.List(fields.String(), required=True, allow_none=True)


class NoteAdd(Contract):
    """Insert one row by ``ctx.db``."""

    name, version = "note_add", 1
    effect, access = WRITE, LOCAL

    class Params(Schema):
        title = fields.String(required=True, validate=fields.validate.Length(1, 200))
        priority = fields.Int64(required=True, validate=fields.validate.Range(1, 5))

    class Result(Schema):
        priority = fields.Int64(required=True)


class NoteAddBySession(NoteAdd):
    """Insert one row by ``ctx.session``."""

    name = "note_add_by_session"


class NoteFind(Contract):
    """Read one row by its primary key."""

    name, version = "note_find", 1
    effect, access = READ, LOCAL

    class Params(Schema):
        note_id = fields.Int64(required=True)

    class Result(Schema):
        note_id = fields.Int64(required=True)
        title = fields.String(required=True)
        priority = fields.Int64(required=True)


class MarkAdd(Contract):
    """The job: insert one row by ``ctx.db``, with 200 bytes of arguments."""

    name, version = "mark_add", 1
    effect, access = WRITE, LOCAL
    queue = QueuePolicy(group=True)

    class Params(Schema):
        padding = fields.String(required=True)

    class Result(Schema):
        at = fields.Number(required=True)


class MarkAddBySession(MarkAdd):
    """The job, by ``ctx.session``."""

    name = "mark_add_by_session"


class MarkAddNumbered(MarkAdd):
    """The job, with two more arguments."""

    name = "mark_add_numbered"

    class Params(Schema):
        padding = fields.String(required=True)
        account = fields.Int64(required=True)
        number = fields.Int64(required=True)


class MarkAddKeyed(MarkAddNumbered):
    """The same, two at a time of its account, no second one beside an equal one, at most so many a second."""

    name = "mark_add_keyed"
    queue = QueuePolicy(
        group=True, key="account:{account}", limit=2, rate=Rate(100_000, per_ms=1_000), unique="mark:{number}"
    )


class NothingCarried(Contract):
    """The job: no effect, with 200 bytes of arguments, carried whole where the broker does that."""

    name, version = "nothing_carried", 1
    effect, access = WRITE, LOCAL
    delivery = AT_LEAST_ONCE

    class Params(Schema):
        padding = fields.String(required=True)


class MomentCarried(NothingCarried):
    """The job: write the moment at which it runs to the file that ``BENCH_MOMENTS`` names, epoch seconds."""

    name = "moment_carried"


class MarkSubmit(Contract):
    """Queue ``mark_add`` many times in one unit of work."""

    name, version = "mark_submit", 1
    effect, access = WRITE, LOCAL

    class Params(Schema):
        count = fields.Int64(required=True)


MARKING = (MarkAdd, MarkAddBySession, MarkAddNumbered, MarkAddKeyed, MarkSubmit)
CONTRACTS = (NoteCheck, NoteAdd, NoteAddBySession, NoteFind, *MARKING, NothingCarried, MomentCarried)
bench = Plugin("bench", contracts=CONTRACTS)

#: Nobody asks for the new row's id, so nobody pays for it (PostgreSQL would send it back).
add_note = notes.insert().inline()
_add_mark = marks.insert().inline()
_find_note = sa.select(notes.c.title, notes.c.priority).where(notes.c.id == sa.bindparam("note_id"))


def check(note_id: str, title: str, priority: int, status: str, tags: list[str] | None) -> dict[str, Any]:
    """The handler of ``note_check`` as a plain function."""
    return {"note_id": note_id, "title": title, "priority": priority, "status": status, "tags": tags}


@bench.handles(NoteCheck)
def note_check(
    ctx: Context, note_id: str, title: str, priority: int, status: str, tags: list[str] | None
) -> dict[str, Any]:
    """Answer the arguments."""
    return check(note_id, title, priority, status, tags)


@bench.handles(NoteAdd)
def note_add(ctx: Context, title: str, priority: int) -> dict[str, Any]:
    """One Core insert."""
    ctx.db.execute(add_note, {"title": title, "priority": priority})
    return {"priority": priority}


@bench.handles(NoteAddBySession)
def note_add_by_session(ctx: Context, title: str, priority: int) -> dict[str, Any]:
    """One ORM insert."""
    from benchmarks.mapped import Note  # most processes here never load the ORM

    ctx.session.add(Note(title=title, priority=priority))
    return {"priority": priority}


@bench.handles(NoteFind)
def note_find(ctx: Context, note_id: int) -> dict[str, Any]:
    """One Core select."""
    row = ctx.db.execute(_find_note, {"note_id": note_id}).one()
    return {"note_id": note_id, "title": row.title, "priority": row.priority}


@bench.handles(MarkAdd)
def mark_add(ctx: Context, padding: str) -> dict[str, Any]:
    """One Core insert."""
    at = time.time()
    ctx.db.execute(_add_mark, {"job": ctx.job_id, "at": at})
    return {"at": at}


@bench.handles(MarkAddNumbered)
def mark_add_numbered(ctx: Context, padding: str, account: int, number: int) -> dict[str, Any]:
    """The same insert."""
    return mark_add(ctx, padding)


@bench.handles(MarkAddKeyed)
def mark_add_keyed(ctx: Context, padding: str, account: int, number: int) -> dict[str, Any]:
    """The same insert."""
    return mark_add(ctx, padding)


@bench.handles(MarkAddBySession)
def mark_add_by_session(ctx: Context, padding: str) -> dict[str, Any]:
    """One ORM insert."""
    from benchmarks.mapped import Mark  # most processes here never load the ORM

    at = time.time()
    ctx.session.add(Mark(job=ctx.job_id, at=at))
    return {"at": at}


@bench.handles(NothingCarried)
def nothing_carried(ctx: Context, padding: str) -> dict[str, Any]:
    """What it says."""
    return {}


@bench.handles(MomentCarried)
def moment_carried(ctx: Context, padding: str) -> dict[str, Any]:
    """As the peer's actor does it."""
    moment(padding)
    return {}


@bench.handles(MarkSubmit)
def mark_submit(ctx: Context, count: int) -> dict[str, Any]:
    """All jobs commit together."""
    for _ in range(count):
        ctx.submit("mark_add", {"padding": PADDING})
    return {}


@contextmanager
def opened(url: str, further: Iterable[Plugin] = (), settings: Settings | None = None) -> Iterator[Bus]:
    """A bus with the installed plugins and this one, all tables made."""
    prepare(url)
    with Bus.open(url, settings=settings, plugins=[*installed(), bench, *further]) as bus:
        yield bus


def accepted(envelope: Envelope) -> Envelope:
    """The envelope, which is ``ok``: a refusal would be measured as a fast answer.

    Raises:
        RuntimeError: it is not.
    """
    if not envelope.ok:
        raise RuntimeError(f"a command of the benchmarks failed: {envelope}")
    return envelope


def installed() -> list[Plugin]:
    """The plugins of an ordinary installation."""
    return loader.discover(deny=["bench"]).plugins


def prepare(url: str) -> None:
    """Make every table that the installed plugins and this one need, so that no start is slowed by an upgrade."""
    from bus.builtins import builtins
    from bus.database import Database
    from bus.migration import ensure

    database = Database(url)
    try:
        ensure(database, [builtins(), *installed(), bench], automatic=True)
        with database.connect() as connection:
            tables.create_all(connection)
    finally:
        database.close()


def marked(bus: Bus) -> int:
    """How many jobs have ended: each leaves one row, in the transaction that stores its result."""
    # Rows are never deleted and SQLite numbers them without gaps, so there it is a count that looks at one row.
    what = "max(id)" if bus.database.kind == "sqlite" else "count(*)"
    with bus.database.reader().transaction(write=False) as kept:
        return kept.raw.execute(f"SELECT {what} FROM bench_mark").fetchone()[0] or 0


def wait_for_marks(bus: Bus, count: int) -> None:
    """Wait until ``count`` jobs have ended."""
    wait_until(lambda: marked(bus) >= count, timeout_s=300, what=f"{count} jobs")


def check_ledger(bus: Bus, count: int) -> None:
    """Exactly once: as many succeeded jobs as rows, each row of another job.

    Raises:
        RuntimeError: a job was lost or ran twice.
    """
    with bus.database.reader().transaction(write=False) as kept:
        rows, jobs = kept.raw.execute("SELECT count(*), count(DISTINCT job) FROM bench_mark").fetchone()
    succeeded = bus.call("job_list", {"state": "succeeded", "limit": 1}).data
    if succeeded is None or not rows == jobs == succeeded["total_count"] == count:
        raise RuntimeError(f"{count} jobs were queued, but: {rows} rows, {jobs} jobs in them, {succeeded}")
