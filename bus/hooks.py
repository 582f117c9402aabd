"""The hooks a plugin may implement. Hooks register things; handlers are never called through a hook.

A plugin implements a hook with ``@plugin.hook`` (bus/plugin.py) on a function of the hook's name, taking any of the
arguments below. All hooks are optional. A hook that nobody implements costs a call nothing: the bus takes the
functions out once, when it opens.

Source: pluggy, "Writing plugins" (hook specifications, opt-in arguments, first result).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click

    from bus.application import Bus
    from bus.database import Database
    from bus.envelope import Envelope, Peer, Request
    from bus.errors import BusError
    from bus.jobs.port import QueueProvider
    from bus.jobs.processes import WorkerProcess
    from bus.principal import Principal
    from bus.schedules.declared import Schedule
    from bus.settings import Settings

PROJECT = "bus"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def bus_start(bus: Bus) -> None:
    """Called once after the bus has opened; an exception stops the start."""


@hookspec
def bus_stop(bus: Bus) -> None:
    """Called once before the bus closes; an exception is logged and closing goes on."""


@hookspec
def bus_around_command(request: Request, proceed: Callable[[Request], Envelope]) -> Envelope:
    """Wrap every call: call ``proceed(request)`` once and answer its envelope, or answer without calling it.

    The request has its correlation id, and no token among its arguments; those of a secret command are still secret. A
    queued command is wrapped when it is accepted, not when a worker runs it.
    """
    raise NotImplementedError


@hookspec
def bus_after_command(request: Request, envelope: Envelope) -> None:
    """See every answer to a call, after its commit. Exceptions are logged and change nothing."""


@hookspec
def bus_event(name: str, payload: dict[str, Any]) -> None:
    """See every domain event after the commit that emitted it, at best: a crash right then loses it.

    What must not be lost is subscribed: ``Plugin(subscriptions={...})``.
    """


@hookspec
def bus_schedules() -> Iterable[Schedule]:
    """Declare commands that are queued again and again; asked whenever a scheduler starts (``bus scheduler``).

    What is no longer declared is removed, an operator's pause stays. A wrong declaration stops the scheduler's start.
    """
    raise NotImplementedError


@hookspec
def bus_refused(
    error: BusError,
    command: str,
    principal: Principal,
    correlation_id: str,
    peer: Peer | None,
    database: Database,
    now_ms: int,
) -> None:
    """See every call and every job that was FORBIDDEN or RATE_LIMITED, once nothing of it is left; for records of it.

    Exceptions are logged and change nothing. No transaction is open: ``database.writer().transaction()`` begins one.
    """


@hookspec(firstresult=True)
def bus_authenticate(token: str, database: Database, now_ms: int) -> Principal | None:
    """Name the principal of a live session token; None when this plugin does not know it. The first result wins.

    The token is text as a caller sent it, of up to 4,096 characters. ``now_ms``: the bus's clock, epoch milliseconds.
    """


@hookspec(firstresult=True)
def bus_principal(principal_id: str, database: Database, now_ms: int) -> Principal | None:
    """Judge a stored principal anew before its queued command runs; None when it may no longer act."""


@hookspec(firstresult=True)
def bus_remote(name: str) -> Callable[[dict[str, Any]], None] | None:
    """Provide the far side that handlers ask for with ``ctx.remote(name)``: a function that takes what is pushed there.

    It raises when the far side did not take it: ``ConnectionError`` when nobody could be reached and nothing was sent,
    anything else when it was tried. Asked whenever it is needed; None: not by this plugin. The first result wins.
    """


@hookspec(firstresult=True)
def bus_queue(database: Database, broker_url: str | None, settings: Settings) -> QueueProvider | None:
    """Provide the queue for a broker URL (None: the embedded one). The first result wins."""


@hookspec
def bus_workers(database: Database) -> Iterable[WorkerProcess]:
    """Name the worker processes that live on this host and work on this database."""
    raise NotImplementedError


@hookspec
def bus_cli(group: click.Group) -> None:
    """Add commands to the command line."""
