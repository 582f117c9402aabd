"""Running a handler: its unit of work, nested commands and units of MANY commands.

One code path for a synchronous call, a queued job and a nested command. Who may run what was decided before
(bus/admission.py), or anew for a job (bus/jobs/performing.py).

Not here: what its exceptions mean (bus/verdicts.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from bus import wire
from bus.admission import require_role
from bus.context import Context
from bus.database import faults
from bus.errors import InvalidArguments, TimedOut
from bus.idempotency import Remembered
from bus.principal import LOCAL_CALLER
from bus.transaction import Transaction
from bus.verdicts import judge

if TYPE_CHECKING:
    from bus.clock import Clock
    from bus.command import Command
    from bus.database import Database, Db
    from bus.envelope import Peer
    from bus.events import Events
    from bus.idempotency import Memory, Record
    from bus.jobs.publishing import Publisher
    from bus.loop import BackgroundLoop
    from bus.principal import Principal
    from bus.registry import Registry
    from bus.runs import Run

#: ``ctx.call`` inside ``ctx.call`` inside …: more is a handler that calls itself.
MAX_DEPTH = 16
#: Seconds that a coroutine may take to notice that its time is over; then nobody waits for it any longer.
GRACE_S = 1.0
monotonic = time.monotonic


class Executor:
    """Runs handlers."""

    def __init__(
        self,
        registry: Registry,
        database: Database,
        clock: Clock,
        publisher: Publisher,
        loop: BackgroundLoop,
        events: Events,
        local_owner: str,
        find_remote: Callable[..., Callable[[dict[str, Any]], None] | None] | None = None,
    ) -> None:
        self.local_owner = local_owner
        #: ``bus_remote`` of the plugins, or None when no plugin has it.
        self.find_remote = find_remote
        self._registry = registry
        self._database = database
        self.loop = loop
        self.clock = clock
        self.publisher = publisher
        self.events = events
        self._stored = database.sql("SELECT result FROM bus_unit WHERE run=? AND name=?")
        self._store = database.sql("INSERT INTO bus_unit(run, name, result, created_at) VALUES (?,?,?,?)")

    def run(
        self,
        command: Command,
        args: dict[str, Any],
        principal: Principal,
        correlation_id: str,
        run: Run | None = None,
        outer: Context | None = None,
        peer: Peer | None = None,
    ) -> dict[str, Any]:
        """Run a handler in a unit of work of its own and answer its data.

        Args:
            command: what to run.
            args: its loaded arguments.
            principal: who called.
            correlation_id: of the call.
            run: what a rerun is known by; None when there will be none.
            outer: the run that this one is nested in; its time limit counts.
            peer: who sent the call over the network; None: nobody did.

        Raises:
            BusError: the handler refused or failed; nothing it wrote in its open unit remains.
        """
        _ = command.handler  # what has to be imported for it is imported now: no clock runs, no transaction is open
        deadline, depth = (monotonic() + command.limit_s, 0) if outer is None else (outer.deadline, outer.depth + 1)
        context = Context(self, command, principal, correlation_id, deadline, None, run, depth, peer)
        try:
            if command.only_reads is not None:
                context.is_read = command.only_reads(args)
            data = self.handle(context, command, args)
            if context.has_transaction:
                context.transaction.commit()
        except BaseException as error:  # noqa: BLE001  # judged, never swallowed
            if context.has_transaction:
                context.transaction.rollback()
            raise judge(command, error, correlation_id) from None
        finally:
            context.is_over = True
        return data

    def run_remembered(
        self,
        command: Command,
        args: dict[str, Any],
        principal: Principal,
        correlation_id: str,
        memory: Memory,
        record: Record,
        peer: Peer | None = None,
    ) -> dict[str, Any] | Remembered:
        """Run a ONE command whose first statement takes an idempotency key; key, effect and answer commit together."""
        _ = command.handler  # as above
        context = Context(self, command, principal, correlation_id, monotonic() + command.limit_s, peer=peer)
        transaction = context.transaction
        try:
            claimed = memory.claim(transaction.kept, record)
            if isinstance(claimed, Remembered):
                transaction.rollback()
                return claimed
            data = self.handle(context, command, args)
            memory.keep(transaction.kept, record, claimed, data)
            transaction.commit()
        except BaseException as error:  # noqa: BLE001  # judged, never swallowed
            transaction.rollback()
            raise judge(command, error, correlation_id) from None
        finally:
            context.is_over = True
        return data

    def handle(self, context: Context, command: Command, args: dict[str, Any]) -> dict[str, Any]:
        """Call the handler and check what it returns."""
        if command.is_async:
            return command.dump(self._await(context, command, args))
        return command.dump(command.handler(context, **args))

    def _await(self, context: Context, command: Command, args: dict[str, Any]) -> Any:
        """Run an ``async def`` handler on the bus's own event loop, within its time limit."""
        limit_s = max(0.0, context.deadline - monotonic())
        too_late = TimedOut(f"{command.name} ran past its time limit of {command.limit_s:g} s")

        async def bounded() -> Any:
            limit = asyncio.timeout(limit_s)
            try:
                async with limit:
                    return await command.handler(context, **args)
            except TimeoutError:
                if limit.expired():
                    raise too_late from None
                raise  # the handler's own: a socket's, a queue's

        future: Future[Any] = self.loop.submit(bounded())
        try:
            return future.result(limit_s + GRACE_S)
        except TimeoutError:
            if future.done():
                raise
            future.cancel()
            raise too_late from None

    def transaction(self, context: Context) -> Transaction:
        """The unit of work of a ONE command, not begun yet."""
        command = context.command
        if command.is_many:
            raise RuntimeError(f"{command.name} has units = MANY: use the database inside ctx.unit(name, work)")
        return Transaction(
            self._database, is_write=not context.is_read, deadline=context.deadline, announce=self.publisher.announce
        )

    def call_inside(self, outer: Context, name: str, args: dict[str, Any], version: int | None) -> dict[str, Any]:
        """Run a nested command in the outer one's unit of work; a failure undoes its own writes alone."""
        outer.check_time()
        command = self._registry.find(name, version)
        self._check_nesting(outer, command)
        if outer.principal is not LOCAL_CALLER:
            require_role(command, outer.principal)  # else a command for everybody could be a way around roles
        values = _load_inside(command, args)
        if outer.command.is_many and not outer.has_transaction:
            return self.run(command, values, outer.principal, outer.correlation_id, outer=outer, peer=outer.peer)
        shared = outer.transaction
        inner = Context(
            self,
            command,
            outer.principal,
            outer.correlation_id,
            outer.deadline,
            shared,
            outer.run,
            outer.depth + 1,
            outer.peer,
        )
        try:
            if command.is_read:
                return self.handle(inner, command, values)
            with shared.savepoint():
                return self.handle(inner, command, values)
        except Exception as error:  # noqa: BLE001  # judged, never swallowed
            raise _nested(judge(command, error, outer.correlation_id)) from None

    @staticmethod
    def _check_nesting(outer: Context, command: Command) -> None:
        """Refuse the calls that could not keep their promises."""
        where = f"{outer.command.name} calls {command.name}"
        if command.is_many:
            raise RuntimeError(f"{where}, which has units = MANY; submit it instead")
        if outer.is_read and not command.is_read:
            raise RuntimeError(f"{where}: what only reads may only call READ commands")
        if outer.command.is_many and not command.is_read and not outer.has_transaction:
            raise RuntimeError(f"{where} outside a unit; call it inside ctx.unit(name, work)")
        if outer.depth >= MAX_DEPTH:
            raise RuntimeError(f"{where} more than {MAX_DEPTH} calls deep")

    def run_unit(self, context: Context, name: str, work: Callable[[Db], Any]) -> Any:
        """Run one named unit of a MANY command, or answer what it returned in the run that committed it."""
        if not context.command.is_many:
            raise RuntimeError(f"{context.command.name} is ONE: it is a single unit itself; use ctx.db")
        if context.has_transaction:
            raise RuntimeError(
                f"the unit {name!r} of {context.command.name} begins inside another unit; end that one first"
            )
        context.check_time()
        transaction = Transaction(
            self._database, is_write=True, deadline=context.deadline, announce=self.publisher.announce
        )
        context.inside(transaction)
        try:
            result = self._work_once(transaction, context.run, name, work)
            transaction.commit()
        except BaseException as error:
            transaction.rollback()
            fault = faults.translate(error)
            if fault is None or fault is error:
                raise
            raise fault from error
        finally:
            context.inside(None)
        return result

    def _work_once(self, transaction: Transaction, run: Run | None, name: str, work: Callable[[Db], Any]) -> Any:
        kept = transaction.kept
        if run is None:  # nobody can repeat this run
            return wire.decode_stored(wire.encode(work(kept.db)))
        run.guard(kept)
        stored = kept.raw.execute(self._stored, (run.key, name)).fetchone()
        if stored is not None:
            return wire.decode_stored(stored[0])
        result = wire.encode(work(kept.db))
        kept.raw.execute(self._store, (run.key, name, result.decode(), self.clock.now_ms()))
        return wire.decode_stored(result)  # as a rerun will see it: a tuple is a list by then


def _load_inside(command: Command, args: dict[str, Any]) -> dict[str, Any]:
    try:
        return command.load(args)
    except InvalidArguments as error:
        raise _nested(error) from None


def _nested(error: BaseException) -> BaseException:
    """Mark what is wrong with a nested command's arguments: the caller of the outer one never sent them."""
    if isinstance(error, InvalidArguments):
        error.is_nested = True
    return error
