"""A worker without a process of its own: its claims, its turns, its keeper, moved step by step by a test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bus.database.tables import job
from bus.jobs.claiming import Claimed, Claims
from bus.jobs.states import FREE_LANE, GROUP_LANE, UNIT_LANE, WARD_LANE
from workers.child import Stop
from workers.folder import Life, folder_of
from workers.keeper import Keeper
from workers.slots import Slots
from workers.turns import TurnRunner, groupable_of

if TYPE_CHECKING:
    from bus.application import Bus


class Hand:
    """One worker."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.folder = folder_of(bus.database)
        self.life = Life(self.folder)
        self.slots = Slots()
        self.stop = Stop()
        self.claims = Claims(
            bus.database, self.life.owner, bus.known_contracts, bus.settings.lease_ms, groupable_of(bus)
        )
        self.runner = TurnRunner(bus, self.claims, self.slots, self.stop.is_asked)
        self.keeper = Keeper(bus, self.claims, self.runner.held, self.folder, self.slots.want_ward)

    def work(
        self, queue: str = "default", lanes: tuple[int, ...] = (UNIT_LANE, FREE_LANE, WARD_LANE, GROUP_LANE)
    ) -> None:
        """Take turns until nothing is due."""
        while due := [lane for lane in lanes if self.sees(queue, lane)]:
            for lane in due:
                self.runner.turn(queue, lane)

    def sees(self, queue: str, lane: int) -> bool:
        """Whether a job is due that this worker knows."""
        with self.bus.database.reader().transaction(write=False) as kept:
            return self.claims.is_due(kept, queue, lane)

    def claim(
        self, most: int = 1, *, lane: int = UNIT_LANE, fresh: bool = True, queue: str = "default"
    ) -> list[Claimed]:
        """Take jobs, and do nothing with them."""
        with self.bus.database.writer().transaction() as kept:
            jobs = self.claims.claim(kept, queue, lane, most, fresh=fresh)
        self.runner.held.add(jobs)
        return jobs

    def die(self) -> None:
        """Let go of the lock, as the kernel does for a dead process; leave everything else lying about."""
        os.close(self.life._file)

    def leave(self) -> None:
        """Leave as a drained worker does."""
        self.life.close()


def row(bus: Bus, job_id: str) -> Any:
    """A job as the table has it."""
    with bus.database.connect() as connection:
        return connection.execute(select(job).where(job.c.id == job_id)).one()


def change(bus: Bus, job_id: str, **values: Any) -> None:
    """Set columns of a job: what only time or another host could do."""
    with bus.database.connect() as connection:
        connection.execute(update(job).where(job.c.id == job_id).values(**values))
