"""How much memory does a worker process take, beside a stock Dramatiq worker?

Repeat: python -m benchmarks --only worker_memory

After some thousand jobs by ``ctx.db``, the mean of the two processes. RSS counts every page a process can reach; PSS
divides those that several share, as the children of a fork do with their parent. Linux.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean

import psutil

from benchmarks.domain import opened, prepare, wait_for_marks
from benchmarks.line import Line, at_most
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_live import STOCK, submit
from benchmarks.stage import Stage
from benchmarks.stock import stock_workers

UNIT = "MiB"
LINES = (
    Line("bus worker, RSS", f"{STOCK}, RSS", must=at_most(1.6), aim=at_most(1.3)),
    Line("bus worker, PSS", f"{STOCK}, PSS"),
    Line("bus worker and its supervisor, PSS of all", f"{STOCK}, PSS of all"),
)
JOBS = 4_000


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    with (
        opened(url) as bus,
        bus_workers(stage.folder, url) as ours,
        stock_workers(stage.folder, stage.redis()) as stock,
    ):
        count = stage.times(JOBS)
        submit(bus, count)
        stock.send(count)
        wait_for_marks(bus, count)
        stock.join()
        return {
            **{f"bus worker, {kind}": mean(map(size, ours)) for kind, size in KINDS.items()},
            **{f"{STOCK}, {kind}": mean(map(size, stock.workers)) for kind, size in KINDS.items()},
            "bus worker and its supervisor, PSS of all": pss_of_all(ours),
            f"{STOCK}, PSS of all": pss_of_all(stock.workers),
        }


def rss(process: psutil.Process) -> float:
    """Resident memory, MiB."""
    return process.memory_info().rss / 2**20


def pss(process: psutil.Process) -> float:
    """Resident memory with shared pages divided among those who share them, MiB."""
    return process.memory_full_info().pss / 2**20


def pss_of_all(workers: Sequence[psutil.Process]) -> float:
    """The whole program: the parent of these workers and all its descendants."""
    parent = workers[0].parent()
    assert parent is not None
    return sum(map(pss, [parent, *parent.children(recursive=True)]))


KINDS: dict[str, Callable[[psutil.Process], float]] = {"RSS": rss, "PSS": pss}
