"""What do keys, limits, rates and unique keys cost the jobs that have them?

Repeat: python -m benchmarks --only queue_limits

The jobs of ``queue_live``, published one by one and run at once by two worker processes on SQLite. With: each job
belongs to one of 1,000 accounts, two of which run at a time, has a unique key of its own, and is counted by a rate that
never holds it back. Without: a command of the same arguments that has none of this. In turns, for the table grows.
"""

from __future__ import annotations

import functools
import itertools
from statistics import harmonic_mean

from benchmarks.domain import PADDING, accepted, check_ledger, marked, opened, prepare, wait_for_marks
from benchmarks.line import Line, at_least
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_live import BATCH, JOBS, live
from benchmarks.stage import Stage
from bus import Bus

UNIT = "jobs/s"
WITH, WITHOUT = "with keys, limits, rates", "without"
LINES = (Line(WITH, WITHOUT, must=at_least(0.8), aim=at_least(0.9)),)
COMMANDS = {WITH: "mark_add_keyed", WITHOUT: "mark_add_numbered"}
ACCOUNTS = 1_000
_numbers = itertools.count(1)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    prepare(url)
    count = stage.times(JOBS // BATCH) * BATCH
    with opened(url) as bus, bus_workers(stage.folder, url):
        for command in COMMANDS.values():
            submit_numbered(bus, BATCH, command)
        wait_for_marks(bus, 2 * BATCH)
        rates: dict[str, list[float]] = {WITHOUT: [], WITH: []}
        for which in (WITHOUT, WITH, WITH, WITHOUT):
            publish = functools.partial(submit_numbered, bus, count, COMMANDS[which])
            rates[which].append(live(bus, count, publish))
        check_ledger(bus, marked(bus))
    return {which: harmonic_mean(of_half) for which, of_half in rates.items()}


def submit_numbered(bus: Bus, count: int, command: str) -> None:
    """Publish one by one, round the accounts."""
    for _ in range(count):
        number = next(_numbers)
        args = {"padding": PADDING, "account": number % ACCOUNTS, "number": number}
        accepted(bus.submit(command, args))
