"""Many callers at once on one tree: threads on one bus, or processes that each open their own on the same database."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bus.application import Bus

#: (command, arguments)
Call = tuple[str, dict[str, Any]]
#: (call, its code or None)
Outcome = tuple[Call, str | None]
#: Every racer's outcomes of its calls.
Race = Callable[["Bus", Sequence[Sequence[Call]]], list[list[Outcome]]]

THREADS, PROCESSES = 8, 4
#: Longest wait for the other racers, seconds: processes import everything first.
WAIT_S = 60
PRELOADED = ["bus.application", "bus.migration", "plugins.lazynote", "sqlalchemy.dialects.postgresql", "psycopg"]

_start: Any = None


def _run(bus: Bus, calls: Sequence[Call]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for command, args in calls:
        error = bus.call(command, args).error
        outcomes.append(((command, args), None if error is None else error["code"]))
    return outcomes


def race_in_threads(bus: Bus, calls: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
    """All begin at once."""
    start = threading.Barrier(len(calls))

    def run(own: Sequence[Call]) -> list[Outcome]:
        start.wait(WAIT_S)
        return _run(bus, own)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _prepare(barrier: Any) -> None:
    global _start  # noqa: PLW0603  # a barrier reaches a process only when it starts
    _start = barrier


def _run_in_process(url: str, calls: Sequence[Call]) -> list[Outcome]:
    from bus.application import Bus
    from plugins.lazynote import lazynote

    with Bus.open(url, plugins=[lazynote]) as bus:
        bus.call("workspace_list_children")
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

    def race(self, bus: Bus, calls: Sequence[Sequence[Call]]) -> list[list[Outcome]]:
        """All begin at once; the barrier lets no process take the calls of two."""
        url = bus.database.url.render_as_string(hide_password=False)
        return [future.result() for future in [self._pool.submit(_run_in_process, url, own) for own in calls]]

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()
