"""How fast do commands travel that need no row (AT_LEAST_ONCE), published together, and run by one worker process?

Repeat: python -m benchmarks --only queue_redis

Ours: Redis and SQLite; each request is checked, signed, verified and judged; the handler does nothing. The peer: stock
Dramatiq on the same Redis, an actor that does nothing, the same 200 bytes of arguments, sent one by one: it has no
other way. Workers are stopped (SIGSTOP) while the queue is filled, and the clock runs from when they go on until
nothing waits or is in hand. Ours empties a queue ten times as long, to be at it for a second.
"""

from __future__ import annotations

from benchmarks.carried import TOGETHER, carried
from benchmarks.line import Line, at_least
from benchmarks.questions.queue_live import STOCK
from benchmarks.questions.queue_parts import a_second, stopped
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers

UNIT = "requests/s"
LINES = (
    Line("run, 1 x 8", f"run, 1 x 8, {STOCK}", must=at_least(3), aim=at_least(4)),
    Line("run, 1 x 1", f"run, 1 x 1, {STOCK}", must=at_least(15), aim=at_least(25)),
    Line("publish 1,000 in one call", f"publish, {STOCK}", must=at_least(5), aim=at_least(10)),
    Line("publish one by one", f"publish, {STOCK}"),
)
REQUESTS = 2_000


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
    with carried(stage, 1, threads) as made:
        with stopped(made.workers):
            together = a_second(count - TOGETHER, lambda: made.publish(count - TOGETHER))
            alone = a_second(TOGETHER, lambda: made.publish_alone(TOGETHER))
        return a_second(count, made.join), together, alone


def stock(stage: Stage, threads: int, count: int) -> tuple[float, float]:
    """The same of the peer: run, published."""
    with stock_workers(stage.folder, stage.redis(), processes=1, threads=threads) as fleet:
        fleet.send(100)
        fleet.join()
        with stopped(fleet.workers):
            sent = a_second(count, lambda: fleet.send(count))
        return a_second(count, fleet.join), sent
