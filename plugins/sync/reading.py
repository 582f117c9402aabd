"""Answers ``sync_get_operation`` and ``sync_get_operations_for_entity``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from bus.context import Context
from contracts.sync.v1 import operations
from contracts.workshop.errors import NotFound
from plugins.sync.plugin import sync
from plugins.sync.rows import view
from plugins.sync.tables import queue

_ONE = select(queue).where(queue.c.id == bindparam("operation"))
_OF_ENTITY = (
    select(queue)
    .where(queue.c.entity_type == bindparam("of_type"), queue.c.entity_id == bindparam("of_entity"))
    .order_by(queue.c.timestamp_utc.desc(), queue.c.id.desc())
)


@sync.handles(operations.SyncGetOperation)
def sync_get_operation(ctx: Context, operation_id: int) -> dict[str, Any]:
    """The operation as it is now."""
    row = ctx.db.execute(_ONE, {"operation": operation_id}).mappings().first()
    if row is None:
        raise NotFound("sync_operation", str(operation_id))
    return view(row, ctx.now_ms)


@sync.handles(operations.SyncGetOperationsForEntity)
def sync_get_operations_for_entity(ctx: Context, entity_id: str, entity_type: str) -> dict[str, Any]:
    """All of them, whatever became of them."""
    asked = {"of_entity": entity_id, "of_type": entity_type}
    items = [view(row, ctx.now_ms) for row in ctx.db.execute(_OF_ENTITY, asked).mappings()]
    return {"items": items, "total_count": len(items)}
