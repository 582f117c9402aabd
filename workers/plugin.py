"""The plugin "workers": the embedded queue and the command ``bus worker``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus.errors import SetupError
from bus.plugin import Plugin

if TYPE_CHECKING:
    import click

    from bus.database import Database
    from bus.jobs.port import QueueProvider

workers = Plugin("workers")


@workers.hook
def bus_queue(database: Database, broker_url: str | None) -> QueueProvider:
    """The embedded queue: the job table itself."""
    if broker_url is not None:
        raise SetupError(
            f"no plugin knows the broker {broker_url.partition(':')[0]!r}; "
            "leave BUS_BROKER_URL out for the embedded queue"
        )
    from workers.bells import bell_for  # only a bus that opens needs it

    return bell_for(database)


@workers.hook
def bus_cli(group: click.Group) -> None:
    """``bus worker``."""
    from workers.cli import worker

    group.add_command(worker)
