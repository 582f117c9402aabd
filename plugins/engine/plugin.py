"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from bus.plugin import Plugin
from contracts.engine import v1, v2
from plugins.engine.tables import all_tables

engine = Plugin(
    "engine",
    contracts=[*v1.MODULES, v2],
    tables=all_tables,
    migrations="plugins.engine.migrations",
    heads=("engine_0001",),
)
