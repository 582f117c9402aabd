"""Where the claims of a lane go on: behind the last one, so that they need not pass over what was claimed before it.

An index of PostgreSQL keeps the entries of claimed jobs until the next vacuum. Beside ten million jobs that have ended
these are hundreds of thousands, and going over all of them takes ten times as long as the claim itself.

What becomes due in front of such a place meanwhile (it was committed late, or its key has let it go) waits for the next
claim from the beginning: when there is nothing behind the place, or when its time is over.

Not here: the statements (bus/jobs/picking.py).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bus.jobs.claiming import Claimed

#: A claim from the beginning is worth this many times what it took, and counts for so many seconds.
WORTH, LEAST_S, MOST_S = 100, 0.25, 1.0


class Place(NamedTuple):
    """Behind a job."""

    priority: int
    run_at: int
    id: str


class Places:
    """The places of one process; its threads share them: any of them is a good one."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], tuple[Place, float]] = {}

    def get(self, queue: str, lane: int) -> Place | None:
        """Where to go on; None: at the beginning."""
        place, until = self._made.get((queue, lane), (None, 0.0))
        return place if time.monotonic() < until else None

    def begin(self, job: Claimed, took_s: float) -> None:
        """Go on behind a job: the last one of a claim from the beginning, which took so many seconds."""
        counts_s = min(max(took_s * WORTH, LEAST_S), MOST_S)
        self._made[job.queue, job.lane] = behind(job), time.monotonic() + counts_s

    def move(self, job: Claimed) -> None:
        """Go on behind a job: the last one of a claim that went on itself."""
        _, until = self._made.get((job.queue, job.lane), (None, 0.0))
        self._made[job.queue, job.lane] = behind(job), until


def behind(job: Claimed) -> Place:
    """The place behind a job."""
    return Place(job.priority, job.run_at, job.id)
