"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.clients import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("crud", "csv_export", "csv_import", "listing", "within", "writing")


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.clients.tables import all_tables  # no start needs them

    return all_tables()


clients = Plugin(
    "clients",
    contracts=COMMANDS,
    modules=[f"plugins.clients.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.clients.migrations",
    heads=("clients_0001",),
    # It asks the plugin tasks as well, which requires this one: plugins do not require each other in a circle.
    requires=("identity",),
)
