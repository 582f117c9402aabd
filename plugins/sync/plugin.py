"""The plugin object that contracts, handlers, tables, migrations and hooks of the domain hang on.

The remote is whatever a plugin answers to the hook ``bus_remote`` under the name of this one. The one answered here
pushes over HTTP, where ``BUS_SYNC_URL`` is set.

Not here: the push (http_remote.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bus import Schedule
from bus.plugin import Plugin
from contracts.sync import COMMANDS
from plugins.sync.settings import SyncSettings

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("abandoned", "cleanup", "claiming", "enqueuing", "reading", "running", "service", "settling", "standing")
#: Seconds 0 and 30 of every minute.
EVERY_HALF_MINUTE = "*/30 * * * * *"


def _tables() -> MetaData:
    from plugins.sync.tables import metadata  # no start needs them

    return metadata


sync = Plugin(
    "sync",
    contracts=COMMANDS,
    modules=[f"plugins.sync.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.sync.migrations",
    heads=("sync_0001",),
    settings=SyncSettings,
)


@sync.hook
def bus_schedules() -> list[Schedule]:
    """The background service: it looks at its flag, and does nothing while that is not set."""
    return [Schedule("sync.background", "sync_run", EVERY_HALF_MINUTE, missed="skip")]


@sync.hook
def bus_remote(name: str) -> Callable[[dict[str, Any]], None] | None:
    """Push over HTTP, where an address is set."""
    if name != sync.name:
        return None
    configured: SyncSettings = sync.configured()
    if configured.address is None:
        return None
    from plugins.sync.http_remote import HttpRemote  # TLS takes longer to load than most starts

    return HttpRemote(configured.address, configured.token, configured.timeout_ms).sync_push
