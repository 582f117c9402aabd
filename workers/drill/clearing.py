"""Taking away what a drill has left: its jobs with all that is stored about them, its table, its keys, its folder.

A drill does so at its end. One that was killed leaves it to the next drill on the database.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from sqlalchemy import delete, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bus.database.tables import attempt, job, unit
from bus.errors import BusError, SetupError
from bus.jobs.port import Flushable
from workers.drill.plugin import first_line, table_of
from workers.drill.shadow import Shadow, began_at, name_of
from workers.folder import folder_of, living_owners

if TYPE_CHECKING:
    from bus.settings import Settings
    from workers.drill.shadow import ShadowBus

#: Jobs deleted in one transaction: others want to write, too.
TOGETHER = 500
#: Seconds after which a drill is over of which this machine knows nothing.
LONGEST_S = 86_400


def clear(bus: ShadowBus, table: str) -> None:
    """Take all away and close the bus. No process of the drill lives any more, but this one.

    Raises:
        SetupError: something is left; so are table and folder, by which the next drill finds it.
    """
    try:
        _delete_jobs(bus)
        _clear_broker(bus)
        with bus.database.connect() as connection:
            table_of(table).drop(connection, checkfirst=True)
        shutil.rmtree(folder_of(bus.database), ignore_errors=True)
    except (BusError, SQLAlchemyError) as error:
        raise SetupError(
            f"some of {bus.queue} could not be taken away ({first_line(error)}); the next drill here tries again"
        ) from error
    finally:
        bus.close()


def _delete_jobs(bus: ShadowBus) -> None:
    some = select(job.c.id).where(bus.is_ours).limit(TOGETHER)
    while ids := [row.id for row in bus.read(some)]:
        with bus.database.writer().transaction() as kept:
            kept.db.execute(delete(unit).where(unit.c.run.in_(ids)))
            kept.db.execute(delete(attempt).where(attempt.c.job.in_(ids)))
            kept.db.execute(delete(job).where(job.c.id.in_(ids)))


def _clear_broker(bus: ShadowBus) -> None:
    if isinstance(bus.provider, Flushable):
        bus.provider.close()  # what it has yet to ring would leave a key
        bus.provider.flush([bus.queue])


def clear_leftovers(bus: ShadowBus, settings: Settings) -> None:
    """Take away what drills have left on this database that were killed."""
    with bus.database.connect() as connection:
        names = [name_of(table) for table in inspect(connection).get_table_names()]
    for name in names:
        if name is not None and name != bus.queue:
            shadow = Shadow.new()._replace(name=name)
            leftover = shadow.open(settings)
            if _is_over(leftover):
                clear(leftover, shadow.table)
            else:
                leftover.close()


def _is_over(bus: ShadowBus) -> bool:
    """Whether a drill is over for certain; on PostgreSQL it may be another machine's."""
    folder = folder_of(bus.database)
    if living_owners(folder):
        return False
    was_here = bus.database.kind == "sqlite" or any(folder.iterdir())
    if not was_here:
        folder.rmdir()
    return was_here or time.time() - began_at(bus.queue) > LONGEST_S
