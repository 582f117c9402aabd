"""Answers ``quote_expire``: a batch at a time, so that others write in between.

Nobody can tell: what is stored here, answers have said since the time was over, and nothing else of a quote changes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bus import Db
from bus.context import Context
from contracts.quotes.v1.within import QuoteExpire
from contracts.quotes.words import EXPIRED
from plugins.quotes.plugin import quotes as plugin
from plugins.quotes.states import over_at
from plugins.quotes.tables import quotes

BATCH = 500


@plugin.handles(QuoteExpire)
def quote_expire(ctx: Context) -> dict[str, Any]:
    """Every sent quote whose time was over by now is stored as expired."""
    now_ms = ctx.now_ms

    def expire_some(db: Db) -> int:
        # Whoever holds one is at work on it: it has its turn next time.
        due = select(quotes.c.id).where(over_at(now_ms)).limit(BATCH).with_for_update(skip_locked=True)
        return db.execute(update(quotes).where(quotes.c.id.in_(due)).values(status=EXPIRED)).rowcount

    expired = batches = 0
    count = BATCH
    while count == BATCH:
        ctx.checkpoint()
        batches += 1
        count = ctx.unit(f"batch-{batches}", expire_some)
        expired += count
    return {"expired_count": expired}
