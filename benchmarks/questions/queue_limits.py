"""What do keys, limits, rates and unique keys cost the jobs that have them?

Repeat: python -m benchmarks --only queue_limits

The jobs of ``queue_live``, published one by one and run at once by two worker processes on SQLite. With: each job
belongs to one of 1,000 accounts, two of which run at a time, has a unique key of its own, and is counted by a rate that
never holds it back.
"""

from __future__ import annotations

import itertools

from benchmarks.domain import PADDING, accepted, check_ledger, marked, opened, prepare, wait_for_marks
from benchmarks.line import Line, at_least
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_live import BATCH, JOBS, live, submit
from benchmarks.stage import Stage
from bus import Bus

UNIT = "jobs/s"
WITH, WITHOUT = "with keys, limits, rates", "without"
LINES = (Line(WITH, WITHOUT, must=at_least(0.8), aim=at_least(0.9)),)
ACCOUNTS = 1_000
_numbers = itertools.count(1)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    count = stage.times(JOBS // BATCH) * BATCH
    with opened(url) as bus, bus_workers(stage.folder, url):
        submit(bus, BATCH)
        submit_keyed(bus, BATCH)
        wait_for_marks(bus, 2 * BATCH)
        figures = {
            WITHOUT: live(bus, count, lambda: submit(bus, count)),
            WITH: live(bus, count, lambda: submit_keyed(bus, count)),
        }
        check_ledger(bus, marked(bus))
    return figures


def submit_keyed(bus: Bus, count: int) -> None:
    """Publish one by one, round the accounts."""
    for _ in range(count):
        number = next(_numbers)
        args = {"padding": PADDING, "account": number % ACCOUNTS, "number": number}
        accepted(bus.submit("mark_add_keyed", args))
