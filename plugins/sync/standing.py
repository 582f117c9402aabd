"""Answers ``sync_get_metrics`` and ``sync_get_status``: counted and read, now."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import func, select

from bus.context import Context
from contracts.sync.rows import ABANDONED, COMPLETED, FAILED, PENDING, PROCESSING
from contracts.sync.v1 import service
from plugins.sync import state
from plugins.sync.plugin import sync
from plugins.sync.rows import IS_LOST, lost_at
from plugins.sync.tables import queue

_STATUSES = (PENDING, PROCESSING, COMPLETED, FAILED, ABANDONED)
#: All of it stands in the index of turns.
COUNTS = select(queue.c.status, func.count(), func.min(queue.c.timestamp_utc)).group_by(queue.c.status)
_LOST = select(func.count(), func.min(queue.c.timestamp_utc)).where(IS_LOST)
_TRIES = select(func.avg(queue.c.retry_count)).where(queue.c.status == ABANDONED)


class Standing(NamedTuple):
    """How many operations there are of each status, and when the oldest one was made that waits."""

    counts: dict[str, int]
    oldest_pending: int | None


@sync.handles(service.SyncGetMetrics)
def sync_get_metrics(ctx: Context) -> dict[str, Any]:
    """Those whose claim is lost wait again."""
    now_ms = ctx.now_ms
    standing = _standing(ctx, now_ms)
    oldest, tries = standing.oldest_pending, ctx.db.scalar(_TRIES)
    return {
        **{f"{status}_operations": standing.counts.get(status, 0) for status in _STATUSES},
        "oldest_pending_age_seconds": None if oldest is None else max(0, (now_ms - oldest) // 1_000),
        "average_retry_count": 0.0 if tries is None else float(tries),
    }


@sync.handles(service.SyncGetStatus)
def sync_get_status(ctx: Context) -> dict[str, Any]:
    """The queue, the service, the remote."""
    counts = _standing(ctx, ctx.now_ms).counts
    last = state.last_run(ctx.db)
    return {
        "network_available": last["is_reached"] and ctx.remote(sync.name) is not None,
        "is_running": state.is_running(ctx.db),
        "is_syncing": counts.get(PROCESSING, 0) > 0,
        "workers": ctx.call("worker_count")["count"],
        "pending_operations": counts.get(PENDING, 0) + counts.get(PROCESSING, 0),
        "failed_operations": counts.get(ABANDONED, 0),
        "total_operations": sum(counts.values()),
        "last_sync_at": last["at"],
        "last_sync": last["at"],
        "errors": last["errors"],
    }


def _standing(ctx: Context, now_ms: int) -> Standing:
    rows: list[Any] = list(ctx.db.execute(COUNTS))
    counts = {status: count for status, count, _ in rows}
    oldest = [made_at for status, _, made_at in rows if status == PENDING]
    if counts.get(PROCESSING):
        row: Any = ctx.db.execute(_LOST, lost_at(now_ms)).one()
        lost, made_at = row
        counts[PROCESSING] -= lost
        counts[PENDING] = counts.get(PENDING, 0) + lost
        oldest += [made_at] if lost else []
    return Standing(counts, min(oldest, default=None))
