"""How late do jobs run, and what do workers hold, while a million others wait for their time?

Repeat: python -m benchmarks --only delayed

SQLite and two worker processes. A million jobs are not due for a day; meanwhile jobs are published whose delays end at
random within ten seconds. How late: the moment at which a job runs after that at which it should. Memory: that of
all workers together once the last has run, against that before there was any delayed job.
"""

from __future__ import annotations

import random

from benchmarks.domain import PADDING, accepted, marked, opened, wait_for_marks
from benchmarks.filling import fill
from benchmarks.line import Line, at_most
from benchmarks.programs import bus_workers
from benchmarks.questions.queue_latency import quantile
from benchmarks.questions.queue_live import BATCH, submit
from benchmarks.questions.worker_memory import rss
from benchmarks.stage import Stage
from bus import Bus

UNIT = "ms; MiB"
LATE, AFTER, BEFORE = "99 of 100 jobs late, ms", "memory of the workers, MiB", "before, MiB"
LINES = (
    Line("half of the jobs late, ms"),
    Line(LATE, must=at_most(2_000), aim=at_most(500)),
    Line(AFTER, BEFORE, must=at_most(1.1), aim=at_most(1.05)),
)
DELAYED, JOBS = 1_000_000, 1_000
#: Milliseconds until the first delay ends, and over which they end.
SPREAD_MS = 10_000


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    url = f"sqlite:///{stage.folder}/bus.sqlite"
    count = stage.times(JOBS)
    with opened(url) as bus, bus_workers(stage.folder, url) as workers:
        warm = stage.times(40, least=2)  # until every thread that works has worked
        for number in range(1, warm + 1):
            submit(bus, BATCH)
            wait_for_marks(bus, number * BATCH)
        before = sum(map(rss, workers))
        fill(bus, stage.times(DELAYED), "delayed")
        late = lateness(bus, count, stage.times(SPREAD_MS))
        return {
            "half of the jobs late, ms": quantile(late, 0.5),
            LATE: quantile(late, 0.99),
            AFTER: sum(map(rss, workers)),
            BEFORE: before,
        }


def lateness(bus: Bus, count: int, spread_ms: int) -> list[float]:
    """Milliseconds each job ran after its time, rising."""
    chance = random.Random(count)  # noqa: S311  # delays that repeat
    before, jobs = marked(bus), list[str]()
    for _ in range(count):
        answer = accepted(
            bus.submit("mark_add", {"padding": PADDING}, delay_ms=spread_ms + chance.randrange(spread_ms))
        )
        assert answer.job is not None
        jobs.append(answer.job["id"])
    with bus.database.reader().transaction(write=False) as kept:
        due = {job: kept.raw.execute("SELECT run_at FROM bus_job WHERE id=?", (job,)).fetchone()[0] for job in jobs}
    wait_for_marks(bus, before + count)
    with bus.database.reader().transaction(write=False) as kept:
        ran = dict(kept.raw.execute("SELECT job, at FROM bench_mark").fetchall())
    return sorted(ran[job] * 1000 - due[job] for job in jobs)
