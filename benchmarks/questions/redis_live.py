"""How many commands that need no row (AT_LEAST_ONCE) are published and run at once on Redis?

Repeat: python -m benchmarks --only redis_live

Published one by one, run by two processes of eight threads, 200 bytes of arguments, nothing to do. The peers on the
same Redis: stock Dramatiq, and huey with two consumers of eight threads, storing no results.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.carried import carried
from benchmarks.huey_fleet import huey_consumers
from benchmarks.line import Line, at_least
from benchmarks.questions.queue_live import BATCH, STOCK
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers

UNIT = "requests/s"
HUEY = "huey on Redis"
LINES = (
    Line("one by one", STOCK, must=at_least(1.5), aim=at_least(2.2)),
    Line("one by one", HUEY, must=at_least(1.3), aim=at_least(2)),
)
REQUESTS = 4_000


def measure(stage: Stage) -> dict[str, float]:
    """One round; all workers are ready before the first clock starts, and idle while others are measured."""
    count = stage.times(REQUESTS, least=BATCH)
    redis = stage.redis()
    with (
        carried(stage) as ours,
        stock_workers(stage.folder, redis) as stock,
        huey_consumers(stage.folder, redis) as huey,
    ):
        for send, join in ((stock.send, stock.join), (huey.send, huey.join)):
            live(BATCH, send, join)
        return {
            "one by one": live(count, ours.publish_alone, ours.join),
            STOCK: live(count, stock.send, stock.join),
            HUEY: live(count, huey.send, huey.join),
        }


def live(count: int, send: Callable[[int], None], join: Callable[[], None]) -> float:
    """Requests a second, from the first publish to the last end."""
    started = time.perf_counter()
    send(count)
    join()
    return count / (time.perf_counter() - started)
