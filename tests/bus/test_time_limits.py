"""Time limits: at every use of the context, inside of SQL statements, and at the commit."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bus import MANY, READ, fields
from bus.opening import SQLITE_WRITE_LIMIT_S
from bus.testing import wait_until
from tests.bus.sample import TEXT, Sample, add, texts

#: A statement that takes a minute, on each database.
ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000000000) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}
ENDLESS_WRITE = {
    "sqlite": "INSERT INTO sample_row(text) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n "
    "WHERE i<1000000000) SELECT i FROM n",
    "postgresql": "INSERT INTO sample_row(text) SELECT pg_sleep(60)::text",
}


def past(ctx: Any) -> None:
    """Wait until the command is out of time; what its unit of work waited for a lock does not count."""
    deadline = ctx.transaction.kept.deadline if ctx.has_transaction else ctx.deadline
    wait_until(lambda: time.monotonic() > deadline, what="the deadline")


@pytest.mark.parametrize("effect", ["read", "write", "write_write"])
def test_a_statement_is_stopped_at_the_limit(sample: Sample, database_url: str, effect: str) -> None:
    """On the server, too, which then goes on with others; what was written before is gone."""

    @sample.command("read", effect=READ, time_limit_ms=300)
    def read(ctx):
        ctx.db.exec_driver_sql(ENDLESS[ctx.db.dialect])
        return {}

    @sample.command("write", time_limit_ms=300)
    def write(ctx):
        add(ctx.db, "x")
        ctx.db.exec_driver_sql(ENDLESS[ctx.db.dialect])
        return {}

    @sample.command("write_write", time_limit_ms=300)
    def write_write(ctx):
        add(ctx.db, "x")
        ctx.db.exec_driver_sql(ENDLESS_WRITE[ctx.db.dialect])
        return {}

    @sample.command("put", params=TEXT)
    def put(ctx, text):
        add(ctx.db, text)
        return {}

    bus = sample.open(database_url)
    began = time.monotonic()
    envelope = bus.call(effect)
    assert time.monotonic() - began < 10
    assert envelope.error == {
        "code": "TIMEOUT",
        "message": "the command ran past its time limit inside a statement; its unit of work was rolled back",
        "details": None,
    }
    assert bus.call("put", {"text": "next"}).ok
    assert texts(bus) == ["next"]


def test_each_command_has_its_own_limit(sample: Sample, postgresql_url: str) -> None:
    """A short one before does not shorten a longer one after it, nor the bus's own statements."""

    @sample.command("short", time_limit_ms=200)
    def short(ctx):
        ctx.db.exec_driver_sql("SELECT pg_sleep(60)")
        return {}

    @sample.command("longer", effect=READ, time_limit_ms=20_000)
    def longer(ctx):
        ctx.db.exec_driver_sql("SELECT pg_sleep(0.5)")
        return {}

    bus = sample.open(postgresql_url)
    for _ in range(2):
        assert bus.call("short").code == "TIMEOUT"
        assert bus.call("longer").ok


def test_telling_the_server_costs_no_round_trip(sample: Sample, postgresql_url: str) -> None:
    """Commands with one limit tell it once; another limit travels with BEGIN."""
    sample.command("ten", effect=READ, time_limit_ms=10_000)(lambda ctx: ctx.db.scalar(_one()) and {})
    sample.command("twenty", effect=READ, time_limit_ms=20_000)(lambda ctx: ctx.db.scalar(_one()) and {})
    bus = sample.open(postgresql_url)
    bus.call("ten")
    kept = bus.database.reader()
    sent: list[str] = []

    class Watched:
        """The driver's connection, and libpq's within it, with what goes through them written down."""

        def __init__(self, raw: Any) -> None:
            self._raw = raw

        def __getattr__(self, name: str) -> Any:
            found = getattr(self._raw, name)
            return Watched(found) if name == "pgconn" else found

        def execute(self, statement: str, *args: Any, **options: Any) -> Any:
            sent.append(statement)
            return self._raw.execute(statement, *args, **options)

        def exec_(self, statement: bytes) -> Any:
            sent.append(statement.decode())
            return self._raw.exec_(statement)

    kept.raw = Watched(kept.raw)
    for name in ("ten", "ten", "twenty", "ten"):
        assert bus.call(name).ok
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    assert sent == [
        begin,
        "COMMIT",
        begin,
        "COMMIT",
        f"SET statement_timeout=20000; {begin}",
        "COMMIT",
        f"SET statement_timeout=10000; {begin}",
        "COMMIT",
    ]


def _one() -> Any:
    from sqlalchemy import text

    return text("SELECT 1")


@pytest.mark.parametrize(
    "use",
    [
        lambda ctx: ctx.db.scalar(_one()),
        lambda ctx: ctx.db.exec_driver_sql("SELECT 1"),
        lambda ctx: ctx.call("nothing"),
        lambda ctx: ctx.session,
    ],
)
def test_every_use_of_the_context_looks_at_the_clock(sample: Sample, use: Any) -> None:
    """Also the first one, when no transaction has begun yet."""
    sample.command("nothing")(lambda ctx: {})

    @sample.command("late", time_limit_ms=50)
    def late(ctx):
        past(ctx)
        use(ctx)
        return {}

    assert sample.open().call("late").code == "TIMEOUT"


def test_swallowing_the_timeout_does_not_help(sample: Sample, database_url: str) -> None:
    """A handler that goes on after it is out of time cannot commit, whatever it does."""

    @sample.command("stubborn", time_limit_ms=50)
    def stubborn(ctx):
        add(ctx.db, "x")
        past(ctx)
        for _ in range(3):
            with pytest.raises(Exception, match="time limit"):
                add(ctx.db, "y")
        return {}

    bus = sample.open(database_url)
    assert bus.call("stubborn").code == "TIMEOUT"
    assert texts(bus) == []


def test_a_unit_that_is_over_time_does_not_commit(sample: Sample, database_url: str) -> None:
    """Even if it no longer asks anything of the context: others have waited for its locks long enough."""

    @sample.command("slow", time_limit_ms=50)
    def slow(ctx):
        add(ctx.db, "x")
        past(ctx)
        return {}

    bus = sample.open(database_url)
    assert bus.call("slow").code == "TIMEOUT"
    assert texts(bus) == []


def test_a_command_without_a_transaction_may_answer_late(sample: Sample) -> None:
    """Nobody waited for it but its caller, who wants the answer."""

    @sample.command("slow", effect=READ, time_limit_ms=50, result=TEXT)
    def slow(ctx):
        past(ctx)
        return {"text": "late"}

    assert sample.open().call("slow").data == {"text": "late"}


def test_the_limit_of_the_outermost_command_counts(sample: Sample) -> None:
    """A nested command gets what is left of it, in a unit and outside."""
    seen = []

    @sample.command("inner", effect=READ, time_limit_ms=90_000)
    def inner(ctx):
        seen.append(ctx.deadline)
        return {}

    @sample.command("one", time_limit_ms=1_000)
    def one(ctx):
        seen.append(ctx.deadline)
        return ctx.call("inner")

    @sample.command("many", units=MANY, time_limit_ms=1_000)
    def many(ctx):
        seen.append(ctx.deadline)
        return ctx.call("inner")

    bus = sample.open()
    assert bus.call("one").ok
    assert bus.call("many").ok
    assert seen[0] == seen[1]
    assert seen[2] == seen[3]


def test_many_is_stopped_at_its_checkpoints_and_units(sample: Sample) -> None:
    """What it had committed stays."""

    @sample.command("long", units=MANY, time_limit_ms=50, params={"how": fields.Text(required=True)})
    def long(ctx, how):
        ctx.unit("first", lambda db: add(db, how))
        past(ctx)
        if how == "checkpoint":
            ctx.checkpoint()
        ctx.unit("second", lambda db: add(db, "never"))
        return {}

    bus = sample.open()
    assert bus.call("long", {"how": "checkpoint"}).code == "TIMEOUT"
    assert bus.call("long", {"how": "unit"}).code == "TIMEOUT"
    assert texts(bus) == ["checkpoint", "unit"]


def test_sqlites_only_write_lock_is_held_two_seconds_at_most(sample: Sample, sqlite_url: str) -> None:
    """Whatever the contract says; reading and MANY keep their own limits."""
    for name, members in {"one": {}, "read": {"effect": READ}, "many": {"units": MANY}}.items():
        sample.command(name, time_limit_ms=60_000, **members)(lambda ctx: {})
    bus = sample.open(sqlite_url)
    limits = {name: bus.registry.find(name).limit_s for name in ("one", "read", "many")}
    assert limits == {"one": SQLITE_WRITE_LIMIT_S, "read": 60, "many": 60}
    assert bus.call("command_describe", {"command": "one"}).data["time_limit_ms"] == 2_000


def test_the_limits_of_postgresql_are_the_contracts(sample: Sample, postgresql_url: str) -> None:
    sample.command("one", time_limit_ms=60_000)(lambda ctx: {})
    bus = sample.open(postgresql_url)
    assert bus.registry.find("one").limit_s == 60
    with bus.database.writer().transaction() as kept:
        shown = [kept.raw.execute(f"SHOW {name}").fetchone()[0] for name in SERVER_LIMITS]
    assert shown == ["1min", "1min", "5s"]


SERVER_LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
