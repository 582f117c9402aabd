"""How much longer does a claim take when a million jobs wait and ten million have ended, after an hour of work?

Repeat: python -m benchmarks --only full_tables --rounds 1 (hours; --quick: a tenth of the rows and of the work)

On PostgreSQL, and on SQLite with a million ended ones and ten minutes. One process publishes 20 jobs, claims them and
ends them, again and again; PostgreSQL's autovacuum runs meanwhile. Measured: the last claims, against the same work on
tables that hold nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.domain import opened
from benchmarks.filling import fill
from benchmarks.line import Line, at_most
from benchmarks.questions.queue_latency import quantile
from benchmarks.questions.queue_live import submit_together
from benchmarks.stage import Stage
from bus import Bus
from bus.jobs.claiming import Claimed, Claims, Ending
from bus.jobs.states import GROUP_LANE, UNIT_LANE, JobState
from workers.turns import groupable_of

UNIT = "ms"
LINES = (
    Line("PostgreSQL, claim, p95", "PostgreSQL, empty tables, p95", must=at_most(1.5), aim=at_most(1.2)),
    Line("SQLite, claim, p95", "SQLite, empty tables, p95", must=at_most(1.5), aim=at_most(1.2)),
)
WAITING = 1_000_000
#: Ended jobs, and seconds of work, by database.
SIZES = {"PostgreSQL": (10_000_000, 3_600), "SQLite": (1_000_000, 600)}
#: Claims of the measured end, and jobs of each.
CLAIMS, TOGETHER = 1_000, 20


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    figures: dict[str, float] = {}
    for name, (ended, work_s) in SIZES.items():
        for kind in ("claim, p95", "empty tables, p95"):  # one soon after the other: the machine may change in an hour
            is_full = kind == "claim, p95"
            with database(stage, name, kind) as url, opened(url) as bus:
                if is_full:
                    fill(bus, stage.times(WAITING), "waiting")
                    fill(bus, stage.times(ended), "ended")
                churn(bus, stage.share * (work_s if is_full else 5))
                figures[f"{name}, {kind}"] = quantile(sorted(churn(bus, 0, stage.times(CLAIMS, least=5))), 0.95)
    return figures


@contextmanager
def database(stage: Stage, name: str, kind: str) -> Iterator[str]:
    """The URL of an empty one."""
    if name == "SQLite":
        yield f"sqlite:///{stage.folder}/{len(kind)}.sqlite"
        return
    with stage.postgresql().database() as url:
        yield url


def churn(bus: Bus, work_s: float, claims: int = 0) -> list[float]:
    """Publish, claim and end jobs for so long, or so often; milliseconds of each claim."""
    mine = Claims(bus.database, "bench", bus.known_contracts, bus.settings.lease_ms, groupable_of(bus))
    lane = UNIT_LANE if bus.database.dialect.groups_jobs else GROUP_LANE
    end, taken = time.monotonic() + work_s, list[float]()
    while time.monotonic() < end or len(taken) < claims:
        submit_together(bus, 100)
        taken.extend(claim_and_end(bus, mine, lane) for _ in range(100 // TOGETHER))
    return taken


def claim_and_end(bus: Bus, mine: Claims, lane: int) -> float:
    """Milliseconds of a claim; its jobs are ended in a transaction of their own."""
    with bus.database.writer().transaction() as kept:
        began = time.perf_counter()
        jobs = mine.claim(kept, "default", lane, TOGETHER, fresh=True)
        took_ms = (time.perf_counter() - began) * 1000
    if len(jobs) != TOGETHER:
        raise RuntimeError(f"{TOGETHER} jobs were due, but {len(jobs)} were claimed")
    with bus.database.writer().transaction() as kept:
        mine.finish(kept, [ended(job) for job in jobs])
    return took_ms


def ended(job: Claimed) -> Ending:
    """That a job has done well."""
    return Ending(JobState.SUCCEEDED, "{}", job, job.lane)
