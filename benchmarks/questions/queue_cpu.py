"""How much processor time does a job cost, at its publisher and at its worker?

Repeat: python -m benchmarks --only queue_cpu

Jobs are published and run as in queue_live. Processor time hardly depends on what else the machine does, so this says
best where a rate comes from. The peer's time in the Redis server is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import psutil

from benchmarks.domain import marked, opened, prepare, wait_for_marks
from benchmarks.line import Line
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_live import BATCH, STOCK, submit, submit_together, warm_up
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers
from bus import Bus

UNIT = "µs"
LINES = (
    Line("publisher, one by one", f"publisher, {STOCK}"),
    Line("publisher, 100 a publish", f"publisher, {STOCK}"),
    Line("worker, one by one", f"worker, {STOCK}"),
    Line("worker, 100 a publish", f"worker, {STOCK}"),
    Line("worker, one by one, ctx.session", f"worker, {STOCK}"),
)
JOBS = 4_000


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    count = stage.times(JOBS // BATCH) * BATCH
    figures: dict[str, float] = {}
    with (
        opened(url) as bus,
        bus_workers(stage.folder, url) as workers,
        stock_workers(stage.folder, stage.redis()) as stock,
    ):
        warm_up(bus, stock)
        for how, publish in (
            ("one by one", lambda: submit(bus, count)),
            ("100 a publish", lambda: submit_together(bus, count)),
            ("one by one, ctx.session", lambda: submit(bus, count, "mark_add_by_session")),
        ):
            wait = _waiting(bus, count)
            figures |= _cost(how, count, workers, publish, wait)
        figures |= _cost(STOCK, count, stock.workers, lambda: stock.send(count), stock.join)
    return figures


def _waiting(bus: Bus, count: int) -> Callable[[], None]:
    """Waits until ``count`` more jobs have ended than now."""
    target = marked(bus) + count
    return lambda: wait_for_marks(bus, target)


def _cost(
    how: str,
    count: int,
    workers: Sequence[psutil.Process],
    publish: Callable[[], None],
    wait: Callable[[], None],
) -> dict[str, float]:
    """Processor microseconds of one job."""
    before, began = _worked_s(workers), time.process_time()
    publish()
    published_s = time.process_time() - began
    wait()
    worked_s = _worked_s(workers) - before
    return {f"publisher, {how}": published_s / count * 1e6, f"worker, {how}": worked_s / count * 1e6}


def _worked_s(workers: Sequence[psutil.Process]) -> float:
    """Processor seconds that these processes have used."""
    return sum(sum(worker.cpu_times()[:2]) for worker in workers)
