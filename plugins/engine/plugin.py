"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.engine import COMMANDS

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands, one a noun, in the order in which a client comes to need them.
MODULES = ("projects", "sessions", "tasks", "skills", "efforts", "phases", "agents", "messages", "fleet")


def _tables() -> "MetaData":
    from plugins.engine.tables import all_tables  # no start needs them

    return all_tables()


engine = Plugin(
    "engine",
    contracts=COMMANDS,
    modules=[f"plugins.engine.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.engine.migrations",
    heads=("engine_0001",),
)
