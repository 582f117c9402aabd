"""A turn: claim, run, finish and claim again, until nothing is due or the turn's time is over.

Finishing a group and claiming the next is one transaction, the group's own. On SQLite several short jobs share it, a
savepoint each: one disk write for all of them. Nothing is prefetched; priorities and limits are decided at the claim.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bus import logs
from bus.database import faults
from bus.errors import BusError, CommitUnknown, DatabaseBusy
from bus.jobs.claiming import Claimed, Ending
from bus.jobs.performing import TransactionLost
from bus.jobs.states import GROUP_LANE, UNIT_LANE
from bus.runs import OwnershipLost
from bus.transaction import Transaction
from workers.costs import Costs
from workers.points import reach

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.jobs.claiming import Claims
    from bus.principal import Principal
    from workers.slots import Slots

#: Seconds after which a turn lets others have the thread.
TURN_S = 0.25
#: Seconds a busy worker waits for more jobs to share a commit with, when they come in drops.
LINGER_S = 0.005
#: Seconds between two tries to end a job while the database is away.
BUSY_PAUSE_S = 0.2


class Held:
    """The jobs this process holds. Only these have their leases renewed."""

    def __init__(self) -> None:
        self._jobs: dict[str, Claimed] = {}
        self._lock = threading.Lock()

    def add(self, jobs: list[Claimed]) -> None:
        """Hold jobs."""
        with self._lock:
            self._jobs.update((job.id, job) for job in jobs)

    def drop(self, jobs: list[Claimed]) -> None:
        """Hold them no more."""
        with self._lock:
            for job in jobs:
                if self._jobs.get(job.id) == job:  # it may have come back to another thread meanwhile
                    del self._jobs[job.id]

    def jobs(self) -> list[Claimed]:
        """What is held now."""
        with self._lock:
            return list(self._jobs.values())


class TurnRunner:
    """Runs turns; one object a process, used by all its threads."""

    def __init__(self, bus: Bus, claims: Claims, slots: Slots, is_draining: Callable[[], bool]) -> None:
        self._bus = bus
        self._database = bus.database
        self._claims = claims
        self._slots = slots
        self._is_draining = is_draining
        self._groupable = groupable_of(bus)
        self._costs = Costs(bus.database.dialect.group_s)
        self.held = Held()
        self._turns = 0

    def turn(self, queue: str, lane: int) -> None:
        """Work at one lane of a queue until nothing is due or the turn is over."""
        end = time.monotonic() + TURN_S
        jobs: list[Claimed] = []
        was_empty = has_run = False
        try:
            while True:
                is_over = time.monotonic() > end or self._is_draining()
                jobs = self._step(queue, lane, jobs, claims_more=not is_over)
                if not jobs and (is_over or was_empty):
                    return
                if has_run and not is_over and 0 < len(jobs) < self._most(lane) // 4:
                    time.sleep(LINGER_S)  # busy, but in drops: let more arrive for the same commit
                has_run, was_empty = True, not jobs
        except (DatabaseBusy, CommitUnknown) as error:
            logs.get("workers").warning("database_busy", queue=queue, why=error.message)
            time.sleep(BUSY_PAUSE_S)  # the next turn would meet the same
        finally:
            self._slots.end()
            self._database.hand_over()

    def _step(self, queue: str, lane: int, jobs: list[Claimed], *, claims_more: bool) -> list[Claimed]:
        """Run what is held, finish it, and claim more in the same transaction; answers what is held then.

        Whatever happens, a job that is not answered is not held any more: renewed for ever, it would be lost.
        """
        left: list[Claimed] = []
        try:
            for job in jobs:
                if not self._is_unit(job):
                    self._run_outside(job)
            left = self._run_inside(queue, lane, [job for job in jobs if self._is_unit(job)], claims_more=claims_more)
            if left and self._is_draining():
                jobs, left = [*jobs, *left], []
                self._give_back(jobs, pause=False)
        finally:
            stay = {id(job) for job in left}
            self.held.drop([job for job in jobs if id(job) not in stay])
        return left

    def _run_outside(self, job: Claimed) -> None:
        """Run a READ or MANY job: no transaction is open meanwhile."""
        self._slots.begin(job.id, self._limit_s(job))
        reach("begun")
        try:
            ending = self._bus.performer.perform(job, self._bus.performer.principal_of(job))
        except OwnershipLost:
            logs.get("workers").warning("fenced_off", job=job.id)
            return
        finally:
            self._slots.end()
        reach("handled")
        self._finish_surely([ending])

    def _run_inside(self, queue: str, lane: int, jobs: list[Claimed], *, claims_more: bool) -> list[Claimed]:
        """Run ONE jobs in a transaction and claim more in it; answers those not begun, or else those claimed."""
        try:
            return self._commit_group(queue, lane, jobs, claims_more=claims_more)
        except CommitUnknown:
            return []  # _commit_group has seen to it
        except (DatabaseBusy, TransactionLost) as error:
            if len(jobs) > 1:
                self._run_each_alone(queue, lane, jobs)
                return []
            self._end_alone(jobs, error)
            return []

    def _run_each_alone(self, queue: str, lane: int, jobs: list[Claimed]) -> None:
        """One of a group met another transaction, or ended ours: nobody pays for the other."""
        for n, job in enumerate(jobs):
            try:
                self._run_inside(queue, lane, [job], claims_more=False)
            except DatabaseBusy:
                self._give_back(jobs[n + 1 :], pause=False)
                raise

    def _end_alone(self, jobs: list[Claimed], error: DatabaseBusy | TransactionLost) -> None:
        """One job in a transaction of its own failed with it."""
        if isinstance(error, DatabaseBusy):
            self._give_back(jobs, pause=True)
            raise error
        self._finish_surely([self._bus.performer.ending(job, error.error) for job in jobs])

    def _give_back(self, jobs: list[Claimed], *, pause: bool) -> None:
        """Return jobs that were not begun, or that the database kept from running; the attempt does not count."""
        self._finish_surely([self._bus.performer.unspent(job, pause=pause) for job in jobs])

    def _finish_surely(self, endings: list[Ending]) -> None:
        """End jobs whose fate is settled; a database that is away is waited for until the lease is over."""
        give_up = time.monotonic() + self._bus.settings.lease_ms / 1000
        while endings:
            try:
                with self._database.writer().transaction() as kept:
                    queues = self._claims.finish(kept, endings)
                    reach("finished")
            except (DatabaseBusy, CommitUnknown):  # ending twice is ending once: the state and the fence decide
                if time.monotonic() > give_up:
                    logs.get("workers").warning("jobs_wait_for_their_lease", jobs=[ending.job.id for ending in endings])
                    raise
                time.sleep(BUSY_PAUSE_S)
            else:
                reach("committed")
                self._bus.announce(queues)
                return

    def abandon(self) -> list[str]:
        """Give back what is still in hand when the time for draining is over; answers the ids.

        A thread that goes on with such a job until the process ends is fenced off.
        """
        jobs = self.held.jobs()
        free = [job for job in jobs if not self._is_unit(job)]  # a unit's transaction ends with the process
        try:
            with self._database.writer().transaction() as kept:
                self._claims.finish(kept, [self._bus.performer.unspent(job, pause=False) for job in free])
        except (DatabaseBusy, CommitUnknown) as error:
            logs.get("workers").warning("database_busy", why=error.message)
        return [job.id for job in jobs]

    def _commit_group(self, queue: str, lane: int, jobs: list[Claimed], *, claims_more: bool) -> list[Claimed]:
        """One transaction: run a group, finish it, claim the next."""
        people = [self._bus.performer.principal_of(job) for job in jobs]
        transaction = Transaction(self._database, is_write=True, announce=self._bus.announce)
        fresh: list[Claimed] = []
        try:
            kept = transaction.kept
            left = self._run_group(transaction, jobs, people) if jobs else []
            kept.deadline = math.inf
            fresh = [] if left or not claims_more else self._claim(transaction, queue, lane)
            self.held.add(fresh)
            transaction.commit()
        except BaseException as error:
            transaction.rollback()
            self.held.drop(fresh)
            if isinstance(error, CommitUnknown):
                self._give_back([*jobs, *fresh], pause=False)
            fault = faults.translate(error)
            if fault is None or fault is error:
                raise
            raise fault from error
        if jobs:
            reach("committed")
        if fresh:
            reach("claimed")
        return left or fresh

    def _most(self, lane: int) -> int:
        """How many jobs of a lane a group may hold."""
        shares = lane == GROUP_LANE or (lane == UNIT_LANE and self._database.dialect.groups_jobs)
        return self._costs.most if shares else 1

    def _claim(self, transaction: Transaction, queue: str, lane: int) -> list[Claimed]:
        """Fresh jobs together; one tried before alone, and first at every fourth claim."""
        self._turns += 1
        for fresh in (True, False) if self._turns % 4 else (False, True):
            most = self._most(lane) if fresh else 1
            jobs = self._claims.claim(transaction.kept, queue, lane, most, fresh=fresh)
            if jobs:
                return self._joined(transaction, jobs) if fresh and len(jobs) == 1 else jobs
        return []

    def _joined(self, transaction: Transaction, jobs: list[Claimed]) -> list[Claimed]:
        """The job and others that may share its transaction, where a contract has to say so."""
        first = jobs[0]
        if first.lane != UNIT_LANE or first.contract not in self._groupable:
            return jobs
        if self._costs.most == 1:
            return jobs
        return jobs + self._claims.claim_more(transaction.kept, first, self._costs.most)

    def _run_group(
        self, transaction: Transaction, jobs: list[Claimed], people: list[Principal | BusError]
    ) -> list[Claimed]:
        """Run jobs in savepoints until the group's time is spent, and finish them; answers those not begun."""
        endings: list[Ending] = []
        mine = self._claims.held(transaction.kept, jobs)
        began = time.perf_counter()
        left: list[Claimed] = []
        for n, (job, who) in enumerate(zip(jobs, people, strict=True)):
            if endings and self._costs.is_enough(job.contract, time.perf_counter() - began):
                left = jobs[n:]
                break
            if mine.get(job.id) == job.fence:
                endings.append(self._perform_inside(transaction, job, who))
            else:
                logs.get("workers").warning("fenced_off", job=job.id)
        self._slots.end()
        transaction.kept.deadline = math.inf
        self._bus.performer.settle(transaction)
        transaction.queues |= self._claims.finish(transaction.kept, endings)
        reach("finished")
        return left

    def _perform_inside(self, transaction: Transaction, job: Claimed, who: Principal | BusError) -> Ending:
        self._slots.begin(job.id, self._limit_s(job))
        reach("begun")
        started = time.perf_counter()
        ending = self._bus.performer.perform(job, who, transaction)
        self._costs.add(job.contract, time.perf_counter() - started)
        reach("handled")
        return ending

    def _is_unit(self, job: Claimed) -> bool:
        command = self._bus.performer.command_of(job)
        return not (command.is_many or command.is_read)

    def _limit_s(self, job: Claimed) -> float:
        return self._bus.performer.command_of(job).limit_s


def groupable_of(bus: Bus) -> frozenset[str]:
    """Contracts whose jobs share a transaction because they say so; none where all do."""
    if bus.database.dialect.groups_jobs:
        return frozenset()
    return frozenset(command.key for command in bus.registry if command.queue.group)
