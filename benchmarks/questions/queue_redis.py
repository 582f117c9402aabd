"""How fast do commands travel that need no row (AT_LEAST_ONCE), published together, and run by one worker process?

Repeat: python -m benchmarks --only queue_redis

Ours: Redis and SQLite; each request is checked, signed, verified and judged; the handler does nothing. The peer: stock
Dramatiq on the same Redis, an actor that does nothing, the same 200 bytes of arguments, sent one by one: it has no
other way. Workers are stopped (SIGSTOP) while the queue is filled, and the clock runs from when they go on until
nothing waits or is in hand. Ours empties a queue ten times as long, to be at it for a second.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis as Client

from benchmarks.domain import PADDING, accepted, bench, installed, prepare
from benchmarks.line import Line, at_least
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_parts import a_second, stopped
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers
from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from workers.redis.identity import key_of, mail_key, prefix_of

UNIT = "requests/s"
STOCK = "stock Dramatiq on Redis"
LINES = (
    Line("run, 1 x 8", f"run, 1 x 8, {STOCK}", must=at_least(3), aim=at_least(4)),
    Line("run, 1 x 1", f"run, 1 x 1, {STOCK}", must=at_least(15), aim=at_least(25)),
    Line("publish 1,000 in one call", f"publish, {STOCK}", must=at_least(5), aim=at_least(10)),
    Line("publish one by one", f"publish, {STOCK}"),
)
REQUESTS, TOGETHER = 2_000, 1_000
KEY = "a key for benchmarks and for nothing else"


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    figures: dict[str, float] = {}
    count = max(TOGETHER, stage.times(REQUESTS // TOGETHER) * TOGETHER)
    for threads in (8, 1):
        name = f"run, 1 x {threads}"
        figures[name], together, alone = ours(stage, threads, 10 * count)
        figures[f"{name}, {STOCK}"], sent = stock(stage, threads, count)
        if threads == 8:  # noqa: PLR2004  # publishing does not depend on it
            figures |= {"publish 1,000 in one call": together, "publish one by one": alone, f"publish, {STOCK}": sent}
    return figures


def ours(stage: Stage, threads: int, count: int) -> tuple[float, float, float]:
    """Requests a second: run, published together, published one by one."""
    url, broker = f"sqlite:///{stage.folder}/bus.sqlite", stage.redis().url.rpartition("/")[0] + "/2"
    prepare(url)
    settings = Settings(database_url=url, broker_url=broker, signing_keys=(KEY,))
    variables = {"BUS_BROKER_URL": broker, "BUS_SIGNING_KEYS": KEY}
    with (
        Bus.open(plugins=[*installed(), bench], settings=settings) as bus,
        bus_workers(stage.folder, url, 1, threads, variables) as workers,
        waiting(bus, broker) as left,
    ):
        publish(bus, TOGETHER)
        wait_until(left.is_none, 60, "the first requests to be run")
        with stopped(workers):
            together = a_second(count - TOGETHER, lambda: publish(bus, count - TOGETHER))
            alone = a_second(TOGETHER, lambda: publish_alone(bus, TOGETHER))
        return a_second(count, left.join), together, alone


def publish(bus: Bus, count: int) -> None:
    """Publish ``TOGETHER`` requests with each call."""
    for _ in range(count // TOGETHER):
        for answer in bus.submit_many("nothing_carried", [{"padding": PADDING}] * TOGETHER):
            accepted(answer)


def publish_alone(bus: Bus, count: int) -> None:
    """Publish one by one."""
    for _ in range(count):
        accepted(bus.submit("nothing_carried", {"padding": PADDING}))


class Left:
    """What waits or is in hand."""

    def __init__(self, client: Client, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    def is_none(self) -> bool:
        """Whether all is done."""
        pipeline = self._client.pipeline()
        pipeline.llen(mail_key(self._prefix, "default"))
        pipeline.smembers(key_of(self._prefix, "owners"))
        waiting_now, owners = pipeline.execute()
        held = [self._client.hlen(key_of(self._prefix, "held", owner.decode())) for owner in owners]
        return waiting_now == 0 and not any(held)

    def join(self) -> None:
        """Wait until all is done."""
        while not self.is_none():
            time.sleep(0.005)


@contextmanager
def waiting(bus: Bus, url: str) -> Iterator[Left]:
    """What waits for the workers of a bus."""
    with Client.from_url(url) as client:
        yield Left(client, prefix_of(bus.database))


def stock(stage: Stage, threads: int, count: int) -> tuple[float, float]:
    """The same of the peer: run, published."""
    with stock_workers(stage.folder, stage.redis(), processes=1, threads=threads) as fleet:
        fleet.send(100)
        fleet.join()
        with stopped(fleet.workers):
            sent = a_second(count, lambda: fleet.send(count))
        return a_second(count, fleet.join), sent
