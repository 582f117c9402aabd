"""Processes that each open a bus of their own on the shop's database, at the shop's time, and race with one another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from tests.plugins.racing import WAIT_S, Answer, Call

if TYPE_CHECKING:
    from bus.application import Bus

_bus: Any = None
_start: Any = None


def _prepare(url: str, barrier: Any) -> None:
    """Open the bus that this process keeps; sessions of the shop are live at its own time alone."""
    global _bus, _start  # what a process of a pool keeps from race to race
    from bus.application import Bus
    from bus.testing import FakeClock
    from tests.plugins.identity.caller import START_MS
    from tests.plugins.tasks.shop import PLUGINS

    _bus, _start = Bus.open(url, plugins=PLUGINS, clock=FakeClock(START_MS)), barrier


def _run(calls: Sequence[Call]) -> list[Answer]:
    _start.wait(WAIT_S)
    return [_bus.call(command, args).to_dict() for command, args in calls]


class Racers:
    """So many of them; they live on from race to race: starting Python takes longer than a race."""

    def __init__(self, count: int, bus: Bus) -> None:
        forking = multiprocessing.get_context("forkserver")
        forking.set_forkserver_preload(["bus.application", "tests.plugins.tasks.shop", "psycopg"])
        url = bus.database.url.render_as_string(hide_password=False)
        given = (url, forking.Barrier(count))
        self._pool = ProcessPoolExecutor(count, mp_context=forking, initializer=_prepare, initargs=given)

    def race(self, calls: Sequence[Sequence[Call]]) -> list[list[Answer]]:
        """The answers of each; the barrier lets none take two rows of calls."""
        return [future.result() for future in [self._pool.submit(_run, own) for own in calls]]

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()
