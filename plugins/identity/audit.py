"""What is kept on record: one event for everything that matters to an account's safety, written with the change.

Events tell who, whose and why; never a password, a code, a token or a hash of one. An email that nobody has appears as
the keyed hash that counts its failures.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import uuid_utils
from sqlalchemy import insert

from bus import wire
from bus.context import Context
from plugins.identity.tables import security_alerts, security_events

#: Events that are not ``low``.
SEVERITIES = MappingProxyType(
    {
        "authentication_failure": "medium",
        "account_locked": "high",
        "refresh_token_reuse": "critical",
        "authorization_failure": "medium",
    }
)
#: What an alert says about a critical event: title, description.
ALERTS = MappingProxyType(
    {
        "refresh_token_reuse": (
            "A refresh token was used twice",
            "Somebody presented a refresh token that had been exchanged; its session was ended.",
        )
    }
)

_INSERT = insert(security_events).inline()
_INSERT_ALERT = insert(security_alerts).inline()


def record(
    ctx: Context,
    event_type: str,
    *,
    user_id: str | None = None,
    target_user_id: str | None = None,
    session_id: str | None = None,
    **details: Any,
) -> None:
    """Write one event into the open unit of work; a critical one raises an alert.

    Args:
        ctx: of the command.
        event_type: one of the specification's words.
        user_id: who acted, or was tried.
        target_user_id: whose account was changed.
        session_id: which session it is about.
        details: what else there is to know; nothing secret.
    """
    event = {
        "id": str(uuid_utils.uuid7()),
        "event_type": event_type,
        "severity": SEVERITIES.get(event_type, "low"),
        "timestamp": ctx.now_ms,
        "user_id": user_id,
        "target_user_id": target_user_id,
        "session_id": session_id,
        "correlation_id": ctx.correlation_id,
        "details": wire.encode(details).decode(),
        "source": ctx.command.name,
    }
    ctx.db.execute(_INSERT, event)
    if event_type in ALERTS:
        _alert(ctx, event)


def _alert(ctx: Context, event: dict[str, Any]) -> None:
    title, description = ALERTS[event["event_type"]]
    ctx.db.execute(
        _INSERT_ALERT,
        {
            "id": str(uuid_utils.uuid7()),
            "event_id": event["id"],
            "title": title,
            "description": description,
            "severity": event["severity"],
            "timestamp": event["timestamp"],
            "actions_taken": "[]",
        },
    )
