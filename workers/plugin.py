"""The plugin "workers": the queue, embedded or with a broker that wakes, and the commands that run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus.errors import SetupError
from bus.plugin import Plugin

if TYPE_CHECKING:
    import click

    from bus.database import Database
    from bus.jobs.port import QueueProvider
    from bus.jobs.processes import WorkerProcess
    from bus.settings import Settings

workers = Plugin("workers")


@workers.hook
def bus_queue(database: Database, broker_url: str | None, settings: Settings) -> QueueProvider:
    """The queue is the job table; what the URL names wakes the workers."""
    from workers.bells import bell_for  # only a bus that opens needs it

    if broker_url is None:
        return bell_for(database)
    scheme = broker_url.partition(":")[0]
    if scheme.partition("+")[0] in ("redis", "rediss"):
        from workers.redis.carrier import RedisCarrier
        from workers.redis.place import place_of

        place = place_of(broker_url)
        # No worker can see a database in memory, whoever wakes it.
        return bell_for(database) if database.is_memory else RedisCarrier(place, database, settings)
    if scheme in ("amqp", "amqps"):
        from workers.amqp import place as amqp
        from workers.amqp.carrier import AmqpCarrier

        where = amqp.place_of(broker_url)
        return bell_for(database) if database.is_memory else AmqpCarrier(where, database, settings)
    raise SetupError(
        f"no plugin knows the broker {scheme!r}; leave BUS_BROKER_URL out for the embedded queue, "
        "or let it begin with redis:// or amqp://"
    )


@workers.hook
def bus_workers(database: Database) -> list[WorkerProcess]:
    """The worker processes of this host."""
    from workers.cards import worker_processes

    return worker_processes(database)


@workers.hook
def bus_cli(group: click.Group) -> None:
    """``bus worker``, ``bus scheduler``, ``bus up``, ``bus drain`` and ``bus drill``."""
    from workers.cli import worker
    from workers.drain_cli import drain
    from workers.drill.cli import drill
    from workers.scheduler_cli import scheduler
    from workers.up_cli import up

    for command in (worker, scheduler, up, drain, drill):
        group.add_command(command)
