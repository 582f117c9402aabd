"""What a handler gets: the database, the caller, the clock, and ways to call, queue and announce other things."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bus.errors import TimedOut
from bus.principal import LOCAL_CALLER

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bus.command import Command
    from bus.database import Db
    from bus.envelope import Peer
    from bus.execution import Executor
    from bus.principal import Principal
    from bus.runs import Run
    from bus.transaction import Transaction


class Context:
    """One run of one handler."""

    __slots__ = (
        "_executor",
        "_transaction",
        "command",
        "correlation_id",
        "deadline",
        "depth",
        "is_over",
        "is_read",
        "peer",
        "principal",
        "run",
    )

    def __init__(
        self,
        executor: Executor,
        command: Command,
        principal: Principal,
        correlation_id: str,
        deadline: float,
        transaction: Transaction | None = None,
        run: Run | None = None,
        depth: int = 0,
        peer: Peer | None = None,
    ) -> None:
        self._executor = executor
        self._transaction = transaction
        self.command = command
        #: Whether this run only reads.
        self.is_read = command.is_read
        #: Who calls; in a worker, whoever queued the command.
        self.principal = principal
        #: Name of this call in the log, and of everything it calls and queues.
        self.correlation_id = correlation_id
        #: Monotonic seconds (``time.monotonic``) at which the run must be over.
        self.deadline = deadline
        #: What a rerun of this run is known by; None when there will be none.
        self.run = run
        #: How many ``ctx.call`` this run is inside of.
        self.depth = depth
        #: Who sent the call over the network; None: nobody did, or it was queued.
        self.peer = peer
        #: Whether the handler has returned: whoever still holds this context may not begin a unit of work.
        self.is_over = False

    @property
    def transaction(self) -> Transaction:
        """The unit of work this run is in; begun when it is first used.

        Raises:
            TimedOut: the command is past its time limit.
            RuntimeError: a MANY command outside its units, or the handler has returned.
        """
        if self._transaction is None:
            self.check_time()
            if self.is_over:
                raise RuntimeError(f"{self.command.name} has returned; its context must not be used any more")
            self._transaction = self._executor.transaction(self)
        return self._transaction

    @property
    def has_transaction(self) -> bool:
        """Whether this run has asked for its unit of work."""
        return self._transaction is not None

    @property
    def db(self) -> Db:
        """SQLAlchemy Core inside the unit of work; commit and rollback are the bus's.

        Raises:
            RuntimeError: a MANY command outside its units.
        """
        transaction = self._transaction
        if transaction is None:
            transaction = self.transaction
        return transaction.kept.db

    @property
    def session(self) -> Session:
        """An ORM session inside the unit of work (four times as dear as ``db``)."""
        return self.transaction.session

    @property
    def owner(self) -> str:
        """Id of the user whose data this run acts on: the principal's own, for a local caller ``BUS_LOCAL_OWNER``."""
        principal = self.principal.id
        return self._executor.local_owner if principal == LOCAL_CALLER.id else principal

    @property
    def now_ms(self) -> int:
        """Epoch milliseconds, from the bus's clock."""
        return self._executor.clock.now_ms()

    @property
    def job_id(self) -> str | None:
        """The job being run; None in a synchronous call."""
        return None if self.run is None else self.run.job_id

    @property
    def attempt(self) -> int:
        """Which run of the job this is, from 1; 1 in a synchronous call."""
        return 1 if self.run is None else self.run.attempt

    @property
    def log(self) -> Any:
        """A logger that knows the command and the correlation id."""
        from bus import logs  # most runs log nothing

        return logs.bound(self.correlation_id, command=self.command.name)

    def call(self, command: str, args: dict[str, Any] | None = None, *, version: int | None = None) -> dict[str, Any]:
        """Run another command in this unit of work and return its data; a caller with a session needs its role too.

        A refusal is raised as it is; when it is caught, the inner command's writes are undone and this run goes on.

        Raises:
            BusError: the inner command's answer, if it is not ``ok``.
            RuntimeError: READ calls WRITE, a MANY command is called, or calls are nested more than 16 deep.
        """
        return self._executor.call_inside(self, command, args or {}, version)

    def submit(
        self,
        command: str,
        args: dict[str, Any] | None = None,
        *,
        version: int | None = None,
        delay_ms: int | None = None,
        run_at: int | None = None,
        priority: int | None = None,
    ) -> str:
        """Queue another command; the job exists if and only if this unit of work commits.

        Args:
            command: its name, also ``name@version``.
            args: its arguments, checked now.
            version: None: the newest.
            delay_ms: milliseconds to wait at least.
            run_at: epoch milliseconds to wait for at least.
            priority: lower runs first; None: as the contract says.

        Returns:
            The job's id.
        """
        from bus.jobs.publishing import Timing  # most runs queue nothing

        timing = Timing(delay_ms, run_at, priority)
        return self._executor.publisher.publish_inside(self, command, args or {}, version, timing)

    def emit(self, event: str, payload: dict[str, Any] | None = None) -> None:
        """Announce a domain event.

        Commands that are subscribed to it are queued in this unit of work, and run once if it commits. Listeners (hook
        ``bus_event``) are told after the commit, at best: a crash right then loses it for them.

        Raises:
            InvalidArguments: a subscribed command refuses the payload.
            RuntimeError: a command is subscribed and no unit of work is open, or this command is READ.
        """
        self._executor.events.emit(self, event, dict(payload or {}))

    @property
    def is_between_units(self) -> bool:
        """Whether a MANY command has no transaction open right now."""
        return self.command.is_many and self._transaction is None

    def remote(self, name: str) -> Callable[[dict[str, Any]], None] | None:
        """The far side that a plugin provides under this name (hook ``bus_remote``), to push to; None: no plugin does.

        Ask for it in MANY commands that are ``external``, and push between their units.
        """
        find = self._executor.find_remote
        return None if find is None else find(name=name)

    def inside(self, transaction: Transaction | None) -> None:
        """Enter (or, with None, leave) a unit of a MANY command. Only the executor calls this."""
        self._transaction = transaction

    def unit(self, name: str, work: Callable[[Db], Any]) -> Any:
        """Run ``work(db)`` in one short transaction that takes effect once, however often the command is rerun.

        Args:
            name: of the unit, unlike that of every other unit of this run (``"charge"``, ``f"page-{n}"``).
            work: gets the database, returns JSON.

        Returns:
            What ``work`` returned: now, or in the run that committed it.

        Raises:
            RuntimeError: the command is not MANY, or units are nested.
        """
        return self._executor.run_unit(self, name, work)

    def checkpoint(self) -> None:
        """Stop here if the command was cancelled or is out of time.

        Raises:
            Cancelled: somebody cancelled the job.
            TimedOut: the time limit has passed.
            RuntimeError: the command is not MANY: a ONE command is too short to stop.
        """
        if not self.command.is_many:
            raise RuntimeError(f"{self.command.name} is ONE: ctx.checkpoint() belongs to commands with units = MANY")
        self.check_time()
        if self.run is not None and self._transaction is None:  # a unit is short and ends before anything is cancelled
            self.run.stop_if_cancelled()

    def progress(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Tell how far a long command is; watchers of its job see it within a moment. Costs a write now and then.

        Args:
            done: so much of it.
            total: the whole, in the same unit; None: not known.
            message: what is being done, up to 200 characters.

        Raises:
            RuntimeError: the command is not MANY, or a unit is open: what it writes is not there yet.
            ValueError: numbers below 0, or done beyond total.
        """
        if not self.command.is_many or self._transaction is not None:
            raise RuntimeError(f"{self.command.name}: ctx.progress() belongs between the units of a MANY command")
        if done < 0 or (total is not None and done > total):
            raise ValueError(f"ctx.progress({done}, {total}): done must lie between 0 and total")
        if self.run is not None:
            told = {"done": done, "total": total, "message": message and message[:200], "at": self.now_ms}
            self.run.tell(told, is_last=done == total)

    def check_time(self) -> None:
        """Stop here if the command is out of time.

        Raises:
            TimedOut: the time limit has passed.
        """
        if time.monotonic() > self.deadline:
            raise TimedOut(f"{self.command.name} ran past its time limit of {self.command.limit_s:g} s")
