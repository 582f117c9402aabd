"""A part of a unit of work that can be undone alone: a nested command, or one job of a group.

A class and not a generator: a worker enters one for each job.
"""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bus.transaction import Transaction

#: Levels whose statements are worked out beforehand; ``ctx.call`` goes no deeper.
_LEVELS = 20
_BEGIN, _KEEP, _UNDO = (
    [f"{words} SAVEPOINT bus_{level}".strip() for level in range(_LEVELS)] for words in ("", "RELEASE", "ROLLBACK TO")
)


class Savepoint:
    """Undoes what its block did, waiting actions included, when the block raises."""

    __slots__ = ("_actions", "_is_followed", "_outer", "_queues", "_transaction")

    def __init__(self, transaction: Transaction, *, is_followed: bool) -> None:
        self._transaction = transaction
        self._is_followed = is_followed

    def __enter__(self) -> None:
        inside = self._transaction
        kept = inside.kept
        outer: Session | None = inside.session_now
        if outer is not None:
            outer.flush()
        # An ORM session has a savepoint of its own, which must not outlive ours: each level gets a session.
        self._outer, inside.session_now = outer, None
        self._actions, self._queues = len(inside.after_commit), set(inside.queues)
        inside.depth += 1
        kept.mark(_BEGIN[inside.depth])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        inside = self._transaction
        try:
            if error is not None:
                self._undo()
            else:
                self._keep()
        finally:
            inside.depth -= 1
            inside.session_now = self._outer
            if self._outer is not None:
                self._outer.expire_all()

    def _keep(self) -> None:
        inside = self._transaction
        try:
            inside.end_session()
            inside.kept.release(_KEEP[inside.depth], may_wait=self._is_followed)
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        """Never raises: the error that led here is on its way."""
        inside = self._transaction
        inside.drop_session()
        kept = inside.kept
        if kept.is_begun:
            with suppress(Exception):
                kept.control(_UNDO[inside.depth])
                kept.control(_KEEP[inside.depth])
        del inside.after_commit[self._actions :]
        inside.queues = self._queues
