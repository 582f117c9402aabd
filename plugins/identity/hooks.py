"""What the bus asks and tells this domain. What the answers need is imported by the first question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bus import Schedule
from bus.envelope import Peer
from bus.errors import BusError
from bus.principal import Principal
from plugins.identity.plugin import identity


@identity.hook
def bus_authenticate(token: str, database: Any, now_ms: int) -> Principal | None:
    """The principal of a live session token."""
    from plugins.identity import authentication

    return authentication.of_token(token, database, now_ms)


@identity.hook
def bus_principal(principal_id: str, database: Any) -> Principal | None:
    """The user as they are by now."""
    from plugins.identity import authentication

    return authentication.of_id(principal_id, database)


@identity.hook
def bus_refused(
    error: BusError,
    command: str,
    principal: Principal,
    correlation_id: str,
    peer: Peer | None,
    database: Any,
    now_ms: int,
) -> None:
    """Put on record what a user was not allowed."""
    from plugins.identity import audit

    audit.record_refusal(error, command, principal, correlation_id, peer, database, now_ms)


@identity.hook
def bus_schedules() -> Iterable[Schedule]:
    """Forget old events once a day, when workshops sleep."""
    return [Schedule("identity-events", "security_events_forget", "17 3 * * *")]
