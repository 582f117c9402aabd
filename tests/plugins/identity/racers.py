"""Callers who begin at the same moment: threads on one bus, or processes with a bus, a clock and the keys of the test.

Not here: races of other domains, whose callers need no keys (tests/plugins/racing.py).
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from tests.plugins.identity.caller import World
from tests.plugins.racing import WAIT_S, Answer, Call, race_in_threads

#: All processes on one database have the same.
KEYS = "several processes share one key of enough bytes"
THREADS, PROCESSES = 16, 4

#: Everybody's answers to one call each.
Race = Callable[[World, Sequence[Call]], list[Answer]]

_start: Any = None


def in_threads(world: World, calls: Sequence[Call]) -> list[Answer]:
    """Race with a thread for each call."""
    return [answer for (answer,) in race_in_threads(world.bus, [[call] for call in calls])]


class Processes:
    """Four processes that live on from race to race."""

    def __init__(self) -> None:
        forking = multiprocessing.get_context("forkserver")
        forking.set_forkserver_preload(["bus.application", "bus.migration", "psycopg", "plugins.identity.login"])
        self._pool = ProcessPoolExecutor(
            PROCESSES, mp_context=forking, initializer=_prepare, initargs=(forking.Barrier(PROCESSES), KEYS)
        )

    def race(self, world: World, calls: Sequence[Call]) -> list[Answer]:
        """Race with a process for each call; the barrier lets none take two of them."""
        url = world.bus.database.url.render_as_string(hide_password=False)
        racing = [self._pool.submit(_run, url, world.clock.now_ms(), call) for call in calls]
        return [future.result() for future in racing]

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()


def _prepare(barrier: Any, keys: str) -> None:
    global _start  # noqa: PLW0603  # a barrier reaches a process only when it starts
    _start = barrier
    os.environ["BUS_IDENTITY_KEYS"] = keys


def _run(url: str, now_ms: int, call: Call) -> Answer:
    from bus.application import Bus
    from bus.testing import FakeClock
    from plugins.identity import identity

    identity.load()
    with Bus.open(url, plugins=[identity], clock=FakeClock(now_ms)) as bus:
        bus.call("system_health")
        _start.wait(WAIT_S)
        return bus.call(*call).to_dict()
