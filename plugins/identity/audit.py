"""What is kept on record: one event for everything that matters to an account's safety, written with the change.

Events tell who, whose and why; never a password, a code, a token or a hash of one. An email that nobody has appears as
the keyed hash that counts its failures.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, NamedTuple

import uuid_utils
from sqlalchemy import insert

from bus import Db, wire
from bus.context import Context
from bus.envelope import Peer
from bus.errors import BusError, RateLimited
from bus.principal import ANONYMOUS, Principal
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
#: Characters kept of what a peer calls its program.
_MAX_AGENT = 500


def record(
    ctx: Context,
    event_type: str,
    *,
    user_id: str | None = None,
    target_user_id: str | None = None,
    session_id: str | None = None,
    **details: Any,
) -> None:
    """Write an event in the open unit of work, and an alert if it is critical.

    Args:
        ctx: of the command.
        event_type: one of the specification's words.
        user_id: who acted, or was tried.
        target_user_id: whose account was changed.
        session_id: which session it is about.
        details: what else there is to know; nothing secret.
    """
    call = _Call(ctx.command.name, ctx.correlation_id, ctx.peer, ctx.now_ms)
    about = {"user_id": user_id, "target_user_id": target_user_id, "session_id": session_id}
    _write(ctx.db, call, event_type, about, details)


def record_refusal(
    error: BusError,
    command: str,
    principal: Principal,
    correlation_id: str,
    peer: Peer | None,
    database: Any,
    now_ms: int,
) -> None:
    """Write an event about a call that was not allowed, in a transaction of its own."""
    is_rate = isinstance(error, RateLimited)
    event_type = "rate_limit_exceeded" if is_rate else "authorization_failure"
    known = None if principal == ANONYMOUS else principal.id
    about = {"user_id": known, "session_id": getattr(principal, "session_id", None), "mitigated": is_rate}
    with database.writer().transaction() as kept:
        _write(kept.db, _Call(command, correlation_id, peer, now_ms), event_type, about, {})


class _Call(NamedTuple):
    """The call that an event happened in."""

    command: str
    correlation_id: str
    peer: Peer | None
    now_ms: int


def columns_of(peer: Peer | None) -> dict[str, str | None]:
    """What is kept of whoever called over the network."""
    if peer is None:
        return {"ip_address": None, "user_agent": None}
    return {"ip_address": peer.address, "user_agent": peer.user_agent and peer.user_agent[:_MAX_AGENT]}


def _write(db: Db, call: _Call, event_type: str, about: dict[str, Any], details: dict[str, Any]) -> None:
    event = {
        "id": str(uuid_utils.uuid7()),
        "event_type": event_type,
        "severity": SEVERITIES.get(event_type, "low"),
        "timestamp": call.now_ms,
        **about,
        **columns_of(call.peer),
        "correlation_id": call.correlation_id,
        "details": wire.encode(details).decode(),
        "source": call.command,
    }
    db.execute(_INSERT, event)
    if event_type in ALERTS:
        _alert(db, event)


def _alert(db: Db, event: dict[str, Any]) -> None:
    title, description = ALERTS[event["event_type"]]
    db.execute(
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
