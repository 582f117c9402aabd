"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.calendar import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("events", "listing", "placing", "tasks")


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.calendar.tables import all_tables  # no start needs them

    return all_tables()


calendar = Plugin(
    "calendar",
    contracts=COMMANDS,
    modules=[f"plugins.calendar.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.calendar.migrations",
    heads=("calendar_0001",),
    # It asks the plugin tasks as well, which requires this one: plugins do not require each other in a circle.
    requires=("identity", "clients"),
)
