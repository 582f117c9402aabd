"""How many jobs a second are published and run at once, exactly once, with results, by two worker processes?

Repeat: python -m benchmarks --only queue_live

Ours: SQLite; each job checks its contract, inserts a row and stores its envelope, in one transaction; the ledger is
checked after each round. One by one: ``bus.submit`` for each job. 100 a publish: a ONE command that calls
``ctx.submit`` 100 times, so that 100 jobs are accepted with one commit. The peer: stock Dramatiq on Redis, the same
number of processes and threads, an actor that does nothing, 200 bytes of arguments; beside it with stored results.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.domain import PADDING, accepted, check_ledger, marked, opened, prepare, wait_for_marks
from benchmarks.line import Line, at_least
from benchmarks.programs import bus_workers
from benchmarks.stage import Stage
from benchmarks.stock import Fleet, stock_workers
from bus import Bus

UNIT = "jobs/s"
STOCK, STOCK_WITH_RESULTS = "stock Dramatiq on Redis", "stock Dramatiq on Redis, results stored"
LINES = (
    Line("one by one", STOCK, must=at_least(1.5), aim=at_least(3)),
    Line("100 a publish", STOCK, must=at_least(4), aim=at_least(8)),
    Line("one by one, ctx.session", STOCK),
    Line("one by one", STOCK_WITH_RESULTS),
    Line("100 a publish", STOCK_WITH_RESULTS),
)
JOBS, BATCH = 4_000, 100


def measure(stage: Stage) -> dict[str, float]:
    """One round; all workers are ready before the first clock starts, and idle while others are measured."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    count = stage.times(JOBS // BATCH) * BATCH
    redis = stage.redis()
    with (
        opened(url) as bus,
        bus_workers(stage.folder, url),
        stock_workers(stage.folder, redis) as stock,
        stock_workers(stage.folder, redis, with_results=True) as stock_with_results,
    ):
        warm_up(bus, stock, stock_with_results)
        figures = {
            "one by one": live(bus, count, lambda: submit(bus, count)),
            STOCK: live_stock(stock, count),
            "100 a publish": live(bus, count, lambda: submit_together(bus, count)),
            STOCK_WITH_RESULTS: live_stock(stock_with_results, count),
            "one by one, ctx.session": live(bus, count, lambda: submit(bus, count, "mark_add_by_session")),
        }
        check_ledger(bus, marked(bus))
    return figures


def warm_up(bus: Bus, *fleets: Fleet) -> None:
    """Let every worker have run some jobs."""
    before = marked(bus)
    for command in ("mark_add", "mark_add_by_session"):
        submit(bus, BATCH, command)
    submit_together(bus, BATCH)
    wait_for_marks(bus, before + 3 * BATCH)
    for fleet in fleets:
        fleet.send(BATCH)
        fleet.join()


def submit(bus: Bus, count: int, command: str = "mark_add") -> None:
    """Publish one by one."""
    for _ in range(count):
        accepted(bus.submit(command, {"padding": PADDING}))


def submit_together(bus: Bus, count: int) -> None:
    """Publish ``BATCH`` jobs with each commit."""
    for _ in range(count // BATCH):
        accepted(bus.call("mark_submit", {"count": BATCH}))


def live(bus: Bus, count: int, publish: Callable[[], None]) -> float:
    """Jobs a second, from the first publish to the last end."""
    before = marked(bus)
    started = time.perf_counter()
    publish()
    wait_for_marks(bus, before + count)
    return count / (time.perf_counter() - started)


def live_stock(fleet: Fleet, count: int) -> float:
    """The same of the peer."""
    started = time.perf_counter()
    fleet.send(count)
    fleet.join()
    return count / (time.perf_counter() - started)
