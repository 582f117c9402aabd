"""Which jobs share a transaction: on SQLite all short ones, on PostgreSQL those whose contract says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, func, insert, literal, select

from bus import LOCAL, WRITE, Contract, Plugin, QueuePolicy, Refusal, Schema, fields
from tests.workers.hand import Hand
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.context import Context

metadata = MetaData()
#: What each job wrote, and in which transaction (PostgreSQL).
mark = Table(
    "marks_mark",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("unit", BigInteger, nullable=False),
)


class Odd(Refusal):
    """The number is odd."""

    code = "odd"


class Shared(Contract):
    """Leave a mark; several may share a transaction."""

    name = "mark_shared"
    effect, access = WRITE, LOCAL
    errors = (Odd,)
    queue = QueuePolicy(group=True)

    class Params(Schema):
        n = fields.Int64(required=True)
        refuses = fields.Boolean(load_default=False)


class Single(Shared):
    """Leave a mark; a transaction to itself where the database does not mind."""

    name = "mark_single"
    queue = QueuePolicy()


marks = Plugin("marks", contracts=[Shared, Single])


def leave(ctx: Context, n: int, refuses: bool) -> dict[str, Any]:
    """Write the mark; then perhaps refuse, which takes it back."""
    unit = func.txid_current() if ctx.db.dialect == "postgresql" else literal(0)
    ctx.db.execute(insert(mark).values(n=n, unit=unit))
    if refuses:
        raise Odd
    return {}


marks.handles(Shared)(leave)
marks.handles(Single)(leave)


@pytest.fixture
def bus(database_url: str, open_bus: Callable[..., Bus]) -> Bus:
    bus = open_bus(database_url, plugins=[marks, workers])
    with bus.database.connect() as connection:
        metadata.create_all(connection)
    return bus


def run(bus: Bus, command: str, count: int) -> list[tuple[int, int]]:
    """Queue many jobs, each third of which refuses, run them, and answer the marks and their transactions."""
    jobs = [bus.submit(command, {"n": n, "refuses": n % 3 == 2}).job for n in range(count)]
    assert all(jobs)
    hand = Hand(bus)
    hand.work()
    hand.leave()
    with bus.database.connect() as connection:
        return [(row.n, row.unit) for row in connection.execute(select(mark).order_by(mark.c.n))]


@pytest.mark.parametrize("command", ["mark_shared", "mark_single"])
def test_a_refusal_in_a_group_loses_its_own_writes_alone(bus: Bus, command: str) -> None:
    """Whoever shares a transaction does not share its fate."""
    assert [n for n, _ in run(bus, command, 30)] == [n for n in range(30) if n % 3 != 2]
    states = {item["state"] for item in bus.call("job_list", {"limit": 100}).data["items"]}
    assert states == {"succeeded", "failed"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_jobs_share_a_transaction_when_their_contract_says_so(bus: Bus) -> None:
    """Fewer transactions than jobs; without the word, one each. SQLite's have no numbers."""
    units = {unit for _, unit in run(bus, "mark_shared", 60)}
    assert len(units) < 40
    with bus.database.connect() as connection:
        connection.execute(mark.delete())
    single = run(bus, "mark_single", 30)
    assert len({unit for _, unit in single}) == len(single)
