"""Answers ``sync_retry_operation`` and ``sync_drop_operation``: an operator decides on what was given up.

An abandoned operation holds up its entity and all that depends on it, until one of the two is called.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete

from bus.context import Context
from contracts.sync.rows import ABANDONED, PENDING
from contracts.sync.v1 import operations
from plugins.sync.plugin import sync
from plugins.sync.rows import view
from plugins.sync.settling import change, hold, require
from plugins.sync.tables import queue

_DROP = delete(queue).where(queue.c.id == bindparam("of_id"))


@sync.handles(operations.SyncRetryOperation)
def sync_retry_operation(ctx: Context, operation_id: int) -> dict[str, Any]:
    """As new, but for its place and its last error; the remote gets it under the same key."""
    row = hold(ctx.db, operation_id)
    require(row, ABANDONED, ctx.now_ms)
    return change(ctx.db, row, ctx.now_ms, status=PENDING, retry_count=0, next_retry_at=None)


@sync.handles(operations.SyncDropOperation)
def sync_drop_operation(ctx: Context, operation_id: int) -> dict[str, Any]:
    """Its row is gone; the log says who took it out, and what it was about."""
    row = hold(ctx.db, operation_id)
    require(row, ABANDONED, ctx.now_ms)
    ctx.db.execute(_DROP, {"of_id": operation_id})
    about = {name: row[name] for name in ("operation_type", "entity_type", "entity_id")}
    ctx.log.warning("sync_operation_dropped", operation_id=operation_id, dropped_by=ctx.principal.id, **about)
    return view(row, ctx.now_ms)
