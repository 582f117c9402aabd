"""Answers ``sync_mark_completed`` and ``sync_mark_failed``: what became of an operation that somebody held.

Not here: how the runs of this bus come to know (pushing.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, update

from bus import Db
from bus.context import Context
from contracts.sync.errors import SyncInvalidState
from contracts.sync.rows import ABANDONED, COMPLETED, PENDING, PROCESSING
from contracts.sync.v1 import operations
from contracts.workshop.errors import NotFound
from plugins.sync.plugin import sync
from plugins.sync.rows import status_of, view
from plugins.sync.tables import queue

#: Longest rest after a failure; the first one is a second, each further one twice as long.
LONGEST_REST_S = 300

_HOLD = select(queue).where(queue.c.id == bindparam("of_id")).with_for_update()


@sync.handles(operations.SyncMarkCompleted)
def sync_mark_completed(ctx: Context, operation_id: int) -> dict[str, Any]:
    """The remote has it."""
    row = hold(ctx.db, operation_id)
    if row["status"] == COMPLETED:
        return view(row, ctx.now_ms)
    require(row, PROCESSING, ctx.now_ms)
    return complete(ctx.db, row, ctx.now_ms)


@sync.handles(operations.SyncMarkFailed)
def sync_mark_failed(ctx: Context, operation_id: int, error: str) -> dict[str, Any]:
    """It waits for its next try, or is abandoned."""
    row = hold(ctx.db, operation_id)
    require(row, PROCESSING, ctx.now_ms)
    return fail(ctx.db, row, error, ctx.now_ms)


def hold(db: Db, operation_id: int) -> Mapping[Any, Any]:
    """The row of an operation, which nobody else changes before the unit of work ends.

    Raises:
        NotFound: there is none.
    """
    row = db.execute(_HOLD, {"of_id": operation_id}).mappings().first()
    if row is None:
        raise NotFound("sync_operation", str(operation_id))
    return row


def require(row: Mapping[Any, Any], wanted: str, now_ms: int) -> None:
    """Go on if the operation has this status.

    Raises:
        SyncInvalidState: it has another one.
    """
    status = status_of(row, now_ms)
    if status != wanted:
        raise SyncInvalidState(row["id"], status, wanted)


def complete(db: Db, row: Mapping[Any, Any], now_ms: int) -> dict[str, Any]:
    """processing to completed."""
    return change(db, row, now_ms, status=COMPLETED, next_retry_at=None)


def fail(db: Db, row: Mapping[Any, Any], error: str, now_ms: int) -> dict[str, Any]:
    """processing to pending, or to abandoned after its last try."""
    tries = row["retry_count"] + 1
    if tries >= row["max_retries"]:
        return change(db, row, now_ms, status=ABANDONED, retry_count=tries, last_error=error, next_retry_at=None)
    rest_s = min(2 ** min(row["retry_count"], 20), LONGEST_REST_S)
    rest_until = now_ms + rest_s * 1_000
    return change(db, row, now_ms, status=PENDING, retry_count=tries, last_error=error, next_retry_at=rest_until)


def change(db: Db, row: Mapping[Any, Any], now_ms: int, **values: Any) -> dict[str, Any]:
    """Write these columns of a row that is held; nobody has a claim on it any more."""
    changed = {**values, "claimed_at": None, "updated_at": now_ms}
    db.execute(update(queue).where(queue.c.id == row["id"]).values(**changed))
    return view({**row, **changed}, now_ms)
