"""The plugin object that contracts, handlers, tables, migrations and hooks of the domain hang on."""

from typing import TYPE_CHECKING

from bus import Schedule
from bus.plugin import Plugin
from contracts.tasks import COMMANDS
from plugins.tasks.settings import TaskSettings

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = (
    "checks",
    "creating",
    "crud",
    "csv_export",
    "csv_import",
    "editing",
    "following",
    "from_quotes",
    "history",
    "listing",
    "notes",
    "of_clients",
    "overdue",
    "scheduling",
)


def _tables() -> "MetaData":
    """The tables as migrations make them."""
    from plugins.tasks.tables import all_tables  # no start needs them

    return all_tables()


tasks = Plugin(
    "tasks",
    contracts=COMMANDS,
    modules=[f"plugins.tasks.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.tasks.migrations",
    heads=("tasks_0001",),
    settings=TaskSettings,
    # Three of these ask tasks in turn, which they cannot say: plugins do not require each other in a circle.
    requires=("identity", "clients", "calendar", "sync", "interventions"),
)


@tasks.hook
def bus_schedules() -> list[Schedule]:
    """Look once a day, when the day in UTC has begun, at what was not begun on the days before."""
    return [Schedule("tasks.overdue", "task_mark_overdue", "5 0 * * *")]
