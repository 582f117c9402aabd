"""The plugin object that contracts, handlers, tables, migrations and hooks of the domain hang on."""

from bus.plugin import Plugin
from contracts.identity import v1
from plugins.identity.tables import metadata

identity = Plugin(
    "identity",
    contracts=[*v1.MODULES],
    tables=metadata,
    migrations="plugins.identity.migrations",
    heads=("identity_0001",),
)
