"""Answers ``security_events_forget``: records are kept for as long as the settings say, and no command removes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, select

from bus.context import Context
from contracts.identity.v1 import internal
from plugins.identity.plugin import identity
from plugins.identity.tables import security_alerts, security_events, user_sessions

DAY_MS = 24 * 3_600_000
#: Rows deleted in one unit of work: others want to write, too.
BATCH = 1_000

_BEFORE = bindparam("before", type_=BigInteger)
_OLD_EVENTS = select(security_events.c.number).where(security_events.c.timestamp < _BEFORE).limit(BATCH)
_FORGET_EVENTS = delete(security_events).where(security_events.c.number.in_(_OLD_EVENTS))
_FORGET_ALERTS = delete(security_alerts).where(
    security_alerts.c.timestamp < _BEFORE, security_alerts.c.resolved_at.is_not(None)
)
_OLD_SESSIONS = select(user_sessions.c.id).where(user_sessions.c.absolute_expires_at < _BEFORE).limit(BATCH)
_FORGET_SESSIONS = delete(user_sessions).where(user_sessions.c.id.in_(_OLD_SESSIONS))


@identity.handles(internal.SecurityEventsForget)
def security_events_forget(ctx: Context) -> dict[str, Any]:
    """How many events were too old."""
    now_ms = ctx.now_ms
    before = now_ms - identity.configured().keep_events_days * DAY_MS
    deleted = _in_batches(ctx, "events", _FORGET_EVENTS, before)
    ctx.unit("alerts", lambda db: db.execute(_FORGET_ALERTS, {"before": before}).rowcount)
    _in_batches(ctx, "sessions", _FORGET_SESSIONS, now_ms)
    return {"deleted_count": deleted}


def _in_batches(ctx: Context, what: str, statement: Any, before: int) -> int:
    total, n = 0, 0
    while True:
        gone: int = ctx.unit(f"{what} {n}", lambda db: db.execute(statement, {"before": before}).rowcount)
        total, n = total + gone, n + 1
        if gone < BATCH:
            return total
        ctx.checkpoint()
