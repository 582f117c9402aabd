"""Timing calls of one process: contenders take turns in slices of a millisecond, and the median slice counts.

Slices are equally long for everybody: on a busy machine a longer one would more often hold the time in which another
process had the processor. What happens in few slices (a checkpoint of SQLite's log, a collection of garbage) falls
out for everybody alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import repeat
from statistics import median

from benchmarks.stage import Stage

#: Slices of each contender in one round of a serious run, and how long one takes.
SLICES, SLICE_US = 100, 1_000
#: Calls before the clock starts: what is done once, at the first call, is not asked for here.
WARM_UP_CALLS = 20


def take_turns(stage: Stage, contenders: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Microseconds a call of each contender, measured side by side."""
    counts = {name: _calls_a_slice(work) for name, work in contenders.items()}
    slices: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for turn in range(stage.times(SLICES, least=3)):
        first = turn % len(names)
        for name in names[first:] + names[:first]:  # nobody always comes after the same one
            slices[name].append(microseconds(contenders[name], counts[name]))
    return {name: median(values) for name, values in slices.items()}


def microseconds(work: Callable[[], object], count: int) -> float:
    """Mean microseconds of ``count`` calls."""
    started = time.perf_counter()
    for _ in repeat(None, count):
        work()
    return (time.perf_counter() - started) / count * 1e6


def _calls_a_slice(work: Callable[[], object]) -> int:
    """How many calls fill a slice."""
    microseconds(work, WARM_UP_CALLS)
    return max(1, round(SLICE_US / median(microseconds(work, 5) for _ in range(9))))
