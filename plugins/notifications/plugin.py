"""The plugin object that contracts, handlers, tables, migrations, subscriptions and hooks of the domain hang on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus import Schedule
from bus.plugin import Plugin
from contracts.notifications import COMMANDS
from contracts.notifications.kinds import KINDS
from plugins.notifications.settings import NotificationSettings

if TYPE_CHECKING:
    from sqlalchemy import MetaData

#: Those that answer commands.
MODULES = ("hearing", "inbox", "preferences", "retention")


def _tables() -> MetaData:
    """The tables as migrations make them."""
    from plugins.notifications.tables import all_tables  # no start needs them

    return all_tables()


notifications = Plugin(
    "notifications",
    contracts=COMMANDS,
    modules=[f"plugins.notifications.{name}" for name in MODULES],
    tables=_tables,
    migrations="plugins.notifications.migrations",
    heads=("notifications_0001",),
    settings=NotificationSettings,
    subscriptions=dict.fromkeys(KINDS, "notification_hear"),
    requires=("identity",),
)


@notifications.hook
def bus_schedules() -> list[Schedule]:
    """Forget what was read long ago once a day, when workshops sleep."""
    return [Schedule("notifications.forget", "notification_forget", "27 3 * * *")]
