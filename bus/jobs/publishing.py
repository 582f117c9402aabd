"""Queueing a command: the job row commits with the publisher's own writes, and then somebody is told.

Publishing works while workers and broker are away: the row is all that matters.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from bus import ids, logs, wire
from bus.contract import AT_LEAST_ONCE
from bus.envelope import Envelope, Request
from bus.errors import BusError, CommitUnknown, DatabaseBusy, InvalidArguments, QueueUnavailable
from bus.idempotency import Memory, Record, Remembered, record_of
from bus.jobs.keys import keys_of
from bus.jobs.port import Carrier
from bus.jobs.rows import Row, Rows
from bus.jobs.states import FREE_LANE, GROUP_LANE, SCHEDULED, UNIT_LANE, JobState
from bus.requests import fault_of
from bus.validation import check_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bus.command import Command
    from bus.context import Context
    from bus.database import Database, Kept
    from bus.jobs.port import QueueProvider
    from bus.jobs.store import JobStore
    from bus.principal import Principal
    from bus.registry import Registry
    from bus.settings import Settings


class Timing(NamedTuple):
    """When a job may run, as the publisher said."""

    #: Milliseconds to wait at least.
    delay_ms: int | None = None
    #: Epoch milliseconds to wait for at least.
    run_at: int | None = None
    #: Lower runs first; None: as the contract says.
    priority: int | None = None


#: At once, with the priority of the contract.
NOW = Timing()


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
        self._carrier = provider if isinstance(provider, Carrier) else None
        self._rows = Rows(database)

    def accept(self, command: Command, request: Request, principal: Principal, correlation_id: str) -> Envelope:
        """Store a job for a request and answer that it is accepted; arguments are checked first."""
        timing = Timing(request.delay_ms, request.run_at, request.priority)
        row = self._row(command, request.args, principal.id, correlation_id, timing)
        if self._travels(command, timing) and request.idempotency_key is None:
            assert self._carrier is not None
            self._carrier.send((row,))
            return command.success(None, correlation_id, request.id, {"id": row.id, "state": JobState.QUEUED.value})
        record = None
        if request.idempotency_key is not None and not command.is_read:
            record = record_of(principal.id, command.name, command.version, request.idempotency_key, request.args)
        try:
            stored = self._store(row, record)
        except CommitUnknown as error:
            # Storing the same job again waits for a commit still under way, and is nothing new if that was made.
            try:
                stored = self._store(row, record)
            except DatabaseBusy:
                raise error from None
        if isinstance(stored, Remembered):
            return self._replay(stored, command, request, correlation_id)
        self.announce((row.queue,))
        state = SCHEDULED if self._is_later(timing) else JobState.QUEUED.value
        return self._accepted(command, row, stored, correlation_id, request.id, state)

    def accept_many(
        self,
        command: Command,
        many: Iterable[dict[str, Any]],
        principal: Principal,
        correlation_id: str,
        timing: Timing,
    ) -> list[Envelope]:
        """Store a job for each of many arguments, all of them together, but for those that the command refuses."""
        prepared: list[Envelope | Row] = []
        for args in many:
            try:
                prepared.append(self._row(command, args, principal.id, correlation_id, timing))
            except BusError as error:
                prepared.append(command.failure(error, correlation_id))
        rows = [row for row in prepared if isinstance(row, Row)]
        if self._travels(command, timing):
            assert self._carrier is not None
            self._carrier.send(rows)
            stored = {row.id: row.id for row in rows}
        else:
            stored = dict(zip((row.id for row in rows), self._store_many(rows), strict=True))
        state = SCHEDULED if self._is_later(timing) else JobState.QUEUED.value
        return [
            self._accepted(command, one, stored[one.id], correlation_id, None, state) if isinstance(one, Row) else one
            for one in prepared
        ]

    def _accepted(
        self, command: Command, row: Row, stored: str, correlation_id: str, request_id: Any, state: str
    ) -> Envelope:
        """Names the job; if another one has its unique key, that one: its answer is for its publisher."""
        if stored != row.id:
            other = self._jobs.find(stored)
            state = JobState.QUEUED.value if other is None else other.state
        return command.success(None, correlation_id, request_id, {"id": stored, "state": state})

    def _store_many(self, rows: list[Row]) -> list[str]:
        """Insert jobs in one transaction; answers the id of each."""
        try:
            stored = self._insert_alone(rows)
        except CommitUnknown as error:
            try:
                stored = self._insert_alone(rows)  # as accept() does
            except DatabaseBusy:
                raise error from None
        self.announce({row.queue for row in rows})
        return stored

    def _insert_alone(self, rows: list[Row]) -> list[str]:
        with self._database.writer().transaction() as kept:
            return self.insert(kept, rows)

    def _travels(self, command: Command, timing: Timing) -> bool:
        """Whether a request goes whole with the broker; what asks for more than a message can do is stored as a job."""
        return self._carrier is not None and command.contract.delivery is AT_LEAST_ONCE and timing == NOW

    def _store(self, row: Row, record: Record | None) -> Remembered | str:
        """Insert a job in a transaction of its own.

        Returns:
            What an earlier call with its idempotency key left, or the job: another one if that has its unique key.
        """
        if record is None and row.keys is None:
            self._rows.insert_alone(self._database.writer(), row)
            return row.id
        with self._database.writer().transaction() as kept:
            fence = 0
            if record is not None:
                claimed = self._memory.claim(kept, record)
                if isinstance(claimed, Remembered):
                    return claimed
                fence = claimed
            job_id = self._rows.insert(kept, row, may_enter=True)
            if record is not None:
                self._memory.keep(kept, record, fence, None, job_id)
        return job_id

    def publish_inside(
        self,
        context: Context,
        name: str,
        args: dict[str, Any],
        version: int | None = None,
        timing: Timing = NOW,
        principal_id: str | None = None,
    ) -> str:
        """Store a job in a handler's unit of work; it appears when that commits, and workers are told then.

        Args:
            context: of the handler.
            name: of the command, also ``name@version``.
            args: its arguments.
            version: None: the newest.
            timing: when it may run.
            principal_id: whose job it is; None: that of whoever runs the handler.
        """
        command = self._registry.find(name, version)
        if context.is_read:
            raise RuntimeError(f"{context.command.name} only reads and cannot submit {command.name}")
        for member, value in timing._asdict().items():
            fault = None if value is None else fault_of(member, value)
            if fault is not None:
                raise ValueError(f"ctx.submit({command.name!r}): {member} {fault}")
        try:
            row = self._row(command, args, principal_id or context.principal.id, context.correlation_id, timing)
        except InvalidArguments as error:
            error.is_nested = True
            raise
        transaction = context.transaction
        job_id = self._rows.insert(transaction.kept, row)
        transaction.queues.add(row.queue)
        if row.key is not None:  # a key is locked for a moment only, not until the handler's unit of work ends
            transaction.after_commit.append(functools.partial(self._admit, row.key))
        return job_id

    def prepare(
        self, command: Command, args: dict[str, Any], principal_id: str, correlation_id: str, timing: Timing = NOW
    ) -> Row:
        """The row of a job that ``insert`` may write down.

        Raises:
            InvalidArguments: the command would refuse the arguments, or is secret.
            QueueUnavailable: this bus has no queue.
        """
        return self._row(command, args, principal_id, correlation_id, timing)

    def insert(self, kept: Kept, rows: Iterable[Row]) -> list[str]:
        """Write prepared jobs down in an open transaction of the bus itself; announce their queues after its commit.

        Returns:
            The id of each, or that of the job that has its unique key.
        """
        inserted = [(self._rows.insert(kept, row), row.key) for row in rows]
        keys = sorted({key for _, key in inserted if key is not None})
        if keys:
            self._rows.gates.admit(kept, keys)
        return [job_id for job_id, _ in inserted]

    def _admit(self, key: str) -> None:
        """Let the jobs of a key go. Never raises: the jobs are stored, and whoever looks after the queue finds them."""
        try:
            with self._database.writer().transaction() as kept:
                queues = self._rows.gates.admit(kept, (key,))
        except (DatabaseBusy, CommitUnknown) as error:
            logs.get("bus").warning("key_waits_for_the_next_look", key=key, why=error.message)
        else:
            self.announce(queues)

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

    def _checked(self, command: Command, args: dict[str, Any]) -> dict[str, Any]:
        """The loaded arguments; what could not run later is refused now."""
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
        return command.load(args)

    def _row(
        self, command: Command, args: dict[str, Any], principal_id: str, correlation_id: str, timing: Timing
    ) -> Row:
        """The row of a new job."""
        values = self._checked(command, args)
        return Row(
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
            keys_of(command, values),
        )

    def _lane(self, command: Command) -> int:
        if command.is_many or command.is_read:
            return FREE_LANE
        shares_by_choice = command.queue.group and not self._database.dialect.groups_jobs
        return GROUP_LANE if shares_by_choice else UNIT_LANE
