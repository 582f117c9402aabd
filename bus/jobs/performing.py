"""Running one claimed job: the path of a synchronous call, and what becomes of the job afterwards.

Rights are judged anew: the row carries the publisher's id, never its roles.
"""

from __future__ import annotations

import functools
import random
import time
from typing import TYPE_CHECKING, Any

from bus import logs, wire
from bus.context import Context
from bus.database import faults
from bus.envelope import Envelope
from bus.errors import BusError, Cancelled, CommitUnknown, DatabaseBusy, HandlerFailed, TimedOut
from bus.jobs.claiming import Claimed, Ending
from bus.jobs.states import WARD_LANE, JobState
from bus.principal import Principal
from bus.refusals import is_told
from bus.runs import JobRun, OwnershipLost
from bus.verdicts import judge

if TYPE_CHECKING:
    from bus.admission import Admission
    from bus.command import Command
    from bus.contract import QueuePolicy
    from bus.database import Database
    from bus.execution import Executor
    from bus.refusals import Refusals
    from bus.registry import Registry
    from bus.transaction import Transaction

#: Pause before a job is tried again when the database, not the job, was at fault, milliseconds.
BUSY_PAUSE_MS = 250
#: Characters of a message that an attempt is remembered by; the whole one is in the job's envelope.
MAX_REMEMBERED = 500
_ENDED = "{} ended the bus's transaction; leave begin and commit to the bus"


class TransactionLost(Exception):
    """The group's transaction is gone after this job; going on would write without one.

    A full disk ends a whole transaction, savepoints included; a handler may end it by raw SQL.
    """

    def __init__(self, error: BusError) -> None:
        super().__init__(error.message)
        self.error = error


class Performer:
    """Runs claimed jobs."""

    def __init__(
        self,
        registry: Registry,
        database: Database,
        admission: Admission,
        refusals: Refusals,
        executor: Executor,
    ) -> None:
        self._registry = registry
        self._database = database
        self._admission = admission
        self._refusals = refusals
        self._executor = executor

    def command_of(self, job: Claimed) -> Command:
        """The command of a job; claiming names only those that are loaded."""
        return self._registry.find(job.contract)

    def principal_of(self, job: Claimed) -> Principal | BusError:
        """Whoever is behind a job, judged anew, or why it may not run. Asks plugins, so: outside of transactions."""
        command = self.command_of(job)
        try:
            _ = command.handler  # imported by now, for the same reason
            return self._admission.readmit(command, job.principal)
        except BusError as error:
            return error
        except Exception as error:  # noqa: BLE001  # judged, never swallowed
            return self._judge(command, error, job)

    def perform(self, job: Claimed, who: Principal | BusError, transaction: Transaction | None = None) -> Ending:
        """Run one attempt and say what becomes of the job.

        Args:
            job: claimed by this process.
            who: ``principal_of`` the job.
            transaction: the open transaction of a group, in which the job gets a savepoint; None: a unit of its own
                (READ, MANY).

        Raises:
            DatabaseBusy, TransactionLost: in a group: nothing of the whole group is written.
            OwnershipLost: another process has taken the job over.
        """
        command = self.command_of(job)
        if isinstance(who, BusError):
            self._tell(who, command, job, Principal(job.principal), transaction)
            return self.ending(job, who)
        token = logs.correlation.set(job.correlation_id)
        try:
            args = self._args(command, job)
            run = self._run_alone if transaction is None else functools.partial(self._run_inside, transaction)
            answer = run(command, job, args, who)
        except BusError as error:
            if isinstance(error, DatabaseBusy) and transaction is not None:
                raise
            return self.ending(job, error)
        finally:
            logs.correlation.reset(token)
        return Ending(JobState.SUCCEEDED, answer, job, job.lane)

    def perform_letter(self, job: Claimed) -> BusError | None:
        """Run a request that has no row, and answer what went wrong; its data go nowhere.

        Args:
            job: the request, as if this process had claimed it.
        """
        command, who = self.command_of(job), self.principal_of(job)
        if isinstance(who, BusError):
            self._tell(who, command, job, Principal(job.principal))
            return who
        token = logs.correlation.set(job.correlation_id)
        try:
            self._executor.run(command, self._args(command, job), who, job.correlation_id)
        except BusError as error:
            self._tell(error, command, job, who)
            return error
        except BaseException as error:  # noqa: BLE001  # judged, never swallowed
            return self._judge(command, error, job)
        finally:
            logs.correlation.reset(token)
        return None

    def _args(self, command: Command, job: Claimed) -> dict[str, Any]:
        try:
            return command.load(wire.decode_stored(job.args))
        except BusError:
            raise
        except Exception as error:  # noqa: BLE001  # an upcast or a validator of the contract's own has failed
            raise self._judge(command, error, job) from None

    def _run_alone(self, command: Command, job: Claimed, args: dict[str, Any], who: Principal) -> str:
        """The envelope as JSON of a job that has no transaction around it."""
        run = JobRun(self._database, job.id, job.fence, job.attempt)
        try:
            return _text(
                command.success(self._executor.run(command, args, who, job.correlation_id, run), job.correlation_id)
            )
        except OwnershipLost:
            raise
        except BaseException as error:  # noqa: BLE001  # judged, never swallowed
            verdict = self._judge(command, error, job)
            self._tell(verdict, command, job, who)
            raise verdict from None

    def _run_inside(
        self, transaction: Transaction, command: Command, job: Claimed, args: dict[str, Any], who: Principal
    ) -> str:
        """The envelope as JSON of a job that gets a savepoint in a group's transaction."""
        run = JobRun(self._database, job.id, job.fence, job.attempt)
        kept = transaction.kept
        kept.deadline = deadline = time.monotonic() + command.limit_s
        context = Context(self._executor, command, who, job.correlation_id, deadline, transaction, run)
        try:
            with transaction.savepoint(is_followed=True):
                data = self._executor.handle(context, command, args)
                # Inside the savepoint: what cannot be written down must not take effect either.
                answer = _text(command.success(data, job.correlation_id))
        except BaseException as error:  # noqa: BLE001  # judged, never swallowed
            verdict = self._judge(command, error, job)
            if not isinstance(verdict, DatabaseBusy) and not kept.is_open:
                raise TransactionLost(verdict) from None
            self._tell(verdict, command, job, who, transaction)
            raise verdict from None
        if not kept.is_open:
            raise TransactionLost(HandlerFailed(_ENDED.format(command.name)))
        return answer

    @staticmethod
    def settle(transaction: Transaction) -> None:
        """After the last job of a group, before the bus writes what became of them.

        Raises:
            DatabaseBusy, TransactionLost: nothing of the whole group is written.
        """
        try:
            transaction.kept.settle()
        except Exception as error:
            fault = faults.translate(error)
            if isinstance(fault, DatabaseBusy):
                raise fault from error
            raise TransactionLost(HandlerFailed(_ENDED.format("a command"))) from error

    def _tell(
        self, error: BusError, command: Command, job: Claimed, who: Principal, transaction: Transaction | None = None
    ) -> None:
        """Tell plugins of what was not allowed, in a transaction as soon as that has ended: they may want to write."""
        tell = functools.partial(self._refusals.tell, error, command, who, job.correlation_id)
        if transaction is None:
            tell()
        elif is_told(error):
            transaction.after_commit.append(tell)

    def _judge(self, command: Command, error: BaseException, job: Claimed) -> BusError:
        verdict = judge(command, error, job.correlation_id)
        # No interrupt of the process comes to a worker's thread: this one is the handler's own.
        return verdict if isinstance(verdict, BusError) else HandlerFailed(f"{command.name} was interrupted")

    def ending(self, job: Claimed, error: BusError) -> Ending:
        """What becomes of a job that ended with an error."""
        command = self.command_of(job)
        try:
            answer = _text(command.failure(error, job.correlation_id))
        except Exception as unwritable:  # noqa: BLE001  # a refusal whose details are no JSON
            error = self._judge(command, unwritable, job)
            answer = _text(command.failure(error, job.correlation_id))
        if isinstance(error, DatabaseBusy | CommitUnknown):
            # Nobody's fault but the database's: the attempt does not count. After a lost commit the row decides.
            return self.unspent(job, pause=True)._replace(result=answer)
        if isinstance(error, HandlerFailed | TimedOut):
            return self._after_failure(command, job, answer, error)
        state = JobState.CANCELLED if isinstance(error, Cancelled) else JobState.FAILED
        return Ending(state, answer, job, job.lane, fault=_fault(error))

    def _after_failure(self, command: Command, job: Claimed, answer: str, error: BusError) -> Ending:
        """Another attempt later, or the end: ``dead``."""
        counts = 0 if job.lane == WARD_LANE else 1  # there it was counted when it was claimed
        if job.alone + counts >= command.queue.attempts:
            return Ending(JobState.DEAD, answer, job, job.lane, count_alone=counts, fault=_fault(error))
        again = self._again(command, job, answer, job.lane, backoff_ms(command.queue, job.attempt), counts)
        return again._replace(fault=_fault(error))

    def unspent(self, job: Claimed, *, pause: bool) -> Ending:
        """Back into the queue as if it had not been claimed: it was not begun, or the database was at fault."""
        counted = 1 if job.lane == WARD_LANE else 0
        again = self._again(self.command_of(job), job, None, job.lane, BUSY_PAUSE_MS if pause else 0, -counted)
        return again._replace(count_attempt=-1)

    def after_timeout(self, job: Claimed) -> Ending:
        """What becomes of a job whose worker was replaced because the job ran past its limit."""
        command = self.command_of(job)
        error = TimedOut(f"{command.name} ran past its time limit of {command.limit_s:g} s; its worker was replaced")
        return self._after_failure(command, job, _text(command.failure(error, job.correlation_id)), error)

    def after_crash(self, job: Claimed) -> Ending:
        """What becomes of a job that was in hand when its worker died, perhaps of another job.

        After the second time it gets a process to itself; what dies with it there is its own doing, and counts.
        """
        command = self.command_of(job)
        error = HandlerFailed(f"the worker running {command.name} died")
        answer = _text(command.failure(error, job.correlation_id))
        if job.alone >= command.queue.attempts or command.queue.attempts == 1:
            return Ending(JobState.DEAD, answer, job, job.lane, fault=_fault(error))
        crashes = job.attempt - job.alone  # outside the ward, each failure of its own is counted in both
        again = self._again(command, job, answer, WARD_LANE if crashes > 1 else job.lane, 0, 0)
        return again._replace(fault=_fault(error))

    @staticmethod
    def _again(
        command: Command, job: Claimed, answer: str | None, lane: int, delay_ms: int, count_alone: int
    ) -> Ending:
        """Back into the queue, unless somebody cancels it meanwhile."""
        if_cancelled = _text(command.failure(Cancelled("the job was cancelled while it ran"), job.correlation_id))
        return Ending(JobState.QUEUED, answer, job, lane, if_cancelled, delay_ms, count_alone)


def backoff_ms(policy: QueuePolicy, attempt: int) -> int:
    """Pause after a failed attempt, milliseconds: doubling, capped, between half and the whole of it at random."""
    full = min(policy.max_backoff_ms, policy.min_backoff_ms * 2 ** min(attempt - 1, 40))
    return int(full * random.uniform(0.5, 1.0))  # noqa: S311  # spreads load; guards nothing


def _fault(error: BusError) -> tuple[str, str]:
    """What is remembered of an attempt that did not end well."""
    return error.code, error.message[:MAX_REMEMBERED]


def _text(answer: Envelope) -> str:
    return wire.encode(answer.to_dict()).decode()
