"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.lazynote import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = (
    "calendar",
    "entry",
    "entry_line",
    "notes",
    "search.rebuild",
    "search.searching",
    "sections",
    "status",
    "tags",
    "workspace.deletion",
    "workspace.explorer",
    "workspace.large_deletion",
    "workspace.tree",
)


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.lazynote.search.tables import all_tables  # no start needs them
    from plugins.lazynote.tables import describe_indexes_of_times

    describe_indexes_of_times()
    return all_tables()


lazynote = Plugin(
    "lazynote",
    contracts=COMMANDS,
    modules=[f"plugins.lazynote.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.lazynote.migrations",
    heads=("lazynote_0002",),
)
