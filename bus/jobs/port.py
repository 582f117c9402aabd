"""What the bus needs of a queue: that somebody looks. Everything else about a job is SQL.

A provider is named by the hook ``bus_queue``. It may lose, double, delay and re-order what it is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class QueueProvider(Protocol):
    """Tells workers that jobs are due."""

    def announce(self, queues: Iterable[str]) -> None:
        """Wake a worker of each queue; called after the commit that published. Must not raise and must not wait."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...
