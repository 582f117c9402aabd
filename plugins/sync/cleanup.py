"""Answers ``sync_cleanup_old_operations``: a page at a time, so that others write in between."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import text

from bus import Db
from bus.context import Context
from contracts.sync.v1 import service
from plugins.sync.plugin import sync

DAY_MS = 86_400_000
PAGE_ROWS = 1_000

_DELETE = text(
    "DELETE FROM sync_queue WHERE id IN (SELECT id FROM sync_queue WHERE status = 'completed' AND updated_at <= :until "
    "ORDER BY updated_at LIMIT :most)"
)


@sync.handles(service.SyncCleanupOldOperations)
def sync_cleanup_old_operations(ctx: Context, days_old: int) -> dict[str, Any]:
    """What was completed so long ago is gone; what is unfinished stays, however old."""
    asked = {"until": ctx.now_ms - days_old * DAY_MS, "most": PAGE_ROWS}

    def delete_page(db: Db) -> int:
        return db.execute(_DELETE, asked).rowcount

    deleted = 0
    for page in itertools.count(1):
        ctx.checkpoint()
        count = ctx.unit(f"page-{page}", delete_page)
        if count == 0:
            break
        deleted += count
    return {"deleted_count": deleted}
