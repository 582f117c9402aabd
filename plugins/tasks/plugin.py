"""The plugin object that contracts, handlers, tables and migrations of the domain hang on."""

from typing import TYPE_CHECKING

from bus.plugin import Plugin
from contracts.tasks import v1

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = (
    "checks",
    "creating",
    "crud",
    "editing",
    "history",
    "listing",
    "notes",
    "of_clients",
    "scheduling",
)


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.tasks.tables import all_tables  # no start needs them

    return all_tables()


tasks = Plugin(
    "tasks",
    contracts=[*v1.MODULES],
    modules=[f"plugins.tasks.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.tasks.migrations",
    heads=("tasks_0001",),
    # Two of these ask tasks in turn, which they cannot say: plugins do not require each other in a circle.
    requires=("identity", "clients", "calendar", "sync"),
)
