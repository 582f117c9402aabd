"""The heart: one request in, one envelope out, whatever happens.

    resolve ▶ authenticate ▶ authorise ▶ limit ▶ validate (+ upcast) ▶ remember ▶ run now, or hand to the queue

Not here: running a handler (bus/execution.py), storing a job (bus/jobs/publishing.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bus import ids, logs
from bus.admission import authorise
from bus.envelope import Envelope, Request
from bus.errors import BusError, CommitUnknown, DatabaseBusy, InvalidArguments, Refusal, Unauthenticated, UnknownCommand
from bus.idempotency import Memory, Record, Remembered, record_of, still_running
from bus.jobs.publishing import Timing
from bus.principal import LOCAL_CALLER, Principal
from bus.requests import LIFTED, lifted
from bus.runs import OwnershipLost, RememberedRun
from bus.validation import check_shape
from bus.verdicts import answer_of

if TYPE_CHECKING:
    from bus.admission import Admission
    from bus.command import Command
    from bus.database import Database
    from bus.envelope import Peer
    from bus.execution import Executor
    from bus.jobs.publishing import Publisher
    from bus.limits import CallLimits
    from bus.refusals import Refusals
    from bus.registry import Registry
    from bus.settings import Settings


class Dispatcher:
    """Answers requests."""

    def __init__(
        self,
        registry: Registry,
        database: Database,
        settings: Settings,
        admission: Admission,
        limits: CallLimits,
        refusals: Refusals,
        memory: Memory,
        executor: Executor,
        publisher: Publisher,
    ) -> None:
        self._registry = registry
        self._database = database
        self._max_depth = settings.max_depth
        self._max_items = settings.max_items
        self._admission = admission
        self._limits = limits
        self._refusals = refusals
        self._memory = memory
        self._executor = executor
        self._publisher = publisher

    def answer(self, request: Request) -> Envelope:
        """Run one request; whatever the caller did wrong comes back inside the envelope."""
        command: Command | None = None
        principal = LOCAL_CALLER
        if "session_token" in request.args or "correlation_id" in request.args:  # as lift() asks, without the call
            request = lift(request)
        correlation_id = request.correlation_id or ids.correlation_id()
        token = logs.correlation.set(correlation_id)
        try:
            command = self._registry.find(request.command, request.version)
            principal = self._identify(command, request)
            if principal is not LOCAL_CALLER:
                self._admit(command, request, principal)
            if request.mode == "queue" or (command.queue.by_default and request.mode is None):
                return self._publisher.accept(command, request, principal, correlation_id)
            if request.delay_ms is not None or request.run_at is not None or request.priority is not None:
                return _failure(request, command, _untimely(command), correlation_id)
            check_shape(request.args, max_depth=self._max_depth, max_items=self._max_items)
            args = command.load(request.args)
            if request.idempotency_key is not None and command.takes_key:
                return self._answer_once(command, request, args, principal, correlation_id)
            data = self._executor.run(command, args, principal, correlation_id, peer=request.peer)
        except BusError as error:
            self._refusals.tell(error, command, principal, correlation_id, request.peer)
            return _failure(request, command, error, correlation_id)
        except Exception as error:
            if command is None:
                raise
            # Nobody below had an answer: an authenticator, a cast or a validator failed, or the database is damaged.
            return _failure(request, command, answer_of(command, error, correlation_id), correlation_id)
        finally:
            logs.correlation.reset(token)
        return command.success(data, correlation_id, request.id)

    def accept_many(self, request: Request, many: Sequence[dict[str, Any]]) -> list[Envelope]:
        """Queue one command with many arguments, together; who may is asked once, unless calls of it are limited.

        Args:
            request: what they have in common; its own arguments are not looked at.
            many: the arguments.
        """
        command: Command | None = None
        principal = LOCAL_CALLER
        correlation_id = request.correlation_id or ids.correlation_id()
        token = logs.correlation.set(correlation_id)
        try:
            command = self._registry.find(request.command, request.version)
            if command.contract.limit is not None:  # each of them is a call
                return [self.answer(replace(request, args=args)) for args in many]
            principal = self._identify(command, request)
            self._admit(command, request, principal)
            timing = Timing(request.delay_ms, request.run_at, request.priority)
            return self._publisher.accept_many(command, many, principal, correlation_id, timing)
        except BusError as error:
            self._refusals.tell(error, command, principal, correlation_id, request.peer)
            failure = error
        except Exception as error:
            if command is None:
                raise
            failure = answer_of(command, error, correlation_id)
        finally:
            logs.correlation.reset(token)
        return [_failure(request, command, failure, correlation_id) for _ in many]

    def _identify(self, command: Command, request: Request) -> Principal:
        if request.is_local and request.session_token is None and command.contract.access.kind == "local":
            return LOCAL_CALLER
        return self._admission.identify(command, request)

    def _admit(self, command: Command, request: Request, principal: Principal) -> None:
        """Go on if the principal may, by role and by rate.

        Raises:
            Forbidden, RateLimited: it may not.
        """
        authorise(command, principal)
        if command.contract.limit is not None:
            self._limits.count(command, request, principal)

    def _answer_once(
        self, command: Command, request: Request, args: dict[str, Any], principal: Principal, correlation_id: str
    ) -> Envelope:
        """Run a command that carries an idempotency key, or answer what its first call left."""
        assert request.idempotency_key is not None
        record = record_of(principal.id, command.name, command.version, request.idempotency_key, request.args)
        run = self._run_many_once if command.is_many else self._run_one_once
        outcome = run(command, args, principal, correlation_id, record, request.peer)
        if not isinstance(outcome, Remembered):
            return command.success(outcome, correlation_id, request.id)
        if outcome.data is not None:
            return command.success(outcome.data, correlation_id, request.id)
        assert outcome.job_id is not None
        return self._publisher.revisit(outcome.job_id, command, request, correlation_id)

    def _run_one_once(
        self,
        command: Command,
        args: dict[str, Any],
        principal: Principal,
        correlation_id: str,
        record: Record,
        peer: Peer | None,
    ) -> dict[str, Any] | Remembered:
        """Key, effect and answer in one transaction."""
        try:
            return self._executor.run_remembered(command, args, principal, correlation_id, self._memory, record, peer)
        except CommitUnknown as lost:
            return self._look_up(record, lost)

    def _look_up(self, record: Record, lost: CommitUnknown) -> Remembered:
        """What a commit left whose answer was lost.

        Raises:
            DatabaseBusy: it was not made.
            CommitUnknown: the database cannot be asked.
        """
        not_made = DatabaseBusy("the connection to the database was lost; nothing was written, try again")
        try:
            with self._database.writer().transaction() as kept:
                # Taking the key waits for a commit that is still under way; whoever gets it knows there was none.
                left = self._memory.claim(kept, record)
                if isinstance(left, Remembered):
                    return left
                raise not_made
        except DatabaseBusy as busy:
            raise (not_made if busy is not_made else lost) from None

    def _run_many_once(
        self,
        command: Command,
        args: dict[str, Any],
        principal: Principal,
        correlation_id: str,
        record: Record,
        peer: Peer | None,
    ) -> dict[str, Any] | Remembered:
        """The record is in flight, under a fence, while the handler runs outside any transaction."""
        writer = self._database.writer()
        with writer.transaction() as kept:
            claimed = self._memory.claim(kept, record, lease_ms=int(command.limit_s * 2_000))
        if isinstance(claimed, Remembered):
            return claimed
        run = RememberedRun(self._database, record, claimed)
        try:
            data = self._executor.run(command, args, principal, correlation_id, run, peer=peer)
            with writer.transaction() as kept:
                self._memory.keep(kept, record, claimed, data)
        except OwnershipLost:
            raise still_running(record) from None
        except BaseException as error:
            with suppress(DatabaseBusy), writer.transaction() as kept:  # then its lease ends it
                self._memory.give_up(kept, record, claimed, is_refused=isinstance(error, Refusal))
            raise
        return data


def lift(request: Request) -> Request:
    """Take session and correlation id out of the arguments; where a member beside them is given, it decides."""
    args = dict(request.args)
    found: dict[str, Any] = {}
    for name in LIFTED:
        value = args.pop(name, None)
        if value is not None and getattr(request, name) is None:
            found[name] = lifted(name, value)
    return replace(request, args=args, **found)


def _untimely(command: Command) -> InvalidArguments:
    """Somebody who asks for a delay must not be answered as if there had been one."""
    return InvalidArguments(
        f"{command.name} was called synchronously: delay_ms, run_at and priority need mode 'queue'",
        {"mode": ["must be 'queue' for delay_ms, run_at and priority"]},
    )


def _failure(request: Request, command: Command | None, error: BusError, correlation_id: str) -> Envelope:
    if command is None or isinstance(error, UnknownCommand):
        return Envelope.failure(request.command.partition("@")[0], None, error, correlation_id, request.id)
    if isinstance(error, Unauthenticated):  # a warning is something about the contract
        return Envelope.failure(command.name, command.version, error, correlation_id, request.id)
    return command.failure(error, correlation_id, request.id)
