"""Worker processes for tests: a supervisor in a process of its own, its children, and its log.

    with Fleet(url, folder, lease_ms=1_000) as fleet:
        fleet.wait_ready()

The supervisors are forks of a process that has imported everything, so that a test need not wait for that.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from bus.testing import wait_until
from tests.servers import die_with_parent

#: Settings of a fleet unless a test says otherwise: what takes half a minute in earnest takes a second here.
SETTINGS: dict[str, Any] = {"lease_ms": 1_000, "beat_timeout_ms": 4_000, "drain_ms": 5_000}

#: Starts processes that have imported what the tests' processes need; they inherit nothing else.
forking = multiprocessing.get_context("forkserver")
forking.set_forkserver_preload(
    [
        *("tests.fleet", "tests.deeds", "workers.supervisor", "bus.application", "bus.builtins"),
        "tests.bus.programs",
        # What a worker imports once it knows its database and its broker.
        *("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg"),
        *("workers.redis.place", "workers.amqp.place", "workers.letters.mail"),
    ]
)


class Fleet:
    """A supervisor and its worker processes.

    Args:
        url: of the database, with all tables.
        folder: for the log and the orders of faults.
        plugins: ``module:name`` of each plugin.
        processes: how many workers.
        threads: places of each.
        prepare: what the supervisor's process does before anything else; it can be pickled.
        settings: fields of ``bus.settings.Settings``.
    """

    def __init__(
        self,
        url: str,
        folder: Path,
        *,
        plugins: Iterable[str] = ("tests.deeds:deeds", "workers:workers"),
        processes: int = 2,
        threads: int = 4,
        prepare: Callable[[], None] | None = None,
        **settings: Any,
    ) -> None:
        self.url = url
        self.processes = processes
        self.faults = folder / "faults"
        self.faults.mkdir(exist_ok=True)
        self._log = folder / "fleet.log"
        self._log.touch()
        self._read_to = self._log.stat().st_size
        names = (str(self._log), str(self.faults))
        given = (url, list(plugins), processes, threads, SETTINGS | settings, *names, prepare)
        self._process = forking.Process(target=supervise, args=given)
        self._process.start()

    @property
    def pid(self) -> int:
        """Process id of the supervisor."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """The supervisor's, negative for a signal; None as long as it runs."""
        return self._process.exitcode

    def children(self) -> list[psutil.Process]:
        """The worker processes that live (or are stopped), the ward among them."""
        try:
            children = psutil.Process(self.pid).children()
        except psutil.NoSuchProcess:
            return []
        return [child for child in children if not is_gone(child)]

    def records(self, event: str | None = None) -> list[dict[str, Any]]:
        """The log records since the start."""
        with self._log.open("rb") as log:
            log.seek(self._read_to)
            lines = log.read().decode().splitlines()
        records = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
        return [record for record in records if event in (None, record["event"])]

    def wait_ready(self) -> Self:
        """Wait until all workers work."""

        def is_ready() -> bool:
            if self.exit_status is not None:
                raise AssertionError(f"the supervisor ended with {self.exit_status}: {self._log.read_text()[-3000:]}")
            return len(self.records("worker_ready")) >= self.processes

        wait_until(is_ready, 30, "the workers to be ready")
        return self

    def order(self, point: str, what: str) -> Path:
        """Let the next worker that reaches a point (workers/points.py) ``kill`` or ``stop`` itself."""
        draft = self.faults / f"{point}.draft"
        draft.write_text(what)
        return draft.rename(self.faults / point)

    def stopped(self) -> list[psutil.Process]:
        """The children that are stopped."""
        return [child for child in self.children() if is_stopped(child)]

    def tell(self, number: int) -> None:
        """Send a signal to the supervisor."""
        os.kill(self.pid, number)

    def wait(self, timeout_s: float = 30) -> int:
        """The supervisor's exit status, once it has ended."""
        self._process.join(timeout_s)
        assert self._process.exitcode is not None, f"the supervisor still runs after {timeout_s:g} s"
        return self._process.exitcode

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal to the supervisor and answer its exit status."""
        self.tell(number)
        return self.wait()

    def kill(self) -> None:
        """End the supervisor without asking, and wait until its workers have followed it."""
        children = self.children()
        self._process.kill()
        self._process.join()
        wait_until(lambda: all(is_gone(child) for child in children), 10, "the orphans' end")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End whatever is left."""
        self.kill()


def status_of(process: psutil.Process) -> str | None:
    """``running``, ``sleeping``, ``stopped``, …; None when it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status()
    return None


def is_gone(process: psutil.Process) -> bool:
    """Whether a process has ended."""
    return status_of(process) in (None, psutil.STATUS_ZOMBIE)


def is_stopped(process: psutil.Process) -> bool:
    """Whether a process has been stopped and not gone on."""
    return status_of(process) == psutil.STATUS_STOPPED


def begin(log: str, faults: str, prepare: Callable[[], None] | None) -> None:
    """What every forked program does first: end with the test run, write to its log, break at its points."""
    from bus import logs
    from workers import points

    die_with_parent(signal.SIGKILL)()
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    if prepare is not None:
        prepare()
    points._folder = faults
    logs.configure("INFO", "json")


def supervise(
    url: str,
    plugins: list[str],
    processes: int,
    threads: int,
    given: dict[str, Any],
    log: str,
    faults: str,
    prepare: Callable[[], None] | None,
) -> None:
    """Be a supervisor, in a fork."""
    from bus import Bus, logs
    from bus.settings import Settings
    from workers.supervisor import Supervisor

    begin(log, faults, prepare)
    logs.take_over()
    loaded = [getattr(importlib.import_module(module), name) for module, name in (text.split(":") for text in plugins)]
    settings = Settings(database_url=url, **given)
    supervisor = Supervisor(
        lambda: Bus.open(plugins=loaded, settings=settings),
        processes,
        threads,
        settings.beat_timeout_ms / 1000,
        settings.drain_ms / 1000,
    )
    sys.exit(supervisor.run())
