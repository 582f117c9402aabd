"""One unit of work: a transaction that begins when it is first used, and what must happen after its commit.

A command that never touches the database never begins one. Savepoints inside it keep apart what ``ctx.call`` or one
job of a group does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bus.database import Database, Kept


class Transaction:
    """A transaction of this thread, not begun yet."""

    __slots__ = (
        "_announce",
        "_database",
        "_deadline",
        "_is_over",
        "_is_write",
        "_kept",
        "_session",
        "after_commit",
        "depth",
        "queues",
    )

    def __init__(
        self,
        database: Database,
        *,
        is_write: bool,
        deadline: float = math.inf,
        announce: Callable[[set[str]], None] | None = None,
    ) -> None:
        self._database = database
        self._announce = announce
        self._is_write = is_write
        self._deadline = deadline
        self._is_over = False
        self._kept: Kept | None = None
        self._session: Session | None = None
        #: Called in order after the commit; dropped by a rollback.
        self.after_commit: list[Callable[[], None]] = []
        #: Names of the queues that got a job.
        self.queues: set[str] = set()
        #: Savepoints open.
        self.depth = 0

    @property
    def kept(self) -> Kept:
        """The connection, with the transaction begun."""
        kept = self._kept
        if kept is None:
            if self._is_over:
                raise RuntimeError("the database was used after the unit of work had ended; use it only inside")
            kept = self._database.writer() if self._is_write else self._database.reader()
            kept.begin(write=self._is_write, deadline=self._deadline)
            self._kept = kept
        return kept

    @property
    def has_begun(self) -> bool:
        """Whether anything has used it."""
        return self._kept is not None

    @property
    def session(self) -> Session:
        """An ORM session inside this transaction; its own rollback goes back to a savepoint, not further."""
        if self._session is None:
            from sqlalchemy.orm import Session  # heavy, and few handlers want it

            core = self.kept.core
            if not core.in_transaction():
                core.begin()  # the session would begin it, and its commit would then end the bus's transaction
            self._session = Session(core, join_transaction_mode="create_savepoint", autoflush=True)
        return self._session

    def commit(self) -> None:
        """Commit, then do what waited for it.

        Raises:
            CommitUnknown: the connection was lost before the database answered.
            DatabaseBusy, RuntimeError: the transaction has ended already; nothing was written.
        """
        kept = self._kept
        if kept is not None:
            self._end_session()
            kept.require_open()
            kept.commit()
            self._kept = None
        self._is_over = True
        if self.queues and self._announce is not None:
            self._announce(self.queues)
        for action in self.after_commit:
            action()

    def rollback(self) -> None:
        """Undo everything; never raises."""
        self._drop_session()
        if self._kept is not None:
            self._kept.rollback()
            self._kept = None
        self._is_over = True
        self.after_commit.clear()
        self.queues.clear()

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """Undo what the block did, waiting actions included, when it raises."""
        kept, outer = self.kept, self._session
        if outer is not None:
            outer.flush()
        # An ORM session has a savepoint of its own, which must not outlive ours: each level gets a session.
        self._session = None
        self.depth += 1
        actions, queues = len(self.after_commit), set(self.queues)
        try:
            with kept.savepoint(f"bus_{self.depth}"):
                try:
                    yield
                    self._end_session()
                except BaseException:
                    self._drop_session()
                    raise
        except BaseException:
            del self.after_commit[actions:]
            self.queues = queues
            raise
        finally:
            self.depth -= 1
            self._session = outer
            if outer is not None:
                outer.expire_all()

    def _drop_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(Exception):  # the transaction may be gone; the error that ended it is on its way
                _retire(session)

    def _end_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.commit()
            _retire(session)


def _retire(session: Session) -> None:
    """Close a session for good: whoever kept it cannot write with it outside the unit of work."""
    session.close()
    session.bind = None
