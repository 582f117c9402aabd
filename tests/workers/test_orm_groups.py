"""Queued handlers that use the ORM share a transaction with others, and each takes effect once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase

from bus import Contract, Plugin, Refusal
from bus.errors import DatabaseBusy
from bus.jobs.states import ENDED
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import Deed, No, create_tables, deed, deeds, done, metadata
from tests.fleet import SETTINGS
from tests.workers.hand import Hand
from workers import workers

if TYPE_CHECKING:
    import random

    from bus.application import Bus
    from bus.context import Context


class _Base(DeclarativeBase):
    metadata = metadata


class _Row(_Base):
    __table__ = deed


class _Orm(Deed):
    errors = (No,)


#: Command -> its contract and handler; command -> what remains of it, as (sign of the number, what).
_HANDLERS: dict[type[Contract], Callable[..., dict[str, Any]]] = {}
_LEAVES: dict[str, tuple[tuple[int, str], ...]] = {}
#: Numbers that ``orm_busy`` has seen.
_tried: set[int] = set()


def _command(*leaves: tuple[int, str]) -> Callable[[Callable[[Any, int], None]], None]:
    """Make a command of a function."""

    def register(act: Callable[[Any, int], None]) -> None:
        def handler(ctx: Context, n: int) -> dict[str, Any]:
            act(ctx, n)
            return {"n": n}

        _HANDLERS[type("Made", (_Orm,), {"name": act.__name__})] = handler
        _LEAVES[act.__name__] = leaves

    return register


def _add(ctx: Context, n: int, what: str = "done") -> None:
    ctx.session.add(_Row(n=n, what=what, pid=os.getpid()))


@_command((1, "done"))
def orm_plain(ctx: Context, n: int) -> None:
    _add(ctx, n)


@_command((1, "done"))
def orm_flaky(ctx: Context, n: int) -> None:
    _add(ctx, n)
    if n % 2:
        ctx.session.flush()
    if ctx.attempt == 1:
        raise RuntimeError("the first time")


@_command()
def orm_refusing(ctx: Context, n: int) -> None:
    _add(ctx, n)
    if n % 2:
        ctx.session.commit()
    raise No(n=n)


@_command((1, "done"), (-1, "done"), (1, "after"))
def orm_nesting(ctx: Context, n: int) -> None:
    _add(ctx, n)
    with pytest.raises(Refusal):
        ctx.call("orm_refusing", {"n": n})
    ctx.call("orm_plain", {"n": -n})
    _add(ctx, n, "after")


@_command((1, "done"))
def orm_returning(ctx: Context, n: int) -> None:
    _add(ctx, n, "undone")
    ctx.session.flush()
    ctx.session.rollback()
    _add(ctx, n)
    ctx.session.commit()


@_command((1, "done"))
def orm_stumbling(ctx: Context, n: int) -> None:
    with pytest.raises(DatabaseError):
        ctx.session.execute(text("INSERT INTO nowhere VALUES (1)"))
    ctx.session.rollback()
    _add(ctx, n)


@_command((1, "done"))
def orm_busy(ctx: Context, n: int) -> None:
    _add(ctx, n)
    ctx.session.flush()
    if n not in _tried:
        _tried.add(n)
        raise DatabaseBusy("the first time")


@_command()
def orm_committing(ctx: Context, n: int) -> None:
    _add(ctx, n)
    ctx.session.flush()
    ctx.session.connection().commit()


@pytest.fixture
def bus(open_bus: Callable[..., Bus], database_url: str) -> Bus:
    """A bus with these commands."""
    orm = Plugin("orm_deeds", contracts=list(_HANDLERS))
    for contract, handler in _HANDLERS.items():
        orm.handles(contract)(handler)
    settings = Settings(**SETTINGS | {"lease_ms": 30_000})
    bus = open_bus(database_url, plugins=[deeds, orm, workers], settings=settings)
    create_tables(bus.database)
    return bus


@pytest.fixture
def hand(bus: Bus) -> Iterator[Hand]:
    """A worker that takes many jobs into one transaction from the start."""
    hand = Hand(bus)
    for name in (*_LEAVES, "deed"):
        for _ in range(200):  # known to be quick
            hand.runner._costs.add(f"{name}@1", 0.000_01)
    yield hand
    hand.leave()


def _run(hand: Hand, jobs: int) -> None:
    """Work until so many jobs have ended."""

    def have_ended() -> bool:
        hand.work()
        found = [hand.bus.call("job_list", {"state": state}).data for state in sorted(ENDED)]
        return sum(page["total_count"] for page in found) == jobs

    wait_until(have_ended, 60, "the end of every job")


def test_each_takes_effect_once(bus: Bus, hand: Hand, rng: random.Random) -> None:
    names = [name for name in _LEAVES if name not in ("orm_committing", "orm_busy")]
    # One that finds the database busy sends its whole group back, and rests: few are enough.
    chosen = rng.choices(names, k=120) + ["orm_busy"] * 3
    rng.shuffle(chosen)
    for n, name in enumerate(chosen, 1):
        assert bus.submit(name, {"n": n}).ok
    _run(hand, len(chosen))
    told = Counter((sign * n, what) for n, name in enumerate(chosen, 1) for sign, what in _LEAVES[name])
    assert done(bus) == told


def test_a_commit_of_the_handlers_own_is_refused(bus: Bus, hand: Hand) -> None:
    """It would commit the others' effects without their ends, and they would run again."""
    for n in range(1, 20):
        assert bus.submit("orm_committing" if n == 10 else "deed", {"n": n}).ok
    _run(hand, 19)
    assert done(bus) == Counter((n, "done") for n in range(1, 20) if n != 10)
    (dead,) = bus.call("job_list", {"state": "dead"}).data["items"]
    assert dead["command"] == "orm_committing"
    assert bus.call("orm_committing", {"n": 99}).code == "HANDLER_ERROR"
    assert (99, "done") not in done(bus)
