"""One database: its URL, its engine and the connections its threads keep.

A connection stays with the thread that opened it until the thread ends or hands it over; opening one for each call
would cost more than the call. On SQLite a thread keeps two: a writer, and a reader that cannot write. An in-memory
database has a single connection that all threads share in turn.

Not here: what a transaction is used for (bus/transaction.py).
"""

from __future__ import annotations

import os
import threading
import weakref
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ExceptionContext, event
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, StaticPool

from bus.database import postgresql, sqlite
from bus.database.kept import OWNER, Kept
from bus.errors import SetupError

#: What forked children must not close: SQLite's locks and PostgreSQL's sessions belong to their parent.
_PARENTS: list[object] = []


class Database:
    """A database and this process's connections to it.

    Args:
        url: ``sqlite:////folder/bus.sqlite``, ``sqlite://`` (in memory) or ``postgresql://…``.
        busy_timeout_ms: longest wait for a lock or for a server that is away.
        synchronous: SQLite's ``NORMAL`` or ``FULL``.

    Raises:
        SetupError: the URL is not understood, or its folder is missing.
    """

    def __init__(self, url: str, *, busy_timeout_ms: int = 5_000, synchronous: str = "NORMAL") -> None:
        self.url = _parsed(url)
        self.kind = self.url.get_backend_name()
        self.busy_timeout_ms = busy_timeout_ms
        self.is_memory = self.kind == "sqlite" and self.url.database in (None, "", ":memory:")
        self.dialect = (
            sqlite.Sqlite(self.url, busy_timeout_ms, synchronous)
            if self.kind == "sqlite"
            else postgresql.Postgresql(self.url, busy_timeout_ms)
        )
        #: isolation_level AUTOCOMMIT: the bus itself sends BEGIN and COMMIT.
        self.engine = sa.create_engine(
            self.url,
            poolclass=StaticPool if self.is_memory else NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=self.dialect.connect_args(),
        )
        event.listen(self.engine, "connect", self.dialect.on_connect)
        event.listen(self.engine, "handle_error", _note_failure)
        # An event listener would do as well, and cost each statement a tenth.
        self.engine.dialect.do_commit = _refuse_commit  # type: ignore[method-assign]
        self._local = threading.local()
        self._all: weakref.WeakSet[Kept] = weakref.WeakSet()
        #: Handed over by their threads, by whether they only read.
        self._free: dict[bool, deque[_ClosedWithThread]] = {True: deque(), False: deque()}
        self._closed = False
        #: Names those who keep to themselves here, as a drill does: they meet in a folder and at a broker of their own.
        self.shadow = ""
        #: Writers of one process queue here instead of polling SQLite's lock; memory: one call at a time.
        self.gate: threading.RLock | None = threading.RLock() if self.kind == "sqlite" else None
        self._shared = Kept(self, read_only=False) if self.is_memory else None

    def writer(self) -> Kept:
        """This thread's connection for writing."""
        if self._shared is not None:
            return self._shared
        return self._mine(read_only=False)

    def reader(self) -> Kept:
        """This thread's connection for reading a snapshot; on SQLite one that cannot write."""
        if self._shared is not None or self.kind != "sqlite":
            return self.writer()
        return self._mine(read_only=True)

    def hand_over(self) -> None:
        """Let the next thread that needs a connection go on with those of this thread, which has ended its work.

        A connection takes most of a mebibyte, and of the threads of a worker few run at a time.
        """
        for read_only, guard in self._guards().items():
            self._free[read_only].append(guard)
        self._guards().clear()

    @contextmanager
    def connect(self) -> Generator[sa.Connection]:
        """A Core connection for rare work (migrations, checks), in autocommit; closed at the end."""
        if self._shared is not None:
            with self._shared.exclusive():
                yield self._shared.core
            return
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection this process keeps."""
        self._closed = True
        for kept in list(self._all):
            kept.close()
        if self._shared is not None:
            self._shared.close()
        self.engine.dispose()

    def after_fork(self) -> None:
        """In a forked child: leave the parent's connections alone, neither using nor closing them."""
        if self.is_memory:
            return  # the child has a copy of the whole database
        _PARENTS.extend((self._local, self._free, *self._all))
        self._local = threading.local()
        self._free = {True: deque(), False: deque()}
        self._all = weakref.WeakSet()
        self.gate = None if self.gate is None else threading.RLock()

    def refuse_closed(self) -> None:
        """Raise once the database is closed.

        Raises:
            SetupError: it is.
        """
        if self._closed:
            raise SetupError("the bus is closed; open it again before calling it")

    def _mine(self, *, read_only: bool) -> Kept:
        guards = self._guards()
        guard = guards.get(read_only)
        if guard is None:
            try:
                guard = self._free[read_only].pop()  # the last one handed over has the warmest cache
            except IndexError:
                guard = self._keep(read_only=read_only)
            guards[read_only] = guard
        return guard.kept

    def _guards(self) -> dict[bool, _ClosedWithThread]:
        """This thread's connections, by whether they only read."""
        try:
            return self._local.guards
        except AttributeError:
            guards = self._local.guards = dict[bool, _ClosedWithThread]()
            return guards

    def _keep(self, *, read_only: bool) -> _ClosedWithThread:
        kept = Kept(self, read_only=read_only)
        self._all.add(kept)
        return _ClosedWithThread(kept)

    def sql(self, statement: str) -> str:
        """The bus's own SQL, written with ``?``, in the placeholders of the driver."""
        return self.dialect.sql(statement)

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)!r})"


class _ClosedWithThread:
    """Closes a connection when its thread ends: thread-local values are dropped then, and this one ends at once."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._pid = os.getpid()

    def __del__(self) -> None:
        if self._pid == os.getpid():
            self.kept.close()
        else:  # a fork drops the values of all threads but one in the child, before anybody is asked
            _PARENTS.append(self.kept)


def _note_failure(context: ExceptionContext) -> None:
    connection = context.connection
    kept = None if connection is None or connection.invalidated else connection.info.get(OWNER)
    if kept is not None:
        kept.note_failure()


def _refuse_commit(connection: Any) -> None:
    """Jobs of others may be in the transaction too: committed without their ends written, they would run again."""
    if OWNER in connection.info:
        raise RuntimeError("the handler asked SQLAlchemy to commit; leave begin and commit to the bus")
    connection.commit()


def _parsed(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except ArgumentError as error:
        raise SetupError(
            "the database URL cannot be read; write sqlite:////folder/bus.sqlite or postgresql://user@host/name"
        ) from error
    backend: Any = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise SetupError(f"the database {backend!r} is not supported; use sqlite or postgresql")
