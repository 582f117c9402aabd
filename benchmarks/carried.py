"""Commands that travel whole through Redis (``AT_LEAST_ONCE``): a bus, its workers, and what waits for them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psutil
from redis import Redis as Client

from benchmarks.domain import PADDING, accepted, bench, installed, prepare
from benchmarks.programs import PROCESSES, THREADS, bus_workers
from benchmarks.stage import Stage
from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from workers.brokers.identity import key_of, mail_key, prefix_of

#: Requests that one call publishes.
TOGETHER = 1_000
KEY = "a key for benchmarks and for nothing else"


class Carried(NamedTuple):
    """A bus on Redis, with workers that are ready."""

    bus: Bus
    workers: list[psutil.Process]
    client: Client

    def publish(self, count: int) -> None:
        """Publish ``TOGETHER`` requests with each call."""
        for _ in range(count // TOGETHER):
            for answer in self.bus.submit_many("nothing_carried", [{"padding": PADDING}] * TOGETHER):
                accepted(answer)

    def publish_alone(self, count: int, command: str = "nothing_carried") -> None:
        """Publish one by one."""
        for _ in range(count):
            accepted(self.bus.submit(command, {"padding": PADDING}))

    def is_done(self) -> bool:
        """Whether nothing waits or is in hand."""
        prefix = prefix_of(self.bus.database)
        pipeline = self.client.pipeline()
        pipeline.llen(mail_key(prefix, "default"))
        pipeline.smembers(key_of(prefix, "owners"))
        waiting, owners = pipeline.execute()
        held = [self.client.hlen(key_of(prefix, "held", owner.decode())) for owner in owners]
        return waiting == 0 and not any(held)

    def join(self) -> None:
        """Wait until nothing waits or is in hand."""
        while not self.is_done():
            time.sleep(0.005)


@contextmanager
def carried(stage: Stage, processes: int = PROCESSES, threads: int = THREADS) -> Iterator[Carried]:
    """A bus with workers, on SQLite and an empty database of the stage's Redis, warm."""
    redis = stage.redis()
    redis.ask("SELECT 2\r\nFLUSHDB")
    url, broker = f"sqlite:///{stage.folder}/carried-{threads}.sqlite", redis.url.rpartition("/")[0] + "/2"
    prepare(url)
    settings = Settings(database_url=url, broker_url=broker, signing_keys=(KEY,))
    variables = {
        "BUS_BROKER_URL": broker,
        "BUS_SIGNING_KEYS": KEY,
        "BENCH_MOMENTS": str(stage.folder / "carried-moments"),
    }
    with (
        Bus.open(plugins=[*installed(), bench], settings=settings) as bus,
        bus_workers(stage.folder, url, processes, threads, variables) as workers,
        Client.from_url(broker) as client,
    ):
        made = Carried(bus, workers, client)
        made.publish(TOGETHER)
        wait_until(made.is_done, 60, "the first requests to be run")
        yield made
