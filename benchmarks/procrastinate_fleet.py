"""A peer on PostgreSQL: procrastinate, run by its own worker program."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from benchmarks.domain import PADDING
from benchmarks.machine import ROOT
from benchmarks.procrastinate_tasks import publisher
from benchmarks.programs import PROCESSES, THREADS, plain_environment, running

_LEFT = "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo','doing') LIMIT 1"


class Procrastinate(NamedTuple):
    """Workers and a publisher."""

    task: Any
    connection: psycopg.Connection[tuple[int]]

    def send(self, count: int) -> None:
        """Publish jobs, one by one."""
        for _ in range(count):
            self.task.defer(padding=PADDING)

    def send_together(self, count: int, batch: int) -> None:
        """Publish ``batch`` jobs with each statement."""
        for _ in range(count // batch):
            self.task.batch_defer(*[{"padding": PADDING}] * batch)

    def join(self) -> None:
        """Wait until every job has ended."""
        while self.connection.execute(_LEFT).fetchone() is not None:
            time.sleep(0.005)


@contextmanager
def procrastinate_workers(folder: Path, url: str) -> Iterator[Procrastinate]:
    """procrastinate's worker program, as often as others have processes, on an empty database of PostgreSQL."""
    url = url.replace("+psycopg", "")
    env = {**plain_environment(), "PYTHONPATH": str(ROOT), "BENCH_POSTGRESQL_URL": url}
    command = [str(Path(sys.executable).parent / "procrastinate"), "--verbose", "--app"]
    command += ["benchmarks.procrastinate_tasks.app", "worker", "--concurrency", str(THREADS)]
    app = publisher(url)
    with app.open(), psycopg.connect(url, autocommit=True) as connection, ExitStack() as stack:
        app.schema_manager.apply_schema()
        for number in range(PROCESSES):
            log = folder / f"procrastinate-{number}.log"
            stack.enter_context(running(command, env, log, "Starting worker on", 1))
        yield Procrastinate(app.tasks["nothing"], connection)
