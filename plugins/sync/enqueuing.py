"""Answers ``sync_enqueue``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, text

from bus import wire
from bus.context import Context
from contracts.sync.v1 import operations
from plugins.sync.plugin import sync
from plugins.sync.rows import view
from plugins.sync.tables import queue

_ADD = insert(queue).returning(*queue.c)
#: Ids are drawn before they can be seen: without this a later operation of an entity could be pushed before one whose
#: unit of work is still open. Held until the commit. The number keeps it apart from other locks of this kind.
_HOLD_ENTITY = text("SELECT pg_advisory_xact_lock(1937337955, hashtext(:entity))")


@sync.handles(operations.SyncEnqueue)
def sync_enqueue(
    ctx: Context,
    operation_type: str,
    entity_type: str,
    entity_id: str,
    data: dict[str, Any] | None,
    dependencies: list[str] | None,
    max_retries: int | None,
    timestamp_utc: int | None,
) -> dict[str, Any]:
    """It waits after all that were put in before it for its entity."""
    now_ms = ctx.now_ms
    if ctx.db.dialect == "postgresql":
        ctx.db.execute(_HOLD_ENTITY, {"entity": f"{entity_type}/{entity_id}"})
    values = {
        "operation_type": operation_type,
        "entity_type": entity_type,
        "entity_id": entity_id,
        "timestamp_utc": now_ms if timestamp_utc is None else timestamp_utc,
        "max_retries": max_retries or operations.DEFAULT_RETRIES,
        "user_id": ctx.principal.id,
        "created_at": now_ms,
        "updated_at": now_ms,
        "dependencies": wire.encode(dependencies or []).decode(),
        "data": wire.encode(data or {}).decode(),
    }
    return view(ctx.db.execute(_ADD, values).mappings().one(), now_ms)
