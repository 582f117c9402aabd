"""What the bus needs of a queue: that somebody looks. Everything else about a job is SQL.

A provider is named by the hook ``bus_queue``. It may lose, double, delay and re-order what it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bus.jobs.rows import Row


class QueueProvider(Protocol):
    """Tells workers that jobs are due."""

    def announce(self, queues: Iterable[str]) -> None:
        """Wake a worker of each queue; called after the commit that published. Must not raise and must not wait."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


@runtime_checkable
class Flushable(Protocol):
    """A provider that loses on request what its broker holds, as that does when it is flushed. Drills ask for it."""

    def flush(self, queues: Iterable[str]) -> None:
        """Lose all of these queues, and who has what of them in hand; nothing else at the broker is touched.

        Args:
            queues: all that this database has at the broker.

        Raises:
            QueueUnavailable: the broker did not answer.
        """
        ...


class Waiting(NamedTuple):
    """Requests of a queue that wait at a broker."""

    letters: int
    #: How long the oldest has been under way, milliseconds; None: none waits, or nobody can tell.
    oldest_ms: int | None


@runtime_checkable
class Counting(Protocol):
    """A carrier that tells how many of its requests wait. Operators and autoscaling ask for it."""

    def waiting(self, queues: Iterable[str]) -> dict[str, Waiting]:
        """What waits at the broker, by queue; what workers have in hand does not wait.

        Raises:
            QueueUnavailable: the broker did not answer.
        """
        ...


@runtime_checkable
class Carrier(Protocol):
    """A provider that carries whole requests besides (``delivery = AT_LEAST_ONCE``)."""

    def send(self, rows: Sequence[Row]) -> None:
        """Take requests, together; they are signed, and nothing of them is in the database.

        Raises:
            QueueUnavailable: the broker did not say that it has them; it may have.
        """
        ...
