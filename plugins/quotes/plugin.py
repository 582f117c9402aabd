"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus import Schedule
from bus.plugin import Plugin
from contracts.quotes import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("expiring", "exporting", "items", "listing", "moving", "writing")


def _tables() -> MetaData:
    """The tables as migrations make them."""
    from plugins.quotes.tables import all_tables  # no start needs them

    return all_tables()


quotes = Plugin(
    "quotes",
    contracts=COMMANDS,
    modules=[f"plugins.quotes.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.quotes.migrations",
    heads=("quotes_0001",),
    requires=("clients", "tasks", "inventory"),
)


@quotes.hook
def bus_schedules() -> list[Schedule]:
    """Store what has expired; answers know it anyway."""
    return [Schedule("quotes.expire", "quote_expire", "*/10 * * * *", missed="skip")]
