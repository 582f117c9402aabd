"""The peer of the queue: stock Dramatiq on Redis, run by its own worker program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from dramatiq.brokers.redis import RedisBroker

from benchmarks.actors import broker_of
from benchmarks.domain import PADDING
from benchmarks.machine import ROOT
from benchmarks.programs import PROCESSES, THREADS, plain_environment, running
from tests.servers import Redis

QUEUE = "default"
#: Milliseconds between two looks whether a queue is empty.
LOOK_MS = 5


@dataclass
class Fleet:
    """Stock worker processes and a publisher."""

    broker: RedisBroker
    workers: list[psutil.Process]
    #: Gets a line for each execution of the actor ``moment``.
    moments: Path

    def send(self, count: int, actor: str = "nothing") -> None:
        """Publish jobs, one by one: Dramatiq has no other way."""
        chosen = self.broker.get_actor(actor)
        for _ in range(count):
            chosen.send(PADDING)

    def join(self) -> None:
        """Wait until every job has ended."""
        self.broker.join(QUEUE, interval=LOOK_MS, timeout=300_000)


@contextmanager
def stock_workers(
    folder: Path, redis: Redis, *, with_results: bool = False, processes: int = PROCESSES, threads: int = THREADS
) -> Iterator[Fleet]:
    """Dramatiq's worker program on an empty database of a Redis, ready."""
    number = int(with_results)
    redis.ask(f"SELECT {number}\r\nFLUSHDB")
    url = f"{redis.url.rpartition('/')[0]}/{number}"
    moments = folder / "moments"
    env = {**plain_environment(), "PYTHONPATH": str(ROOT), "BENCH_REDIS_URL": url, "BENCH_MOMENTS": str(moments)}
    if with_results:
        env["BENCH_RESULTS"] = "yes"
    command = [sys.executable, "-m", "dramatiq", "benchmarks.actors:broker"]
    command += ["--processes", str(processes), "--threads", str(threads)]
    publisher = broker_of(url, with_results=with_results)
    try:
        log = folder / f"dramatiq-{number}-{threads}.log"
        with running(command, env, log, "Worker process is ready for action.", processes) as parent:
            yield Fleet(publisher, _workers(parent, threads), moments)
    finally:
        publisher.close()


def _workers(parent: psutil.Process, threads: int) -> list[psutil.Process]:
    """The worker processes; Dramatiq has further helpers, which run no threads."""
    return [child for child in parent.children(recursive=True) if child.num_threads() > threads]
