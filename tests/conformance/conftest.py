"""The queues that must keep the promises: each test runs on all of them.

A queue is a broker and a database. Another broker is another line in ``QUEUES``.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bus import Bus
from bus.envelope import Envelope
from bus.settings import Settings
from tests.databases import Templates
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS, Fleet
from tests.servers import PostgreSQL
from tests.workers.hand import row
from workers import workers


class Kind(NamedTuple):
    """A broker and a database."""

    #: The fixture that is its server; None: the embedded one.
    broker: str | None
    database: str

    def broker_url(self, request: pytest.FixtureRequest) -> str | None:
        """The URL of the broker, which runs from now on."""
        return None if self.broker is None else request.getfixturevalue(self.broker).url


QUEUES = {
    "embedded-sqlite": Kind(None, "sqlite"),
    "embedded-postgresql": Kind(None, "postgresql"),
    "redis-sqlite": Kind("redis_server", "sqlite"),
    "redis-postgresql": Kind("redis_server", "postgresql"),
    "rabbitmq-sqlite": Kind("rabbitmq_server", "sqlite"),
    "rabbitmq-postgresql": Kind("rabbitmq_server", "postgresql"),
}
#: The same for tests that take long: a broker wakes, and what a database does, it does with any broker.
FEWER_QUEUES = [name for name in QUEUES if name not in {"redis-sqlite", "rabbitmq-sqlite"}]


def long_with(*names: str) -> list[Any]:
    """All queues; with some of them a test belongs to the drill: two brokers that only wake differ in little else."""
    return [pytest.param(name, marks=pytest.mark.drill) if name in names else name for name in QUEUES]


class Queue:
    """A database, a bus that publishes to it, and workers as a test wants them.

    Args:
        url: of an empty database.
        broker_url: None: the embedded one.
        folder: for logs.
        templates: prepares the database.
    """

    def __init__(self, url: str, broker_url: str | None, folder: Path, templates: Templates) -> None:
        self.url = url
        self._folder = folder
        self._settings = SETTINGS | {"broker_url": broker_url}
        self._opened = contextlib.ExitStack()
        self._fleets: list[Fleet] = []
        self._numbers = itertools.count(1)
        templates.prepare(url, [deeds, workers])
        self.bus = self.open_bus(deeds, workers)
        create_tables(self.bus.database)

    def open_bus(self, *plugins: Any) -> Bus:
        """Another bus on the same queue."""
        return self._opened.enter_context(Bus.open(self.url, plugins=plugins, settings=Settings(**self._settings)))

    def start(self, **options: Any) -> Fleet:
        """Start workers and wait until they work."""
        fleet = self._opened.enter_context(Fleet(self.url, self._folder, **self._settings | options))
        self._fleets.append(fleet)
        return fleet.wait_ready()

    def stop_workers(self) -> None:
        """End all workers without asking."""
        while self._fleets:
            self._fleets.pop().kill()

    def close(self) -> None:
        """Stop everything."""
        self._opened.close()

    def number(self) -> int:
        """A number that no other deed has."""
        return next(self._numbers)

    def submit(self, command: str, n: int, /, **options: Any) -> str:
        """Queue a command with a number; answers the job's id."""
        answer = self.bus.submit(command, {"n": n} | options.pop("args", {}), **options)
        assert answer.ok, answer
        assert answer.job is not None
        return answer.job["id"]

    def wait(self, job_id: str) -> Envelope:
        """The envelope of a job that ends."""
        return self.bus.wait(job_id, timeout_ms=60_000)

    def run(self, command: str, n: int, /, **options: Any) -> Envelope:
        """Queue a command and wait for its envelope."""
        return self.wait(self.submit(command, n, **options))

    def job(self, job_id: str) -> Any:
        """A job as the table has it."""
        return row(self.bus, job_id)

    def deeds(self, n: int) -> dict[str, int]:
        """What was done under a number, and how often."""
        return {what: times for (number, what), times in done(self.bus).items() if number == n}


@contextlib.contextmanager
def _queue(request: pytest.FixtureRequest, folder: Path, templates: Templates) -> Iterator[Queue]:
    kind = QUEUES[request.param]
    with contextlib.ExitStack() as stack:
        if kind.database == "sqlite":
            url = f"sqlite:///{folder / 'bus.sqlite'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
        queue = Queue(url, kind.broker_url(request), folder, templates)
        stack.callback(queue.close)
        yield queue


@pytest.fixture(scope="module", params=long_with("rabbitmq-sqlite"))
def queue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Queue]:
    """A queue with two workers, shared by the tests of a module: each uses numbers of its own."""
    folder = tmp_path_factory.mktemp("queue")
    with _queue(request, folder, templates) as queue:
        queue.start()
        yield queue


@pytest.fixture(params=long_with("rabbitmq-sqlite", "rabbitmq-postgresql"))
def still_queue(request: pytest.FixtureRequest, tmp_path: Path, templates: Templates) -> Iterator[Queue]:
    """A queue of the test's own, without workers yet."""
    with _queue(request, tmp_path, templates) as queue:
        yield queue
