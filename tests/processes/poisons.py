"""A plugin whose commands ruin the process that runs them, each in a way of its own, or get into each other's way.

Those that have a transaction write a deed first, which must never be seen.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import time
from typing import TYPE_CHECKING, Any

import psutil
from sqlalchemy import text

from bus import MANY, Plugin
from bus.contract import QueuePolicy
from tests.deeds import Deed, add

if TYPE_CHECKING:
    from bus.context import Context

#: Bytes of a step of whoever eats memory.
STEP = 16 << 20
#: Bytes that a process may take beyond what it has, where it sets itself a limit.
ALLOWANCE = 256 << 20


class Segfault(Deed):
    """Read where nothing is."""

    name = "segfault"
    queue = QueuePolicy(attempts=2, min_backoff_ms=20)


class Leaving(Segfault):
    """Leave the process at once, as if all were well."""

    name = "leaving"


class Growing(Segfault):
    """Take memory until somebody kills the process for it."""

    name = "growing"
    units = MANY
    time_limit_ms = 60_000


class Greedy(Segfault):
    """Ask for more memory than there is."""

    name = "greedy"


class Limited(Growing):
    """Ask for more memory than the process may have."""

    name = "limited"


class Holding(Segfault):
    """Hold the interpreter's lock and never let go."""

    name = "holding"
    time_limit_ms = 300


class Hanging(Segfault):
    """Never come back."""

    name = "hanging"
    units = MANY
    time_limit_ms = 300


class Crossing(Deed):
    """Take two locks of PostgreSQL's, even numbers in one order and odd ones in the other."""

    name = "crossing"


poisons = Plugin("poisons", contracts=[Segfault, Leaving, Growing, Greedy, Limited, Holding, Hanging, Crossing])


@poisons.handles(Segfault)
def segfault(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    ctypes.string_at(0)
    return {"n": n}


@poisons.handles(Leaving)
def leaving(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    os._exit(0)


@poisons.handles(Growing)
def growing(ctx: Context, n: int) -> dict[str, Any]:
    while True:
        with contextlib.suppress(MemoryError):  # of a limit that a neighbour has set the process for a while
            _eat()


@poisons.handles(Greedy)
def greedy(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    bytearray(1 << 62)
    return {"n": n}


@poisons.handles(Limited)
def limited(ctx: Context, n: int) -> dict[str, Any]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + ALLOWANCE, before[1]))
    try:
        _eat()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    return {"n": n}


def _eat() -> None:
    """Take memory and write to all of it; pauses when it has taken more than anybody should let pass."""
    eaten: list[bytearray] = []
    while True:
        eaten.append(bytearray(b"x" * STEP))
        if len(eaten) * STEP > 4 * ALLOWANCE:
            time.sleep(0.1)


@poisons.handles(Holding)
def holding(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    ctypes.PyDLL(None).sleep(3_600)  # unlike CDLL, it keeps the lock
    return {"n": n}


@poisons.handles(Hanging)
def hanging(ctx: Context, n: int) -> dict[str, Any]:
    while True:
        time.sleep(1)


@poisons.handles(Crossing)
def crossing(ctx: Context, n: int) -> dict[str, Any]:
    add(ctx.db, n)
    for lock in (1, 2) if n % 2 else (2, 1):
        ctx.db.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})
        time.sleep(0.02)
    return {"n": n}
