"""Answers ``get_security_alerts``, ``acknowledge_security_alert`` and ``resolve_security_alert``.

Who was first stays on record: acknowledging or resolving again changes nothing.

Not here: what raises an alert (audit.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bus import wire
from bus.context import Context
from contracts.identity.v1 import events as contracts
from contracts.workshop.errors import NotFound
from plugins.identity.moments import iso_text
from plugins.identity.plugin import identity
from plugins.identity.tables import security_alerts

_IS_THIS = security_alerts.c.id == bindparam("of_alert")
_HOLD = select(security_alerts).where(_IS_THIS).with_for_update()
_WRITE = update(security_alerts).where(_IS_THIS)
_OPEN = (
    select(security_alerts)
    .where(security_alerts.c.resolved_at.is_(None))
    .order_by(security_alerts.c.timestamp.desc(), security_alerts.c.id.desc())
)


@identity.handles(contracts.GetSecurityAlerts)
def get_security_alerts(ctx: Context) -> dict[str, Any]:
    """All that wait for an admin."""
    items = [_view(row) for row in ctx.db.execute(_OPEN)]
    return {"items": items, "total_count": len(items)}


@identity.handles(contracts.AcknowledgeSecurityAlert)
def acknowledge_security_alert(ctx: Context, alert_id: str) -> dict[str, Any]:
    """Somebody has seen it."""
    if _hold(ctx, alert_id).acknowledged_at is None:
        _write(ctx, alert_id, acknowledged_at=ctx.now_ms, acknowledged_by=ctx.principal.id)
    return _view(_hold(ctx, alert_id))


@identity.handles(contracts.ResolveSecurityAlert)
def resolve_security_alert(ctx: Context, alert_id: str, actions_taken: list[str]) -> dict[str, Any]:
    """Something was done about it."""
    if _hold(ctx, alert_id).resolved_at is None:
        _write(ctx, alert_id, resolved_at=ctx.now_ms, actions_taken=wire.encode(actions_taken).decode())
    return _view(_hold(ctx, alert_id))


def _hold(ctx: Context, alert_id: str) -> Row[Any]:
    row = ctx.db.execute(_HOLD, {"of_alert": alert_id}).one_or_none()
    if row is None:
        raise NotFound("alert", alert_id)
    return row


def _write(ctx: Context, alert_id: str, **values: Any) -> None:
    ctx.db.execute(_WRITE.values(**values), {"of_alert": alert_id})


def _view(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "event_id": row.event_id,
        "title": row.title,
        "description": row.description,
        "severity": row.severity,
        "timestamp": iso_text(row.timestamp),
        "acknowledged": row.acknowledged_at is not None,
        "acknowledged_by": row.acknowledged_by,
        "acknowledged_at": None if row.acknowledged_at is None else iso_text(row.acknowledged_at),
        "resolved": row.resolved_at is not None,
        "resolved_at": None if row.resolved_at is None else iso_text(row.resolved_at),
        "actions_taken": wire.decode_stored(row.actions_taken),
    }
