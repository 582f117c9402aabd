"""Answers ``get_security_events`` and ``get_security_metrics``: what is on record, and how much of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select

from bus import wire
from bus.context import Context
from contracts.identity.v1 import events as contracts
from plugins.identity.moments import iso_text
from plugins.identity.plugin import identity
from plugins.identity.tables import auth_counters, security_alerts, security_events

LIMIT, MAX_LIMIT = 50, 200
HOUR_MS, DAY_MS = 3_600_000, 86_400_000

_NEWEST_FIRST = (security_events.c.timestamp.desc(), security_events.c.number.desc())


@identity.handles(contracts.GetSecurityEvents)
def get_security_events(
    ctx: Context,
    limit: int | None,
    offset: int | None,
    event_type: str | None,
    severity: str | None,
    user_id: str | None,
    event_correlation_id: str | None,
) -> dict[str, Any]:
    """One page, the newest events first."""
    wanted = {
        security_events.c.event_type: event_type,
        security_events.c.severity: severity,
        security_events.c.user_id: user_id,
        security_events.c.correlation_id: event_correlation_id,
    }
    conditions = [column == value for column, value in wanted.items() if value is not None]
    shown = min(MAX_LIMIT, max(1, LIMIT if limit is None else limit))
    page = select(security_events).where(*conditions).order_by(*_NEWEST_FIRST).limit(shown).offset(max(0, offset or 0))
    items = [_view(row) for row in ctx.db.execute(page).mappings()]
    return {"items": items, "total_count": _count(ctx, security_events.c.number, *conditions)}


@identity.handles(contracts.GetSecurityMetrics)
def get_security_metrics(ctx: Context) -> dict[str, Any]:
    """Counted from the tables, now."""
    now_ms = ctx.now_ms
    event, alert, counter = security_events.c, security_alerts.c, auth_counters.c
    is_today = event.timestamp >= now_ms - now_ms % DAY_MS
    is_locked = counter.locked_until > now_ms
    is_recent_failure = (event.event_type == "authentication_failure") & (event.timestamp > now_ms - HOUR_MS)
    return {
        "total_events_today": _count(ctx, event.number, is_today),
        "critical_alerts_today": _count(
            ctx, alert.id, alert.severity == "critical", alert.timestamp >= now_ms - now_ms % DAY_MS
        ),
        "active_brute_force_attempts": _count(ctx, counter.key, is_locked),
        "blocked_ips": _count(ctx, counter.key, is_locked, counter.key.startswith("ip:")),
        "failed_auth_attempts_last_hour": _count(ctx, event.number, is_recent_failure),
        "suspicious_activities_detected": _count(
            ctx, event.number, is_today, event.event_type == "refresh_token_reuse"
        ),
    }


def _count(ctx: Context, column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> int:
    return ctx.db.scalar(select(func.count(column)).where(*conditions))


def _view(row: RowMapping) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != "number"}
    return shown | {"timestamp": iso_text(row["timestamp"]), "details": wire.decode_stored(row["details"])}
