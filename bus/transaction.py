"""One unit of work: a transaction that begins when it is first used, and what must happen after its commit.

A command that never touches the database never begins one. Savepoints inside it keep apart what ``ctx.call`` or one
job of a group does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bus.savepoint import Savepoint

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
        "after_commit",
        "depth",
        "queues",
        "session_now",
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
        #: The ORM session of this level, if the handler has asked for one.
        self.session_now: Session | None = None
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
        if self.session_now is None:
            from sqlalchemy.orm import Session  # heavy, and few handlers want it

            core = self.kept.core
            if not core.in_transaction():
                core.begin()  # the session would begin it, and its commit would then end the bus's transaction
            self.session_now = Session(core, join_transaction_mode="create_savepoint", autoflush=True)
        return self.session_now

    def commit(self) -> None:
        """Commit, then do what waited for it.

        Raises:
            CommitUnknown: the connection was lost before the database answered.
            DatabaseBusy, RuntimeError: the transaction has ended already; nothing was written.
        """
        kept = self._kept
        if kept is not None:
            self.end_session()
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
        self.drop_session()
        if self._kept is not None:
            self._kept.rollback()
            self._kept = None
        self._is_over = True
        self.after_commit.clear()
        self.queues.clear()

    def savepoint(self, *, is_followed: bool = False) -> Savepoint:
        """Undo what the block did, waiting actions included, when it raises.

        Args:
            is_followed: another one comes next, or the end, and no code but the bus's own before that.
        """
        return Savepoint(self, is_followed=is_followed)

    def drop_session(self) -> None:
        """Close this level's session without keeping what it holds."""
        session, self.session_now = self.session_now, None
        if session is not None:
            with suppress(Exception):  # the transaction may be gone; the error that ended it is on its way
                _retire(session)

    def end_session(self) -> None:
        """Write what this level's session holds, and close it."""
        session, self.session_now = self.session_now, None
        if session is not None:
            session.commit()
            _retire(session)


def _retire(session: Session) -> None:
    """Close a session for good: whoever kept it cannot write with it outside the unit of work."""
    session.close()
    session.bind = None
