"""A peer on Redis: huey, run by its own consumer program."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.domain import PADDING
from benchmarks.huey_tasks import huey_of
from benchmarks.machine import ROOT
from benchmarks.programs import PROCESSES, THREADS, plain_environment, running
from tests.servers import Redis


class Huey(NamedTuple):
    """Consumers and a publisher."""

    queue: Any
    task: Any

    def send(self, count: int) -> None:
        """Publish jobs, one by one."""
        for _ in range(count):
            self.task(PADDING)

    def join(self) -> None:
        """Wait until every job has begun: what is in hand does nothing, and cannot be asked for."""
        while self.queue.pending_count():
            time.sleep(0.005)


@contextmanager
def huey_consumers(folder: Path, redis: Redis) -> Iterator[Huey]:
    """huey's consumer program, as often as others have processes, on an empty database of a Redis."""
    redis.ask("SELECT 3\r\nFLUSHDB")
    url = f"{redis.url.rpartition('/')[0]}/3"
    env = {**plain_environment(), "PYTHONPATH": str(ROOT), "BENCH_REDIS_URL": url}
    command = [str(Path(sys.executable).parent / "huey_consumer"), "benchmarks.huey_tasks.huey"]
    command += ["--workers", str(THREADS), "--worker-type", "thread", "--no-periodic"]
    with ExitStack() as stack:
        for number in range(PROCESSES):
            log = folder / f"huey-{number}.log"
            stack.enter_context(running(command, env, log, "Huey consumer started", 1))
        yield Huey(*huey_of(url))
