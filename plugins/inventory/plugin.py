"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.inventory import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("consuming", "histories", "listing", "overview", "stock", "used", "within", "writing")


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.inventory.tables import all_tables  # no start needs them

    return all_tables()


inventory = Plugin(
    "inventory",
    contracts=COMMANDS,
    modules=[f"plugins.inventory.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.inventory.migrations",
    heads=("inventory_0001",),
    requires=("identity", "interventions"),
)
