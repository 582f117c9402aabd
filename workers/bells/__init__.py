"""Waking a sleeping worker after a publish, at next to no cost while nobody sleeps.

A sleeper raises its mark, looks for work once more, and only then sleeps; a publisher commits and then looks at the
mark: one of the two always sees the other. Polling is the net beneath.

Publishers hold a bell, consumers an ear: on SQLite both are sockets (workers/bells/sockets.py), on PostgreSQL they
speak by NOTIFY (workers/bells/notify.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from bus import logs
from bus.errors import SetupError
from workers.bells.notify import NotifyBell
from workers.bells.sockets import SocketBell
from workers.folder import folder_of

if TYPE_CHECKING:
    from bus.database import Database


class Bell(Protocol):
    """Rung by publishers."""

    def announce(self, queues: Iterable[str]) -> None:
        """Wake sleepers."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


def bell_for(database: Database) -> Bell:
    """The bell that reaches the workers of a database."""
    if database.kind != "sqlite":
        return NotifyBell(database)
    if database.is_memory:
        return SilentBell()
    try:
        return SocketBell(folder_of(database))
    except (SetupError, OSError) as error:
        logs.get("workers").warning("workers_look_by_themselves", why=str(error))
        return SilentBell()


class SilentBell:
    """Rings nowhere: for a database in memory, which no worker can see, and where the folder is not ours to use."""

    def announce(self, queues: Iterable[str]) -> None:
        """Leave it to the workers to look."""

    def close(self) -> None:
        """Nothing to let go of."""
