"""What is fired when a schedule is found due: the tick of just now, and what its policy says of those missed."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import NamedTuple

from bus.schedules.declared import ALL, ONCE, SKIP
from bus.schedules.ticks import Timetable

#: A tick found so many milliseconds late at most is not missed: schedulers restart, databases are busy for a moment.
ON_TIME_MS = 10_000
#: Jobs that one look makes of a schedule's missed ticks at most: the newest ones.
MOST = 1_000
#: Left-out ticks are counted up to here, for the log.
MOST_COUNTED = 100_000


class Plan(NamedTuple):
    """What one look at a due schedule does."""

    #: The ticks that get a job each, rising.
    ticks: list[int]
    #: When the schedule is due again.
    next_at: int
    #: Ticks that get none, as far as they are counted.
    left_out: int


def plan(timetable: Timetable, next_at: int, now: int, missed: str) -> Plan:
    """What is to be fired.

    Args:
        timetable: when the schedule is due.
        next_at: the first tick that was not seen to; not later than ``now``.
        now: epoch milliseconds.
        missed: ``skip``, ``once`` or ``all``.
    """
    # None, where the rules of a zone have changed since: what was announced is kept.
    ticks = timetable.latest(next_at, now, MOST if missed == ALL else 1) or [next_at]
    if missed == SKIP and now - ticks[-1] > ON_TIME_MS:
        ticks = []
    return Plan(ticks, timetable.next(now), _left_out(timetable, next_at, now, len(ticks), missed))


def _left_out(timetable: Timetable, next_at: int, now: int, fired: int, missed: str) -> int:
    if missed == ONCE or (missed == ALL and fired < MOST):
        return 0
    seen = takewhile(lambda tick: tick <= now, timetable.after(next_at - 1))
    return max(0, sum(1 for _ in islice(seen, MOST_COUNTED)) - fired)
