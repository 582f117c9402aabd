"""Queueing a command: the job row commits with the publisher's own writes, and then somebody is told.

Publishing works while workers and broker are away: the row is all that matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bus import ids, logs, wire
from bus.envelope import Envelope, Request
from bus.errors import CommitUnknown, DatabaseBusy, InvalidArguments, QueueUnavailable
from bus.idempotency import Memory, Record, Remembered, record_of
from bus.jobs.states import FREE_LANE, GROUP_LANE, SCHEDULED, UNIT_LANE, JobState
from bus.requests import fault_of
from bus.validation import check_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bus.context import Context
    from bus.database import Database
    from bus.jobs.port import QueueProvider
    from bus.jobs.store import JobStore
    from bus.principal import Principal
    from bus.registry import Command, Registry
    from bus.settings import Settings


class Timing(NamedTuple):
    """When a job may run, as the publisher said."""

    #: Milliseconds to wait at least.
    delay_ms: int | None = None
    #: Epoch milliseconds to wait for at least.
    run_at: int | None = None
    #: Lower runs first; None: as the contract says.
    priority: int | None = None


class Publisher:
    """Accepts commands for the queue."""

    def __init__(
        self,
        registry: Registry,
        database: Database,
        settings: Settings,
        memory: Memory,
        jobs: JobStore,
        provider: QueueProvider | None,
    ) -> None:
        self._registry = registry
        self._database = database
        self._settings = settings
        self._memory = memory
        self._jobs = jobs
        self._provider = provider
        now, greatest = database.dialect.now_ms, database.dialect.greatest
        self._insert = database.sql(
            "INSERT INTO bus_job(id, queue, lane, contract, args, principal, correlation_id, state, priority, run_at, "
            f"attempt, alone, fence, created_at) VALUES (?,?,?,?,?,?,?,'queued',?,{greatest}({now}+?,?),0,0,0,{now}) "
            "ON CONFLICT (id) DO NOTHING"
        )

    def accept(self, command: Command, request: Request, principal: Principal, correlation_id: str) -> Envelope:
        """Store a job for a request and answer that it is accepted; arguments are checked first."""
        timing = Timing(request.delay_ms, request.run_at, request.priority)
        row = self._row(command, request.args, principal.id, correlation_id, timing)
        record = None
        if request.idempotency_key is not None and not command.is_read:
            record = record_of(principal.id, command.name, command.version, request.idempotency_key, request.args)
        try:
            remembered = self._store(row, record)
        except CommitUnknown as error:
            # Storing the same job again waits for a commit still under way, and is nothing new if that was made.
            try:
                remembered = self._store(row, record)
            except DatabaseBusy:
                raise error from None
        if remembered is not None:
            return self._replay(remembered, command, request, correlation_id)
        self.announce((command.queue.name,))
        state = SCHEDULED if self._is_later(timing) else JobState.QUEUED.value
        return command.success(None, correlation_id, request.id, {"id": row[0], "state": state})

    def _store(self, row: tuple[Any, ...], record: Record | None) -> Remembered | None:
        """Insert a job in a transaction of its own; answers what an earlier call with its key left."""
        with self._database.writer().transaction() as kept:
            if record is not None:
                claimed = self._memory.claim(kept, record)
                if isinstance(claimed, Remembered):
                    return claimed
                self._memory.keep(kept, record, claimed, None, row[0])
            kept.raw.execute(self._insert, row)
        return None

    def publish_inside(
        self, context: Context, name: str, args: dict[str, Any], version: int | None, timing: Timing
    ) -> str:
        """Store a job in a handler's unit of work; it appears when that commits, and workers are told then."""
        command = self._registry.find(name, version)
        if context.command.is_read:
            raise RuntimeError(f"{context.command.name} is READ and cannot submit {command.name}")
        for member, value in timing._asdict().items():
            fault = None if value is None else fault_of(member, value)
            if fault is not None:
                raise ValueError(f"ctx.submit({command.name!r}): {member} {fault}")
        row = self._row(command, args, context.principal.id, context.correlation_id, timing)
        transaction = context.transaction
        transaction.kept.execute(self._insert, row)
        transaction.queues.add(command.queue.name)
        return row[0]

    def announce(self, queues: Iterable[str]) -> None:
        """Tell the workers of these queues to look. Never raises: the jobs are stored, and workers also poll."""
        if self._provider is not None:
            try:
                self._provider.announce(queues)
            except Exception as error:  # noqa: BLE001  # the commit stands, whatever a provider does
                logs.get("bus").error("announce_failed", queues=sorted(queues), exc_info=error)

    def revisit(self, job_id: str, command: Command, request: Request, correlation_id: str) -> Envelope:
        """Answer a repeated call whose first one was queued: the job, with its envelope's content when it has ended."""
        job = self._jobs.find(job_id)
        if job is None:
            raise DatabaseBusy("the job of this idempotency key was removed; use a new key")
        ended = job.envelope
        if ended is None:
            return command.success(None, correlation_id, request.id, job.reference)
        ended.correlation_id, ended.job, ended.id = correlation_id, job.reference, request.id
        return ended

    def _replay(self, remembered: Remembered, command: Command, request: Request, correlation_id: str) -> Envelope:
        if remembered.job_id is not None:
            return self.revisit(remembered.job_id, command, request, correlation_id)
        return command.success(remembered.data, correlation_id, request.id)

    def _is_later(self, timing: Timing) -> bool:
        return bool(timing.delay_ms) or (timing.run_at is not None and timing.run_at > self._jobs.now_ms())

    def _check(self, command: Command, args: dict[str, Any]) -> None:
        """Refuse now what could not run later."""
        if command.contract.secret:
            raise InvalidArguments(
                f"{command.name} is secret: its arguments are never stored and so not queued; call it with mode 'sync'",
                {"mode": ['must not be "queue" for a secret command']},
            )
        if self._provider is None:
            raise QueueUnavailable(
                'no plugin provides a queue for this bus; load the plugin `workers`, or call with mode "sync"'
            )
        check_shape(args, max_depth=self._settings.max_depth, max_items=self._settings.max_items)
        command.load(args)

    def _row(
        self, command: Command, args: dict[str, Any], principal_id: str, correlation_id: str, timing: Timing
    ) -> tuple[Any, ...]:
        """The parameters of the insert, the job's id first; the command has been checked."""
        self._check(command, args)
        return (
            ids.job_id(),
            command.queue.name,
            self._lane(command),
            command.key,
            wire.encode(args).decode(),
            principal_id,
            correlation_id,
            command.queue.priority if timing.priority is None else timing.priority,
            timing.delay_ms or 0,
            timing.run_at or 0,
        )

    def _lane(self, command: Command) -> int:
        if command.is_many or command.is_read:
            return FREE_LANE
        shares_by_choice = command.queue.group and not self._database.dialect.groups_jobs
        return GROUP_LANE if shares_by_choice else UNIT_LANE
