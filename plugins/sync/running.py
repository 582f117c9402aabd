"""Answers ``sync_now`` and ``sync_run``: runs of the queue against the remote.

Not here: one batch of a run (pushing.py), the schedule that queues ``sync_run`` (plugin.py).
"""

from __future__ import annotations

import itertools
from time import monotonic
from typing import Any

from bus.context import Context
from contracts.sync.errors import SyncUnavailable
from contracts.sync.v1 import service
from plugins.sync import state
from plugins.sync.claiming import NEVER_LATE
from plugins.sync.plugin import sync
from plugins.sync.pushing import BATCH, Tally, push_batch

#: A background run begins no further batch after so many seconds: the next run is due.
RUN_S = 25.0


@sync.handles(service.SyncNow)
def sync_now(ctx: Context) -> dict[str, Any]:
    """One batch, whether it rests after a failure or not."""
    push = ctx.remote(sync.name)
    if push is None:
        raise SyncUnavailable(why="No remote is configured.")
    tally, begun = Tally(), monotonic()
    push_batch(ctx, push, "batch-1", tally, NEVER_LATE)
    _remember(ctx, tally)
    if tally.is_reached is False and not tally.processed:
        raise SyncUnavailable(why="The remote cannot be reached.")
    return _answer(tally, begun)


@sync.handles(service.SyncRun)
def sync_run(ctx: Context) -> dict[str, Any]:
    """Batch after batch of what is due, while there is any."""
    push = ctx.remote(sync.name)
    tally, begun = Tally(), monotonic()
    if push is None or not ctx.unit("is-running", state.is_running):
        return _answer(tally, begun)
    for number in itertools.count(1):
        count = push_batch(ctx, push, f"batch-{number}", tally, ctx.now_ms)
        if count < BATCH or tally.is_reached is False or monotonic() - begun > RUN_S:
            break
    _remember(ctx, tally)
    return _answer(tally, begun)


def _remember(ctx: Context, tally: Tally) -> None:
    ctx.unit("remember", lambda db: state.remember(db, tally, ctx.now_ms))


def _answer(tally: Tally, begun: float) -> dict[str, Any]:
    return {
        "processed_operations": tally.processed,
        "successful_operations": tally.successful,
        "failed_operations": tally.failed,
        "duration_ms": int((monotonic() - begun) * 1_000),
        "errors": tally.errors,
    }
