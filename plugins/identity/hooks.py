"""What the bus asks and tells this domain. What the answers need is imported by the first question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus import Schedule
from bus.envelope import Peer
from bus.errors import BusError
from bus.principal import Principal
from plugins.identity.plugin import identity

if TYPE_CHECKING:
    import click


@identity.hook
def bus_authenticate(token: str, database: Any, now_ms: int) -> Principal | None:
    """The principal of a live session token, or of the key of a service account."""
    from plugins.identity import authentication, service_principals, tokens

    principal = None
    if token.startswith(tokens.KEY_PREFIX):
        principal = service_principals.of_key(token, database, now_ms)
    return principal or authentication.of_token(token, database, now_ms)


@identity.hook
def bus_principal(principal_id: str, database: Any, now_ms: int) -> Principal | None:
    """The user or service account as it is by now."""
    from plugins.identity import authentication, service_principals, tokens

    if tokens.is_service(principal_id):
        return service_principals.of_id(principal_id, database, now_ms)
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


@identity.hook
def bus_cli(group: click.Group) -> None:
    """Add ``bus user``."""
    from plugins.identity.cli import user

    group.add_command(user)
