"""How workers take jobs, end them and take over those of the dead. Every statement takes rows in id order.

Claiming is conditional (bus/jobs/picking.py has the statements), counts the attempt (a crash spends it), raises the
fence and takes a lease. The fence is the safety: whoever holds an older one has lost the job. Time is only liveness.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bus.jobs.follow import Follow
from bus.jobs.gates import Gates
from bus.jobs.picking import RETURNING, Picking
from bus.jobs.places import Places, behind

if TYPE_CHECKING:
    from bus.database import Database, Kept


class Claimed(NamedTuple):
    """A job that this process holds."""

    id: str
    contract: str
    args: str
    principal: str
    correlation_id: str
    attempt: int
    #: Attempts that count for burial: made with the process to itself, or ended by the job itself.
    alone: int
    fence: int
    queue: str
    lane: int
    #: The process that claimed it.
    owner: str
    priority: int
    run_at: int
    #: The jobs of a key wait for each other.
    key: str | None
    #: The flow that goes on when it ends.
    flow: str | None


class Ending(NamedTuple):
    """What becomes of a claimed job."""

    state: str
    #: The envelope as JSON; None leaves what was there.
    result: str | None
    job: Claimed
    lane: int
    #: State ``queued``: the envelope if the job was cancelled meanwhile and so does not go back into the queue.
    if_cancelled: str | None = None
    #: Milliseconds until it may run again (state ``queued``).
    delay_ms: int = 0
    #: 1 when this attempt was made in company and still counts for burial, -1 when it shall not count at all.
    count_alone: int = 0
    count_attempt: int = 0
    #: Code and message of an attempt that did not end well; None: there is nothing to remember about it.
    fault: tuple[str, str] | None = None


class Claims:
    """The statements of a worker.

    Args:
        database: where the jobs are.
        owner: the worker's name.
        contracts: ``name@version`` of each command that it knows.
        lease_ms: how long a claim lasts unless it is renewed.
        groupable: those of the contracts that share a transaction also where that is not the rule.
    """

    def __init__(
        self, database: Database, owner: str, contracts: Iterable[str], lease_ms: int, groupable: Iterable[str] = ()
    ) -> None:
        d, sql = database.dialect, database.sql
        self.gates = Gates(database)
        self.follow = Follow(database)
        self.owner = owner
        self._picking = Picking(database, owner, contracts, lease_ms, groupable)
        #: Where claims go on; None: an index holds nothing but what is there.
        self.places = Places() if d.keeps_dead_entries else None
        # Owner and fence: a claim whose commit was lost may have left its fence to somebody else's.
        # A job that was cancelled while it ran does not go back into the queue.
        back = "(is_cancelled AND ?='queued')"
        self._finish = sql(
            f"UPDATE bus_job SET state=CASE WHEN {back} THEN 'cancelled' ELSE ? END, "
            f"result=CASE WHEN {back} THEN ? ELSE coalesce(?, result) END, "
            f"run_at={d.now_ms}+?, lane=?, alone=alone+?, attempt=attempt+?, "
            f"finished_at=CASE WHEN ?='queued' AND NOT is_cancelled THEN NULL ELSE {d.now_ms} END, "
            "owner=NULL, lease_until=NULL WHERE id=? AND fence=? AND owner=? AND state='running'"
        )
        self._remember = sql(
            "INSERT INTO bus_attempt(job, fence, attempt, owner, started_at, finished_at, code, message) "
            f"SELECT id, fence, attempt, owner, started_at, {d.now_ms}, ?, ? FROM bus_job "
            "WHERE id=? AND fence=? AND owner=? AND state='running' ON CONFLICT (job, fence) DO NOTHING"
        )
        mine = "state='running' AND owner=? AND "
        one = f"SELECT id FROM bus_job WHERE {mine} id=? AND fence=?{d.skip_locked}"
        self._renew = sql(f"UPDATE bus_job SET lease_until={d.lease_ms}+{int(lease_ms)} WHERE id IN ({one})")
        self._held = sql(f"SELECT id, fence FROM bus_job WHERE {mine} id {d.is_among} ORDER BY id{d.for_update}")
        self._listed = d.listed
        lost = f"SELECT {RETURNING} FROM bus_job WHERE state='running' AND {{}} ORDER BY id{d.skip_locked}"
        self._lost_lease = sql(lost.format(f"lease_until<{d.lease_ms}"))
        self._lost_owner = sql(lost.format("owner=?"))
        self._owners = sql(
            "SELECT owner, max(CASE WHEN contract IN (:names) THEN 1 ELSE 0 END) "
            f"FROM bus_job{d.indexed_by.format('bus_job_held')} WHERE state='running' GROUP BY owner"
        ).replace(":names", self._picking.known)
        self._any_lost = f"SELECT 1 FROM bus_job WHERE state='running' AND lease_until<{d.lease_ms} LIMIT 1"

    def is_due(self, kept: Kept, queue: str, lane: int) -> bool:
        """Whether a job that this process knows is due."""
        place = self.places and self.places.get(queue, lane)
        if place and _is_any(kept, self._picking.look_on(queue, lane), (*place, place.priority)):
            return True
        return any(_is_any(kept, self._picking.look(queue, lane, fresh=fresh)) for fresh in (True, False))

    def claim(self, kept: Kept, queue: str, lane: int, most: int, *, fresh: bool) -> list[Claimed]:
        """Take up to ``most`` due jobs of the best priority, in their order.

        Args:
            kept: an open transaction.
            queue: its name.
            lane: its number.
            most: how many.
            fresh: those never tried, or those tried before. The former may go on behind the last claim's
                (bus/jobs/places.py), for as long as there are more of its priority and none of a better one.
        """
        if not fresh or self.places is None:
            return _taken(kept, self._picking.claim(queue, lane, most, fresh=fresh))
        place = self.places.get(queue, lane)
        if place:
            jobs = _taken(kept, self._picking.claim_on(queue, lane, most), (*place, place.priority))
            if jobs:
                self.places.move(jobs[-1])
                return jobs
        began = time.monotonic()
        jobs = _taken(kept, self._picking.claim(queue, lane, most, fresh=True))
        if jobs:
            self.places.begin(jobs[-1], time.monotonic() - began)
        return jobs

    def claim_more(self, kept: Kept, first: Claimed, most: int) -> list[Claimed]:
        """Take up to ``most`` due jobs never tried, behind one, of contracts that may share its transaction."""
        return _taken(kept, self._picking.join(first.queue, first.lane, most), behind(first))

    def held(self, kept: Kept, jobs: Sequence[Claimed]) -> dict[str, int]:
        """Id and fence of the jobs that are still this process's, locked until the commit."""
        return dict(kept.raw.execute(self._held, (self.owner, self._listed([job.id for job in jobs]))).fetchall())

    def finish(self, kept: Kept, endings: Sequence[Ending]) -> set[str]:
        """End jobs that are still held under their fence; others are left alone.

        Returns:
            Queues in which that has let other jobs go.
        """
        for e in endings:
            if e.fault is not None:
                kept.raw.execute(self._remember, (*e.fault, e.job.id, e.job.fence, e.job.owner))
        rows = [
            (
                *(e.state, e.state),
                *(e.state, e.if_cancelled, e.result),
                *(e.delay_ms, e.lane, e.count_alone, e.count_attempt),
                *(e.state, e.job.id, e.job.fence, e.job.owner),
            )
            for e in endings
        ]
        kept.raw.cursor().executemany(self._finish, rows)
        keys = {e.job.key for e in endings if e.job.key is not None}
        queues = self.gates.admit_waiting(kept, keys) if keys else set[str]()
        for job in {e.job.flow: e.job for e in endings if e.job.flow is not None}.values():
            queues |= self.follow.after(kept, job.id)
        return queues

    def renew(self, kept: Kept, held: Iterable[Claimed]) -> None:
        """Lengthen the leases of jobs held in memory; one that is locked is being worked on and needs none."""
        for job in sorted(held):  # by id
            kept.raw.execute(self._renew, (self.owner, job.id, job.fence))

    def is_any_lease_lost(self, kept: Kept) -> bool:
        """Whether there is a running job whose lease has passed."""
        return _is_any(kept, self._any_lost)

    def lost_leases(self, kept: Kept) -> list[Claimed]:
        """Running jobs whose lease has passed, locked."""
        return [Claimed(*row) for row in kept.raw.execute(self._lost_lease).fetchall()]

    def of_owner(self, kept: Kept, owner: str) -> list[Claimed]:
        """Running jobs of an owner that is dead, locked."""
        return [Claimed(*row) for row in kept.raw.execute(self._lost_owner, (owner,)).fetchall()]

    def owners(self, kept: Kept) -> dict[str, bool]:
        """Everybody who holds a job, and whether any of it is one that this process knows."""
        return {owner: bool(is_known) for owner, is_known in kept.raw.execute(self._owners).fetchall() if owner}


def _is_any(kept: Kept, look: str, values: tuple[Any, ...] = ()) -> bool:
    return kept.raw.execute(look, values).fetchone() is not None


def _taken(kept: Kept, claim: str, place: tuple[Any, ...] = ()) -> list[Claimed]:
    rows = kept.raw.execute(claim, place).fetchall()
    return sorted((Claimed(*row) for row in rows), key=lambda job: (job.priority, job.run_at, job.id))
