"""How fast is publishing alone, and how fast do two worker processes empty a full queue?

Repeat: python -m benchmarks --only queue_parts

Workers are stopped (SIGSTOP) while jobs are published, and go on when the queue is full. The peer: stock Dramatiq on
Redis, as in queue_live.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psutil

from benchmarks.domain import check_ledger, marked, opened, prepare, wait_for_marks
from benchmarks.line import Line
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_live import BATCH, submit, submit_together, warm_up
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers
from bus.testing import wait_until

UNIT = "jobs/s"
STOCK = "stock Dramatiq on Redis"
LINES = (
    Line("publish one by one", f"publish, {STOCK}"),
    Line("publish 100 at once", f"publish, {STOCK}"),
    Line("empty a full queue", f"empty, {STOCK}"),
)
JOBS = 4_000


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    count = stage.times(JOBS // BATCH) * BATCH
    with (
        opened(url) as bus,
        bus_workers(stage.folder, url) as workers,
        stock_workers(stage.folder, stage.redis()) as stock,
    ):
        warm_up(bus, stock)
        before = marked(bus)
        with stopped(workers):
            one_by_one = a_second(count, lambda: submit(bus, count))
            together = a_second(count, lambda: submit_together(bus, count))
        emptied = a_second(2 * count, lambda: wait_for_marks(bus, before + 2 * count))
        check_ledger(bus, before + 2 * count)
        with stopped(stock.workers):
            sent = a_second(count, lambda: stock.send(count))
        return {
            "publish one by one": one_by_one,
            "publish 100 at once": together,
            "empty a full queue": emptied,
            f"publish, {STOCK}": sent,
            f"empty, {STOCK}": a_second(count, stock.join),
        }


def a_second(count: int, work: Callable[[], None]) -> float:
    """Jobs a second of one piece of work."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


@contextmanager
def stopped(workers: Sequence[psutil.Process]) -> Iterator[None]:
    """Processes that do nothing meanwhile."""
    for worker in workers:
        worker.send_signal(signal.SIGSTOP)
    wait_until(lambda: all(w.status() == psutil.STATUS_STOPPED for w in workers), what="the workers to stop")
    try:
        yield
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGCONT)
