"""A connection that one thread keeps: opened, begun, committed, undone, found again after it was lost.

BEGIN, COMMIT and savepoints go to the driver beneath SQLAlchemy: the framework's own path pays for no Core object.

Not here: what handlers see of it (bus/database/db.py), what each database does its own way (sqlite.py, postgresql.py).
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from bus.database import faults
from bus.database.db import Db
from bus.errors import CommitUnknown, DatabaseBusy, DatabaseLocked, TimedOut

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bus.database.database import Database

monotonic = time.monotonic
#: Deadline of a connection with no open transaction: always past.
CLOSED = -math.inf
#: Deadline of an open transaction that the database has ended with an error: always past.
LOST = -1.0
#: Under this name a connection knows its ``Kept``.
OWNER = "bus_kept"


class AlreadyBegun(RuntimeError):
    """This thread is inside a transaction already."""


class Kept:
    """One connection, opened at first use, opened again after it was lost."""

    def __init__(self, database: Database, *, read_only: bool) -> None:
        self._database = database
        self.read_only = read_only
        self._core: sa.Connection | None = None
        #: The driver's connection (sqlite3 or psycopg).
        self.raw: Any = None
        #: Monotonic seconds until which the open transaction may go on; in the past when none is open.
        self.deadline = CLOSED
        #: Whether the database has ended the open transaction by itself.
        self._is_lost = False
        #: Time limit of a statement that the server was told, milliseconds; None: not known (PostgreSQL).
        self.statement_ms: int | None = None
        #: The file that was opened, and the monotonic second at which to look whether it is still there (SQLite).
        self.file_id: tuple[int, int] | None = None
        self.look_at = 0.0
        #: The release of a savepoint that the server has yet to hear of.
        self._unsent: str | None = None
        self.db = Db(self)

    @property
    def core(self) -> sa.Connection:
        """The SQLAlchemy connection."""
        if self._core is None:
            self._open()
        assert self._core is not None
        return self._core

    def _open(self) -> Any:
        self._database.refuse_closed()
        self._database.dialect.before_keep()
        core = self._database.engine.connect()
        core.info[OWNER] = self
        self.raw = core.connection.driver_connection
        self.statement_ms = None
        self._core = core
        self._database.dialect.on_keep(self)
        return self.raw

    def begin(self, *, write: bool, deadline: float = math.inf) -> None:
        """Begin a transaction; wait for the lock or the server within the bound.

        Raises:
            DatabaseBusy: neither came in time; nothing was begun.
            AlreadyBegun: the thread has not ended its last one.
        """
        asked = monotonic()
        gate = self._database.gate if write or self._database.is_memory else None
        if gate is not None and not gate.acquire(timeout=self._database.busy_timeout_ms / 1000):
            raise DatabaseLocked("another call of this process holds the database's write lock; try again")
        if self.deadline != CLOSED:
            if gate is not None:
                gate.release()
            raise AlreadyBegun("this thread is inside a unit of work; call other commands with ctx.call")
        self._gate = gate
        try:
            self._begin(write, deadline)
        except BaseException:
            self.rollback()  # an interrupt may come when the database has begun already
            raise
        # Waiting for the lock has a bound of its own: it must not eat up the time in which to use it.
        self.deadline = deadline + (monotonic() - asked)

    def _begin(self, write: bool, deadline: float) -> None:
        give_up = monotonic() + self._database.busy_timeout_ms / 1000
        pause = 0.01
        while True:
            try:
                raw = self.raw if self.raw is not None else self._open()
                self._database.dialect.begin(self, raw, write=write, deadline=deadline)
            except Exception as error:
                fault = faults.translate(error)
                if fault is None:
                    raise
                if not isinstance(fault, DatabaseBusy):
                    raise fault from error
                lost = self._database.dialect.is_lost(self.raw) or self._core is None
                if lost:
                    self.drop()
                # SQLite has waited inside BEGIN already; only a lost server is worth another try.
                if not lost or not self._database.dialect.can_come_back or monotonic() > give_up:
                    raise fault from (None if fault is error else error)
                time.sleep(pause)
                pause = min(pause * 2, 0.25)
            else:
                return

    @property
    def is_open(self) -> bool:
        """Whether a sound transaction is open in the database itself; a full disk or a lost server ends it unasked."""
        if self.raw is None or self._is_lost or self._is_spoilt:
            return False
        return self._database.dialect.is_sound(self.raw)

    @property
    def _is_spoilt(self) -> bool:
        """Whether SQLAlchemy refuses every further statement until a rollback: a handler has ended what was not its."""
        root = None if self._core is None else self._core.get_transaction()
        return root is not None and not root.is_active

    @property
    def is_begun(self) -> bool:
        """Whether any transaction is open in the database, sound or failed."""
        return self.raw is not None and self._database.dialect.in_transaction(self.raw)

    def commit(self) -> None:
        """Commit. An error leaves the transaction to ``rollback``.

        Raises:
            TimedOut: the transaction is past its deadline.
            CommitUnknown: the connection was lost before the database answered.
        """
        if monotonic() > self.deadline:
            self.refuse()
        try:
            self.control("COMMIT")
        except Exception as error:
            dialect = self._database.dialect
            if dialect.is_lost(self.raw) and not dialect.was_ended_before(error):
                raise CommitUnknown from error
            raise
        self._end()

    def rollback(self) -> None:
        """Undo everything since ``begin``; never raises."""
        self.statement_ms = None  # PostgreSQL takes settings back, too
        try:
            if self.is_begun:
                self.control("ROLLBACK")
        except Exception:  # noqa: BLE001  # the connection is gone, and the transaction with it
            self.drop()
        else:
            if self._core is not None and self._database.dialect.is_lost(self.raw):
                self.drop()
        finally:
            self._end()

    def control(self, statement: str) -> None:
        """Send a statement that begins, ends or undoes a transaction or a part of it: every savepoint in that ends."""
        self._unsent = None
        self._database.dialect.control(self.raw, statement)

    def settle(self) -> None:
        """Send the release that has waited, if any: nothing follows that it could travel with."""
        if self._unsent is not None:
            self.control(self._unsent)

    def mark(self, statement: str) -> None:
        """Send a SAVEPOINT, and a release before it that has waited."""
        unsent, self._unsent = self._unsent, None
        self._database.dialect.control(self.raw, statement if unsent is None else f"{unsent}; {statement}")

    def release(self, statement: str, *, may_wait: bool) -> None:
        """Send the RELEASE of a savepoint, or let it wait for the next SAVEPOINT: then it costs no round trip."""
        dialect = self._database.dialect
        if may_wait and dialect.releases_late and dialect.is_sound(self.raw):
            self._unsent = statement
        else:
            self.control(statement)

    def _mend(self) -> None:
        """Forget what a handler has begun, ended or closed behind the bus's back: the next one meets none of it."""
        core = self._core
        if core is None:
            return
        if core.closed or core.invalidated:
            self.drop()
        elif core.in_nested_transaction() or self._is_spoilt:
            core.rollback()

    def _end(self) -> None:
        self._mend()
        self._unsent = None
        self.deadline = CLOSED
        self._is_lost = False
        gate = self.__dict__.pop("_gate", None)
        if gate is not None:
            gate.release()

    @contextmanager
    def transaction(self, *, write: bool = True) -> Generator[Kept]:
        """One short transaction of the bus itself; reading inside one that is open sees what that one wrote.

        Raises:
            DatabaseBusy: the database is locked, away, full or read-only; nothing was written.
            AlreadyBegun: it is to write, and the thread is inside another.
        """
        try:
            self.begin(write=write)
        except AlreadyBegun:
            if write:
                raise
            yield self
            return
        try:
            yield self
            self.commit()
        except Exception as error:
            self.rollback()
            fault = faults.translate(error)
            if fault is not None and fault is not error:
                raise fault from error
            raise
        except BaseException:
            self.rollback()
            raise

    def alone(self, statement: str, values: Sequence[Any]) -> None:
        """Execute one statement in a transaction of its own; a server is asked once and not three times.

        Raises:
            DatabaseBusy: the database is locked, away, full or read-only; nothing was written.
            CommitUnknown: the connection was lost before the database answered.
        """
        if self.deadline != CLOSED or not self._database.dialect.can_stand_alone(self):
            with self.transaction():
                self.raw.execute(statement, values)
            return
        try:
            self.raw.execute(statement, values)
        except Exception as error:
            if self._database.dialect.is_lost(self.raw):
                self.drop()
                raise CommitUnknown from error
            fault = faults.translate(error)
            if fault is None:
                raise
            raise fault from error

    @contextmanager
    def exclusive(self) -> Generator[None]:
        """Hold the in-memory database alone, without a transaction."""
        gate = self._database.gate
        assert gate is not None
        with gate:
            self.core.exec_driver_sql("PRAGMA query_only=OFF")
            yield

    def drop(self) -> None:
        """Forget the connection; the next ``begin`` opens another."""
        core, self._core, self.raw = self._core, None, None
        if core is not None:
            with suppress(Exception):
                core.invalidate()
                core.close()

    def close(self) -> None:
        """Close the connection for good."""
        core, self._core, raw, self.raw = self._core, None, self.raw, None
        if core is not None:
            with suppress(Exception):  # it may be lost already; closing has nobody left to tell
                raw.close()
                core.invalidate()

    def execute(self, statement: str, parameters: Sequence[Any]) -> Any:
        """Run a statement of the bus itself on behalf of a handler, which may catch what it raises."""
        try:
            return self.raw.execute(statement, parameters)
        except Exception:
            self.note_failure()
            raise

    def note_failure(self) -> None:
        """After a statement has failed: if SQLite ended the transaction with it, nothing that follows may be kept."""
        if self.deadline == CLOSED or self.is_begun:
            return
        self._is_lost = True
        if monotonic() <= self.deadline:
            self.deadline = LOST
        if not self._database.dialect.is_lost(self.raw):
            # A handler may go on, unaware: what it writes goes into this transaction, which nobody commits.
            self.control("BEGIN")

    def require_open(self) -> None:
        """Pass when the transaction can still be committed.

        Raises:
            DatabaseBusy: the database has ended it.
            RuntimeError: the handler has ended it, or went on after an error.
        """
        if self.is_open:
            return
        if self._is_lost or self._database.dialect.is_lost(self.raw):
            raise DatabaseBusy("the database ended the transaction with an error; nothing was written, try again")
        raise RuntimeError(
            "the transaction cannot be committed: the handler ended it, or went on after a statement had failed; "
            "leave begin and commit to the bus, and catch database errors around ctx.call only"
        )

    def refuse(self) -> None:
        """Raise what is wrong with using this connection now."""
        if self.deadline == CLOSED:
            raise RuntimeError("ctx.db was used after its unit of work had ended; use it only while the handler runs")
        if self.deadline == LOST:
            raise DatabaseBusy("the database ended the transaction with an error; nothing was written, try again")
        raise TimedOut("the command ran past its time limit; its unit of work was rolled back")
