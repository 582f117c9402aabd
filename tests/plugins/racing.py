"""Many callers at once: threads on one bus, or processes that each open their own bus on the same database."""

from __future__ import annotations

import multiprocessing
import pkgutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bus.application import Bus

#: (command, arguments)
Call = tuple[str, dict[str, Any]]
#: An envelope as a JSON object.
Answer = dict[str, Any]
#: Every racer's answers to its calls; all begin at once.
Run = Callable[["Bus", Sequence[Sequence[Call]]], list[list[Answer]]]

#: Longest wait for the other racers, seconds: processes import everything first.
WAIT_S = 60

_start: Any = None


def _run(bus: Bus, calls: Sequence[Call]) -> list[Answer]:
    return [bus.call(command, args).to_dict() for command, args in calls]


def race_in_threads(bus: Bus, calls: Sequence[Sequence[Call]]) -> list[list[Answer]]:
    """Race with a thread for each row of calls."""
    start = threading.Barrier(len(calls))

    def run(own: Sequence[Call]) -> list[Answer]:
        start.wait(WAIT_S)
        return _run(bus, own)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _prepare(barrier: Any) -> None:
    global _start  # noqa: PLW0603  # a barrier reaches a process only when it starts
    _start = barrier


def _run_in_process(plugin: str, url: str, calls: Sequence[Call]) -> list[Answer]:
    from bus.application import Bus

    own = pkgutil.resolve_name(plugin)
    own.load()
    with Bus.open(url, plugins=[own]) as bus:
        bus.call("system_health")
        _start.wait(WAIT_S)
        return _run(bus, calls)


class Processes:
    """Racers that live on from race to race: starting Python takes longer than a race.

    Args:
        count: how many.
        plugin: ``module:name`` of the plugin of their buses.
    """

    def __init__(self, count: int, plugin: str) -> None:
        self.count = count
        self._plugin = plugin
        # A server that has imported everything forks them; it has never opened a database.
        forking = multiprocessing.get_context("forkserver")
        imported = ["bus.application", "bus.migration", "sqlalchemy.dialects.postgresql", "psycopg"]
        forking.set_forkserver_preload([*imported, plugin.partition(":")[0]])
        start = forking.Barrier(count)
        self._pool = ProcessPoolExecutor(count, mp_context=forking, initializer=_prepare, initargs=(start,))

    def race(self, bus: Bus, calls: Sequence[Sequence[Call]]) -> list[list[Answer]]:
        """Race with a process for each row of calls; the barrier lets none take two of them."""
        url = bus.database.url.render_as_string(hide_password=False)
        racing = [self._pool.submit(_run_in_process, self._plugin, url, own) for own in calls]
        return [future.result() for future in racing]

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()


class Race:
    """One kind of racers on one bus.

    Args:
        bus: what is raced on.
        racers: how many race.
        run: how.
        prefix: of every command.
    """

    def __init__(self, bus: Bus, racers: int, run: Run, prefix: str = "") -> None:
        self.racers = racers
        self._bus, self._run, self._prefix = bus, run, prefix

    def __call__(self, calls_of: Callable[[int], Sequence[Call]]) -> list[Answer]:
        """All answers, racer by racer; ``calls_of`` gives the calls of each by its number."""
        calls = [[(self._prefix + name, args) for name, args in calls_of(number)] for number in range(self.racers)]
        return [answer for answers in self._run(self._bus, calls) for answer in answers]
