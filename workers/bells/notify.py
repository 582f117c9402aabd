"""PostgreSQL: NOTIFY reaches workers on every host; a thread of each worker process listens.

Source: PostgreSQL manual, NOTIFY.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus import logs
from workers.bells.numbers import number_of

if TYPE_CHECKING:
    from bus.database import Database

#: PostgreSQL's channel.
CHANNEL = "bus_job"


class NotifyBell:
    """One NOTIFY after the publisher's commit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def announce(self, queues: Iterable[str]) -> None:
        """Wake the workers; a failure is logged, for they look by themselves as well."""
        kept = self._database.writer()
        try:
            raw: Any = kept.core.connection.driver_connection
            for queue in queues:
                raw.execute(f"NOTIFY {CHANNEL}, '{number_of(queue)}'")
        except Exception as error:  # noqa: BLE001  # the job is stored; somebody will look
            logs.get("workers").warning("announce_failed", exc_info=error)

    def close(self) -> None:
        """Nothing to let go of."""


class NotifyEar:
    """One consumer's end on PostgreSQL; the process's listener rings all of them."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def lie_down(self) -> None:
        """Nobody has to know who sleeps."""

    def sleep(self, timeout_s: float) -> bool:
        """Sleep until rung; whether that was it."""
        return self._event.wait(timeout_s)

    def get_up(self) -> None:
        """Forget what rang: whoever gets up looks for work before it sleeps."""
        self._event.clear()

    def nudge(self) -> None:
        """Ring."""
        self._event.set()

    def close(self) -> None:
        """Nothing to let go of."""


class Listener:
    """A thread with a connection of its own that rings a queue's ear at each NOTIFY.

    Args:
        database: a PostgreSQL.
        ears: of this process, by queue.
    """

    def __init__(self, database: Database, ears: dict[str, NotifyEar]) -> None:
        self._url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._ears = ears
        self._is_over = threading.Event()
        threading.Thread(target=self._run, name="bus-listen", daemon=True).start()

    def _run(self) -> None:
        import psycopg  # only workers on PostgreSQL listen

        while not self._is_over.is_set():
            try:
                # Not one of the pool's connections: LISTEN belongs to one that nobody else uses.
                with psycopg.connect(self._url, autocommit=True) as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                logs.get("workers").warning("listener_lost_its_connection", exc_info=error)
                self._is_over.wait(1.0)

    def _listen(self, connection: Any) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._is_over.is_set():
            for notify in connection.notifies(timeout=1.0, stop_after=1):
                for queue, ear in list(self._ears.items()):
                    if notify.payload == str(number_of(queue)):
                        ear.nudge()

    def close(self) -> None:
        """Stop listening within a second."""
        self._is_over.set()
