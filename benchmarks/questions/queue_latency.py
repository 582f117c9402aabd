"""How long does a job wait on an idle queue, from its publish to its execution?

Repeat: python -m benchmarks --only queue_latency

Jobs are published with pauses of 20 to 40 ms, so that every worker sleeps before each. A job notes the moment at
which it runs; the clock starts before the publish. Workers as in queue_live.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from benchmarks.domain import marked, opened, prepare, wait_for_marks
from benchmarks.line import Line, at_most
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_live import STOCK, submit, warm_up
from benchmarks.stage import Stage
from benchmarks.stock import Fleet, stock_workers
from bus import Bus

UNIT = "ms"
LINES = (
    Line("half of the jobs (p50)", must=at_most(4), aim=at_most(2)),
    Line("99 of 100 jobs (p99)", must=at_most(15)),
    Line("half of the jobs (p50)", f"p50, {STOCK}"),
    Line("99 of 100 jobs (p99)", f"p99, {STOCK}"),
)
JOBS = 150
PAUSE_S = (0.02, 0.04)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    count = stage.times(JOBS, least=5)
    with (
        opened(url) as bus,
        bus_workers(stage.folder, url),
        stock_workers(stage.folder, stage.redis()) as stock,
    ):
        warm_up(bus, stock)
        ours, theirs = latencies(bus, count), stock_latencies(stock, count)
    return {
        "half of the jobs (p50)": quantile(ours, 0.5),
        "99 of 100 jobs (p99)": quantile(ours, 0.99),
        f"p50, {STOCK}": quantile(theirs, 0.5),
        f"p99, {STOCK}": quantile(theirs, 0.99),
    }


def latencies(bus: Bus, count: int) -> list[float]:
    """Milliseconds each job waited, rising."""
    before = marked(bus)
    sent = publish_slowly(count, lambda: submit(bus, 1))
    wait_for_marks(bus, before + count)
    with bus.database.reader().transaction(write=False) as kept:
        ran = [row[0] for row in kept.raw.execute("SELECT at FROM bench_mark WHERE id>? ORDER BY at", (before,))]
    return waited_ms(sent, ran)


def stock_latencies(fleet: Fleet, count: int) -> list[float]:
    """The same of the peer."""
    sent = publish_slowly(count, lambda: fleet.send(1, "moment"))
    fleet.join()
    return waited_ms(sent, sorted(float(line) for line in fleet.moments.read_text().split()))


def publish_slowly(count: int, publish: Callable[[], None]) -> list[float]:
    """Publish with pauses; the moments at which each publish began, epoch seconds."""
    chance = random.Random(count)  # noqa: S311  # pauses that repeat
    sent: list[float] = []
    for _ in range(count):
        time.sleep(chance.uniform(*PAUSE_S))
        sent.append(time.time())
        publish()
    return sent


def waited_ms(sent: list[float], ran: list[float]) -> list[float]:
    """First in, first out: the n-th publish belongs to the n-th execution."""
    return sorted((end - begin) * 1000 for begin, end in zip(sent, ran, strict=True))


def quantile(rising: list[float], part: float) -> float:
    """The value that ``part`` of the values do not exceed."""
    return rising[min(len(rising) - 1, int(len(rising) * part))]
