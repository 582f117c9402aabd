"""A plugin whose commands leave a trace of every deed, for tests with worker processes.

Each command writes one row for what it does, so that a test can count: once, twice, never.

Not here: plugins that a test puts together itself (tests/bus/sample.py); they cannot reach another process.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, select

from bus import AUTHENTICATED, LOCAL, MANY, READ, WRITE, Contract, Plugin, Principal, Refusal, Schema, fields
from bus.contract import QueuePolicy, Rate
from bus.errors import DatabaseBusy

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.context import Context
    from bus.database import Database, Db

metadata = MetaData()
#: One row for each thing that was done.
deed = Table(
    "deeds_deed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("n", BigInteger, nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("pid", Integer, nullable=False),
)
#: What was ordered: the publisher's own writes, committed with the job.
order = Table(
    "deeds_order",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("command", Text, nullable=False),
    Column("job_id", Text, nullable=False),
)
#: Who may not act any more.
banned = Table("deeds_banned", metadata, Column("id", Text, primary_key=True))
#: Numbers for which ``busy`` finds the database busy.
spell = Table("deeds_spell", metadata, Column("n", BigInteger, primary_key=True, autoincrement=False))

INSERT_DEED, INSERT_ORDER = deed.insert(), order.insert()

#: Tried again quickly, and never buried by a drill's kills.
EAGER = QueuePolicy(attempts=8, min_backoff_ms=20, max_backoff_ms=200)


class No(Refusal):
    """The domain says no."""

    code = "no"
    message = "no to {n}"


class Numbered(Schema):
    """The one argument of most commands, and what they answer."""

    n = fields.Int64(required=True)


class Deed(Contract):
    """Write one row."""

    name, version = "deed", 1
    effect, access = WRITE, LOCAL
    queue = EAGER

    class Params(Numbered):
        pass

    class Result(Numbered):
        pass


class Nap(Deed):
    """Write a row, and sleep in the middle of the unit of work."""

    name = "nap"

    class Params(Numbered):
        ms = fields.Int64(load_default=5)


class Refusing(Deed):
    """Write a row and refuse."""

    name = "refusing"
    errors = (No,)


class Flaky(Deed):
    """Write a row and fail, the first time."""

    name = "flaky"


class Failing(Deed):
    """Write a row and fail, each time."""

    name = "failing"
    queue = QueuePolicy(attempts=3, min_backoff_ms=300)


class Poison(Deed):
    """Kill the process."""

    name = "poison"
    queue = QueuePolicy(attempts=3, min_backoff_ms=20)


class Steps(Deed):
    """Three units with a pause between them."""

    name = "steps"
    units = MANY

    class Params(Numbered):
        ms = fields.Int64(load_default=5)


class AsyncSteps(Steps):
    """The same, as a coroutine."""

    name = "async_steps"


class Parent(Deed):
    """Write a row and queue a ``deed`` with the number's negative."""

    name = "parent"


class Order(Contract):
    """Write down an order and queue a command for it, in one unit; then refuse, if asked to."""

    name, version = "order", 1
    effect, access = WRITE, LOCAL
    errors = (No,)

    class Params(Numbered):
        command = fields.Text(required=True)
        args = fields.Object(load_default=dict)
        refuses = fields.Boolean(load_default=False)

    class Result(Schema):
        job_id = fields.Text(required=True)


class Count(Contract):
    """How many rows there are for a number."""

    name, version = "count", 1
    effect, access = READ, LOCAL
    queue = EAGER

    class Params(Numbered):
        pass

    class Result(Schema):
        count = fields.Int64(required=True)


class Spinning(Deed):
    """Never come back, unless killed; write nothing."""

    name = "spinning"
    units = MANY
    time_limit_ms = 300
    queue = QueuePolicy(attempts=1)


class Busy(Deed):
    """Write a row; find the database busy as long as the number is under a spell."""

    name = "busy"
    queue = QueuePolicy(attempts=1)


class Members(Deed):
    """Write a row; for members only."""

    name = "members"
    access = AUTHENTICATED


class Hushed(Deed):
    """A secret."""

    name = "hushed"
    secret = True


class Elsewhere(Deed):
    """``deed`` in another queue."""

    name = "elsewhere"
    queue = QueuePolicy(name="elsewhere", attempts=8, min_backoff_ms=20)


class Grouped(Deed):
    """``deed``, sharing its transaction with others wherever it runs."""

    name = "grouped"
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, group=True)


class Keyed(Deed):
    """Begin, sleep, end; one at a time of a key."""

    name = "keyed"
    units = MANY
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, max_backoff_ms=200, key="deeds:{key}")

    class Params(Numbered):
        key = fields.Text(required=True)
        ms = fields.Int64(load_default=5)


class KeyedUnit(Deed):
    """Write one row; one at a time of a key, in one unit."""

    name = "keyed_unit"
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, max_backoff_ms=200, key="units:{key}")

    class Params(Numbered):
        key = fields.Text(required=True)


class KeyedFlaky(KeyedUnit):
    """``keyed_unit``, failing the first time."""

    name = "keyed_flaky"
    queue = QueuePolicy(attempts=8, min_backoff_ms=100, max_backoff_ms=200, key="flaky:{key}")


class KeyedPair(Keyed):
    """``keyed``, two at a time."""

    name = "keyed_pair"
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, key="pairs:{key}", limit=2)


class Rated(Keyed):
    """Five at once, then five a second."""

    name = "rated"
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, key="rate:{key}", limit=None, rate=Rate(5, per_ms=1_000))


class Single(Deed):
    """Write a row; no second one beside it."""

    name = "single"
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, unique="single:{n}")


class Telling(Steps):
    """Tell how far it is, step by step."""

    name = "telling"


class Old(Contract):
    """Write a row; version 1 called the number something else."""

    name, version = "changed", 1
    effect, access = WRITE, LOCAL

    class Params(Schema):
        number = fields.Int64(required=True)

    class Result(Schema):
        number = fields.Int64(required=True)

    @staticmethod
    def upcast(args: dict[str, Any]) -> dict[str, Any]:
        """Version 1 -> 2."""
        return {"n": args["number"]}

    @staticmethod
    def downcast(data: dict[str, Any]) -> dict[str, Any]:
        """Version 2 -> 1."""
        return {"number": data["n"]}


class New(Deed):
    """Write a row."""

    name, version = "changed", 2


def add(db: Db, n: int, what: str = "done") -> None:
    """Write a row."""
    db.execute(INSERT_DEED, {"n": n, "what": what, "pid": os.getpid()})


CONTRACTS = (
    *(Deed, Nap, Refusing, Flaky, Failing, Poison, Steps, AsyncSteps, Parent, Order, Count, Spinning, Busy),
    *(Members, Hushed, Elsewhere, Grouped, Keyed, KeyedUnit, KeyedFlaky, KeyedPair, Rated, Single, Telling, Old, New),
)
deeds = Plugin("deeds", contracts=CONTRACTS)
#: The release before: it knows version 1 of ``changed``, and nothing else.
deeds_before = Plugin("deeds", contracts=[Old])


@deeds.handles(Deed)
def _deed(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds.handles(Nap)
def _nap(ctx: Context, n: int, ms: int) -> dict[str, Any]:
    add(ctx.db, n)
    time.sleep(ms / 1000)
    return {"n": n}


@deeds.handles(Refusing)
def _refusing(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    raise No(n=n)


@deeds.handles(Flaky)
def _flaky(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    if ctx.attempt == 1:
        raise RuntimeError("the first time")
    return {"n": n}


@deeds.handles(Failing)
def _failing(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    raise RuntimeError("each time")


@deeds.handles(Poison)
def _poison(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    os.kill(os.getpid(), signal.SIGKILL)
    return {"n": n}


def _step(n: int, number: int) -> Any:
    return lambda db: add(db, n, f"step {number}")


@deeds.handles(Steps)
def _steps(ctx: Context, n: int, ms: int) -> dict[str, Any]:
    for number in range(3):
        ctx.checkpoint()
        ctx.unit(f"{number}", _step(n, number))
        time.sleep(ms / 1000)
    return {"n": n}


@deeds.handles(AsyncSteps)
async def _async_steps(ctx: Context, n: int, ms: int) -> dict[str, Any]:
    for number in range(3):
        ctx.unit(f"{number}", _step(n, number))
        await asyncio.sleep(ms / 1000)
    return {"n": n}


@deeds.handles(Parent)
def _parent(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    ctx.submit("deed", {"n": -n})
    return {"n": n}


@deeds.handles(Order)
def _order(ctx: Context, n: int, command: str, args: dict[str, Any], refuses: bool) -> dict[str, Any]:
    job_id = ctx.submit(command, args or {"n": n})
    ctx.db.execute(INSERT_ORDER, {"n": n, "command": command, "job_id": job_id})
    if refuses:
        raise No(n=n)
    return {"job_id": job_id}


@deeds.handles(Count)
def _count(ctx: Context, n: int) -> dict[str, Any]:
    return {"count": len(ctx.db.execute(select(deed.c.id).where(deed.c.n == n)).all())}


@deeds.handles(Spinning)
def _spinning(ctx: Context, n: int) -> dict[str, Any]:
    while True:
        time.sleep(0.01)


@deeds.handles(Busy)
def _busy(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    if is_spellbound(ctx.db, n):
        raise DatabaseBusy("a spell")
    return {"n": n}


@deeds.handles(Members)
def _members(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds.handles(Hushed)
def _hushed(ctx: Context, n: int) -> dict[str, Any]:
    return {"n": n}


@deeds.handles(Elsewhere)
def _elsewhere(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds.handles(Grouped)
def _grouped(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds.handles(Keyed)
@deeds.handles(KeyedPair)
@deeds.handles(Rated)
def _keyed(ctx: Context, n: int, key: str, ms: int) -> dict[str, Any]:
    ctx.unit("begin", lambda db: add(db, n, "begin"))
    time.sleep(ms / 1000)
    ctx.unit("end", lambda db: add(db, n, "end"))
    return {"n": n}


@deeds.handles(KeyedUnit)
def _keyed_unit(ctx: Context, n: int, key: str) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds.handles(KeyedFlaky)
def _keyed_flaky(ctx: Context, n: int, key: str) -> dict[str, Any]:
    add(ctx.db, n)
    if ctx.attempt == 1:
        raise RuntimeError("the first time")
    return {"n": n}


@deeds.handles(Single)
def _single(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds.handles(Telling)
def _telling(ctx: Context, n: int, ms: int) -> dict[str, Any]:
    for number in range(4):
        ctx.progress(number, 3, f"step {number}")
        time.sleep(ms / 1000)
    ctx.unit("0", _step(n, 0))
    return {"n": n}


@deeds.handles(New)
def _changed(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    return {"n": n}


@deeds_before.handles(Old)
def _changed_before(ctx: Context, number: int) -> dict[str, Any]:
    add(ctx.db, number, "before")
    return {"number": number}


@deeds.hook
def bus_authenticate(token: str, database: Database) -> Principal | None:
    """Whoever says ``member-NAME`` is NAME."""
    return Principal(token) if token.startswith("member-") else None


@deeds.hook
def bus_principal(principal_id: str, database: Database) -> Principal | None:
    """Everybody who is not banned may go on."""
    with database.reader().transaction(write=False) as kept:
        query = database.sql("SELECT 1 FROM deeds_banned WHERE id=?")
        return None if kept.raw.execute(query, (principal_id,)).fetchone() else Principal(principal_id)


def is_spellbound(db: Db, n: int) -> bool:
    """Whether a number is under a spell."""
    return db.scalar(select(spell.c.n).where(spell.c.n == n)) is not None


def create_tables(database: Database) -> None:
    """Make the plugin's tables; they have no migrations."""
    with database.connect() as connection:
        metadata.create_all(connection)


def done(bus: Bus) -> Counter[tuple[int, str]]:
    """How often each thing was done."""
    with bus.database.reader().transaction(write=False) as kept:
        return Counter((n, what) for n, what in kept.db.execute(select(deed.c.n, deed.c.what)))


def order_of(bus: Bus) -> list[tuple[int, str]]:
    """Everything that was done, in the order in which it was written."""
    with bus.database.reader().transaction(write=False) as kept:
        return [(n, what) for n, what in kept.db.execute(select(deed.c.n, deed.c.what).order_by(deed.c.id))]
