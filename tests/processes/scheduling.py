"""Scheduler processes for tests: forks of a process that has imported everything, each with a log of its own.

Not here: worker processes (tests/fleet.py), whose fork server these share.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from bus.testing import wait_until
from tests.fleet import begin, forking, is_stopped


class SchedulerProcess:
    """One ``bus scheduler``.

    Args:
        url: of the database, with all tables.
        folder: for the log and the orders of faults.
        name: of the log.
        prepare: what its process does before anything else; it can be pickled.
    """

    def __init__(self, url: str, folder: Path, name: str, prepare: Callable[[], None] | None = None) -> None:
        self.log = folder / f"{name}.log"
        self.log.touch()
        self._process = forking.Process(target=serve, args=(url, str(self.log), str(folder), prepare))
        self._process.start()

    @property
    def is_alive(self) -> bool:
        """Whether it still runs, or is stopped."""
        return self._process.is_alive()

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped and has not gone on."""
        return is_stopped(psutil.Process(self._process.pid))

    def wait_ready(self) -> Self:
        """Wait until it looks for what is due."""

        def is_ready() -> bool:
            assert self.is_alive, self.log.read_text()[-3000:]
            return "scheduler_ready" in self.log.read_text()

        wait_until(is_ready, 30, "the scheduler to be ready")
        return self

    def tell(self, number: int) -> None:
        """Send it a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def wait(self, timeout_s: float = 30) -> int | None:
        """Its exit status, once it has ended; negative for a signal."""
        self._process.join(timeout_s)
        return self._process.exitcode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it without asking."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.join()


def order(folder: Path, point: str, what: str) -> None:
    """Let the next scheduler that reaches a point (workers/points.py) ``kill`` or ``stop`` itself."""
    draft = folder / f"{point}.draft"
    draft.write_text(what)
    draft.rename(folder / point)


def serve(url: str, log: str, faults: str, prepare: Callable[[], None] | None) -> None:
    """Be a scheduler, in a fork."""
    from bus import Bus
    from bus.settings import Settings
    from tests.deeds import deeds
    from workers import workers
    from workers.scheduler import Scheduler
    from workers.scheduler_cli import Stopping, work

    begin(log, faults, prepare)
    stopping = Stopping()
    with Bus.open(plugins=[deeds, workers], settings=Settings(database_url=url)) as bus:
        work(Scheduler(bus), stopping)
