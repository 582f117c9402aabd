"""Renewing the leases of what this process holds, and taking over what the dead have left.

A process of this host is dead for certain when its lock is free (workers/folder.py); its jobs come back at once.
A process of another host is given up when its lease has passed. Old idempotency records go, too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bus import logs
from bus.errors import CommitUnknown, DatabaseBusy
from bus.jobs.states import WARD_LANE
from workers.folder import dead_owners, forget, is_dead, overdue_of, stem_of
from workers.points import reach

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.database import Kept
    from bus.jobs.claiming import Claimed, Claims, Ending
    from workers.turns import Held

#: Seconds between two looks for the dead, at most; leases may ask for more.
LOOK_S = 2.0
#: Seconds between two looks for keys whose jobs may go: how late a delayed job with a key may be.
ADMIT_S = 0.25
#: Keys seen to in one transaction.
ADMIT_KEYS = 20
#: Seconds between two sweeps for idempotency records past their time.
SWEEP_S = 600.0


class Keeper:
    """The housekeeping of one worker process.

    Args:
        bus: of this process.
        claims: of this process.
        held: what this process holds.
        folder: the meeting place.
        want_ward: asks for a process that runs jobs one by one.
    """

    def __init__(self, bus: Bus, claims: Claims, held: Held, folder: Path, want_ward: Callable[[], None]) -> None:
        self._bus = bus
        self._claims = claims
        self._held = held
        self._folder = folder
        self._want_ward = want_ward
        self._is_over = threading.Event()
        self._renew_at = self._sweep_at = 0.0
        #: Whether this process also sees to what is everybody's: the dead of others, keys, what is past its time.
        self._serves_all = not bus.database.shadow
        self._thread = threading.Thread(target=self._run, name="bus-keeper", daemon=True)

    def start(self) -> None:
        """Look once, so that what a predecessor has left comes back at once, and then again and again."""
        self._safely(self.look)
        self._thread.start()

    def stop(self) -> None:
        """End, after what is being done."""
        self._is_over.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        look_at = 0.0
        while not self._is_over.wait(ADMIT_S):
            if self._serves_all:
                self._safely(self.admit)
            if time.monotonic() > look_at:
                look_at = time.monotonic() + min(LOOK_S, self._bus.settings.lease_ms / 3000)
                self._safely(self.look)

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except (DatabaseBusy, CommitUnknown) as error:
            logs.get("workers").warning("database_busy", why=error.message)
        except Exception as error:  # noqa: BLE001  # the thread must outlive whatever this was
            logs.get("workers").error("keeper_failed", exc_info=error)

    def look(self) -> None:
        """Renew, take over, sweep. An idle process only reads."""
        self._renew()
        dead = dead_owners(self._folder)
        with self._bus.database.reader().transaction(write=False) as kept:
            owners = self._claims.owners(kept)
            is_any_lost = self._claims.is_any_lease_lost(kept)
            is_ward_due = any(self._claims.is_due(kept, queue, WARD_LANE) for queue in self._bus.queue_names)
        all_meet_here = self._serves_all and self._bus.database.kind == "sqlite"
        for owner in (owner for owner, is_known in owners.items() if is_known and owner != self._claims.owner):
            if is_dead(self._folder, owner, missing_is_dead=all_meet_here):
                self.take_over(owner)
        for stem in dead:
            if stem not in {stem_of(owner) for owner in owners}:
                forget(self._folder, stem)
        if is_any_lost:
            with self._bus.database.writer().transaction() as kept:
                lost, queues = self._requeue(kept, self._claims.lost_leases(kept), frozenset())
            self._tell(lost, queues)
        if is_ward_due:
            self._want_ward()
        if self._serves_all and time.monotonic() > self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP_S
            self._bus.sweep()

    def admit(self) -> None:
        """Let jobs go for whose keys only time had to pass, or whose publisher died before it looked."""
        gates = self._claims.gates
        with self._bus.database.reader().transaction(write=False) as kept:
            keys = gates.with_room(kept)
        for n in range(0, len(keys), ADMIT_KEYS):  # others want to write, too
            with self._bus.database.writer().transaction() as kept:
                queues = gates.admit(kept, keys[n : n + ADMIT_KEYS])
            self._bus.announce(queues)

    def _renew(self) -> None:
        held = self._held.jobs()
        if held and time.monotonic() > self._renew_at:
            with self._bus.database.writer().transaction() as kept:
                self._claims.renew(kept, held)
            self._renew_at = time.monotonic() + self._bus.settings.lease_ms / 3000

    def take_over(self, owner: str) -> None:
        """Give the jobs of a dead process back to the queue.

        The proof of its death stays until no job is its any more: others may know jobs that this process does not, and
        PostgreSQL may not have noticed the death yet, so that its transaction still holds some.
        """
        overdue = overdue_of(self._folder, owner)
        with self._bus.database.writer().transaction() as kept:
            lost, queues = self._requeue(kept, self._claims.of_owner(kept, owner), overdue)
            reach("taken")
        self._tell(lost, queues)

    def _requeue(self, kept: Kept, jobs: list[Claimed], overdue: frozenset[str]) -> tuple[list[Ending], set[str]]:
        """Put jobs back, but for those that this process does not know: whoever does will come.

        Returns:
            What became of them, and the queues in which that has let other jobs go.
        """
        endings = [self._fate(job, overdue) for job in jobs if job.contract in self._bus.known_contracts]
        return endings, self._claims.finish(kept, endings)

    def _fate(self, job: Claimed, overdue: frozenset[str]) -> Ending:
        if job.id in overdue:
            return self._bus.performer.after_timeout(job)
        if overdue:  # it is known what the process was killed for: not for this one
            return self._bus.performer.unspent(job, pause=False)
        return self._bus.performer.after_crash(job)

    def _tell(self, endings: list[Ending], queues: set[str]) -> None:
        if not endings:
            return
        jobs = [ending.job.id for ending in endings]
        logs.get("workers").warning("jobs_taken_over", jobs=jobs[:20], count=len(jobs))
        self._bus.announce(queues | {ending.job.queue for ending in endings})
        if any(ending.lane == WARD_LANE for ending in endings):
            self._want_ward()
