"""How long does a command that needs no row (AT_LEAST_ONCE) wait on an idle Redis, from its publish to its execution?

Repeat: python -m benchmarks --only redis_latency

Published with pauses of 20 to 40 ms, so that every worker sleeps before each; both sides write the moment of the
execution to a file. Workers and the peer as in redis_live.
"""

from __future__ import annotations

from benchmarks.carried import Carried, carried
from benchmarks.line import Line, at_most
from benchmarks.questions.queue_latency import publish_slowly, quantile, stock_latencies, waited_ms
from benchmarks.questions.queue_live import STOCK
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers
from bus.testing import wait_until

UNIT = "ms"
P50, P99 = "half of the requests (p50)", "99 of 100 requests (p99)"
LINES = (
    Line(P50, f"p50, {STOCK}", must=at_most(0.15)),
    Line(P99, f"p99, {STOCK}", must=at_most(0.1)),
    Line(P99, aim=at_most(6)),
)
REQUESTS = 150


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    count = stage.times(REQUESTS, least=20)
    with carried(stage) as made, stock_workers(stage.folder, stage.redis()) as stock:
        stock.send(100)
        stock.join()
        ours, theirs = latencies(made, stage, count), stock_latencies(stock, count)
    return {
        P50: quantile(ours, 0.5),
        P99: quantile(ours, 0.99),
        f"p50, {STOCK}": quantile(theirs, 0.5),
        f"p99, {STOCK}": quantile(theirs, 0.99),
    }


def latencies(made: Carried, stage: Stage, count: int) -> list[float]:
    """Milliseconds each request waited, rising."""
    file = stage.folder / "carried-moments"
    file.touch()
    sent = publish_slowly(count, lambda: made.publish_alone(1, "moment_carried"))
    wait_until(lambda: len(file.read_text().split()) == count, 60, "the last request to be run")
    return waited_ms(sent, sorted(float(line) for line in file.read_text().split()))
