"""Many callers at once: threads on one bus, or processes that each open their own bus on the same database."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bus.application import Bus

#: (command without its prefix, arguments)
Call = tuple[str, dict[str, Any]]
Answer = dict[str, Any]

THREADS, PROCESSES = 16, 6
#: Longest wait for the other racers, seconds: processes import everything first.
WAIT_S = 60

PRELOADED = ["bus.application", "bus.migration", "plugins.engine", "sqlalchemy.dialects.postgresql", "psycopg"]

_start: Any = None


def _run(bus: Bus, calls: Sequence[Call]) -> list[Answer]:
    return [bus.call(f"db.{command}", args).to_dict() for command, args in calls]


def _prepare(barrier: Any) -> None:
    global _start  # noqa: PLW0603  # a barrier reaches a process only when it starts
    _start = barrier


def _run_in_process(url: str, calls: Sequence[Call]) -> list[Answer]:
    from bus.application import Bus
    from plugins.engine import engine

    with Bus.open(url, plugins=[engine]) as bus:
        bus.call("db.project.find", {"path": ""})
        _start.wait(WAIT_S)
        return _run(bus, calls)


class Processes:
    """Racers that live on from race to race: starting Python takes longer than a race."""

    def __init__(self) -> None:
        # A server that has imported everything forks them; it has never opened a database.
        forking = multiprocessing.get_context("forkserver")
        forking.set_forkserver_preload(PRELOADED)
        start = forking.Barrier(PROCESSES)
        self._pool = ProcessPoolExecutor(PROCESSES, mp_context=forking, initializer=_prepare, initargs=(start,))

    def race(self, bus: Bus, calls: Sequence[Sequence[Call]]) -> list[list[Answer]]:
        """Every racer's answers to its calls; all begin at once."""
        url = bus.database.url.render_as_string(hide_password=False)
        # The barrier lets no process take two of them.
        return [future.result() for future in [self._pool.submit(_run_in_process, url, own) for own in calls]]

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()


def race_in_threads(bus: Bus, calls: Sequence[Sequence[Call]]) -> list[list[Answer]]:
    """Every racer's answers to its calls; all begin at once."""
    start = threading.Barrier(len(calls))

    def run(own: Sequence[Call]) -> list[Answer]:
        start.wait(WAIT_S)
        return _run(bus, own)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


class Race:
    """One kind of racers on one bus."""

    def __init__(
        self, bus: Bus, racers: int, run: Callable[[Bus, Sequence[Sequence[Call]]], list[list[Answer]]]
    ) -> None:
        self.bus = bus
        #: How many race.
        self.racers = racers
        self._run = run

    def __call__(self, calls_of: Callable[[int], Sequence[Call]]) -> list[Answer]:
        """All answers, racer by racer; ``calls_of`` gives the calls of each by its number."""
        return [answer for answers in self.apart(calls_of) for answer in answers]

    def apart(self, calls_of: Callable[[int], Sequence[Call]]) -> list[list[Answer]]:
        """The answers of each racer."""
        return self._run(self.bus, [calls_of(number) for number in range(self.racers)])
