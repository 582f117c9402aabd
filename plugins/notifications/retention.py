"""Answers ``notification_forget``: what was read is kept for as long as the settings say; what is unread stays."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, select

from bus import Db
from bus.context import Context
from contracts.notifications.v1.within import NotificationForget
from plugins.notifications.plugin import notifications as plugin
from plugins.notifications.tables import inbox

DAY_MS = 86_400_000
#: Rows deleted in one unit of work: others want to write, too.
BATCH = 1_000

_OLD = (
    select(inbox.c.seq)
    .where(inbox.c.read_at.is_not(None), inbox.c.read_at < bindparam("before", type_=BigInteger))
    .limit(bindparam("most", type_=BigInteger))
)
_FORGET = delete(inbox).where(inbox.c.seq.in_(_OLD))


@plugin.handles(NotificationForget)
def notification_forget(ctx: Context) -> dict[str, Any]:
    """How many were too old."""
    asked = {"before": ctx.now_ms - plugin.configured().keep_read_days * DAY_MS, "most": BATCH}

    def forget(db: Db) -> int:
        return db.execute(_FORGET, asked).rowcount

    deleted = 0
    for number in itertools.count(1):
        ctx.checkpoint()
        gone: int = ctx.unit(f"batch-{number}", forget)
        deleted += gone
        if gone < asked["most"]:
            break
    return {"deleted_count": deleted}
