"""A plugin whose commands travel whole: each leaves a trace of every deed, as those of tests/deeds.py do."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus import AT_LEAST_ONCE, AUTHENTICATED, LOCAL, WRITE, Contract, Plugin, QueuePolicy, Refusal, Schema, fields
from tests.deeds import add, done

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.context import Context


#: Signs the letters of tests.
KEY = "a key for nothing but these tests"
#: What their workers load.
PLUGINS = ("tests.deeds:deeds", "tests.workers.letters.carried:carried", "workers:workers")


class Nay(Refusal):
    """The domain says no."""

    code = "nay"
    message = "no"


class Carried(Contract):
    """Leave a deed."""

    name = "carried"
    effect, access = WRITE, LOCAL
    delivery = AT_LEAST_ONCE
    queue = QueuePolicy(attempts=8, min_backoff_ms=20, max_backoff_ms=200)

    class Params(Schema):
        n = fields.Integer(required=True)


class CarriedNap(Carried):
    """Sleep before it."""

    name = "carried_nap"

    class Params(Carried.Params):
        ms = fields.Integer(required=True)


class CarriedNothing(Carried):
    """Do nothing at all."""

    name = "carried_nothing"


class CarriedLong(Carried):
    """Leave a deed; it may take very long."""

    name = "carried_long"
    time_limit_ms = 3_600_000


class CarriedFailing(Carried):
    """Leave a deed and fail."""

    name = "carried_failing"
    queue = QueuePolicy(attempts=2, min_backoff_ms=20, max_backoff_ms=50)


class CarriedOnce(CarriedFailing):
    """The same, with one attempt."""

    name = "carried_once"
    queue = QueuePolicy(attempts=1)


class CarriedRefused(Carried):
    """Refuse."""

    name = "carried_refused"
    errors = (Nay,)


class CarriedPoison(Carried):
    """Die, with the process."""

    name = "carried_poison"
    queue = QueuePolicy(attempts=2)


class CarriedByMembers(Carried):
    """For those with a session."""

    name = "carried_by_members"
    access = AUTHENTICATED


carried = Plugin(
    "carried",
    contracts=[
        Carried,
        CarriedNap,
        CarriedNothing,
        CarriedLong,
        CarriedFailing,
        CarriedOnce,
        CarriedRefused,
        CarriedPoison,
        CarriedByMembers,
    ],
)


@carried.handles(Carried)
@carried.handles(CarriedLong)
@carried.handles(CarriedByMembers)
def deed(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n, "deed")
    return {}


@carried.handles(CarriedNap)
def nap(ctx: Context, n: int, ms: int) -> dict[str, Any]:
    time.sleep(ms / 1000)
    return deed(ctx, n)


@carried.handles(CarriedNothing)
def nothing(ctx: Context, n: int) -> dict[str, Any]:
    return {}


@carried.handles(CarriedFailing)
@carried.handles(CarriedOnce)
def failing(ctx: Context, n: int) -> dict[str, Any]:
    raise RuntimeError("as ordered")


@carried.handles(CarriedRefused)
def refused(ctx: Context, n: int) -> dict[str, Any]:
    raise Nay


@carried.handles(CarriedPoison)
def poison(ctx: Context, n: int) -> dict[str, Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def publish(bus: Bus, command: str, numbers: Iterable[int], **args: Any) -> list[str]:
    """Publish together; answers the ids."""
    answers = bus.submit_many(command, [{"n": n, **args} for n in numbers])
    assert all(answer.ok and answer.job["state"] == "queued" for answer in answers), answers
    return [answer.job["id"] for answer in answers]


def states(bus: Bus) -> Counter[str]:
    """The jobs in the table."""
    with bus.database.connect() as connection:
        return Counter(connection.exec_driver_sql("SELECT state FROM bus_job").scalars().all())


def times(bus: Bus) -> dict[int, int]:
    """How often each number was done."""
    return {n: count for (n, _), count in done(bus).items()}
