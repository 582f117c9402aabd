"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.interventions import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("ending", "listing", "pausing", "starting", "stepping", "within")


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.interventions.tables import all_tables  # no start needs them

    return all_tables()


interventions = Plugin(
    "interventions",
    contracts=COMMANDS,
    modules=[f"plugins.interventions.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.interventions.migrations",
    heads=("interventions_0001",),
    # It asks the plugin tasks as well, which requires this one: plugins do not require each other in a circle.
    requires=("identity",),
)
