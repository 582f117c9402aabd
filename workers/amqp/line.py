"""One connection to RabbitMQ and the thread that serves it: whoever works over it is a guest.

The thread answers heartbeats however idle its guests are, and connects again after a pause when the connection is lost.
Guests are called in that thread only; others leave them a note and wake the line.

Source: pika 1.3, ``pika.SelectConnection``.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from workers.brokers.identity import prefix_of
from workers.brokers.outage import Outage

if TYPE_CHECKING:
    from bus.database import Database
    from workers.amqp.place import Place

#: Seconds until RabbitMQ is asked again after it was away, at first and at most.
PAUSE_S, MAX_PAUSE_S = 0.1, 2.0
#: Seconds that a connection must last to count: RabbitMQ may refuse what we say just after it has let us in.
STEADY_S = 1.0
#: Seconds that a connection may take to close.
CLOSE_S = 1.0


class Guest(Protocol):
    """What works over a line."""

    def opened(self, connection: Any, prefix: str) -> None:
        """There is a connection; every name of the database's things begins with ``prefix``."""
        ...

    def look(self) -> None:
        """Somebody has left a note; there is a connection."""
        ...

    def lost(self, error: Exception) -> None:
        """The connection is gone, or could not be made."""
        ...


class Line:
    """A connection, as far as RabbitMQ is there.

    Args:
        place: where RabbitMQ is.
        database: whose things are meant.
        who: for the log.
    """

    def __init__(self, place: Place, database: Database, who: str) -> None:
        self.pid = os.getpid()
        self._place = place
        self._database = database
        self._guests: list[Guest] = []
        self._outage = Outage("rabbitmq", who)
        self._is_over = threading.Event()
        #: Ends a pause.
        self._hurry = threading.Event()
        self._lock = threading.Lock()
        self._is_woken = False
        #: Of the connection that is being made or is there; pika does not say what its types are.
        self._loop: Any = None
        self._connection: Any = None
        self._is_open = self._is_steady = False
        self._prefix = ""
        self._present: list[Guest] = []
        #: Why the connection ends, once that is known.
        self._why: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=f"bus-amqp-{who}", daemon=True)
        self._thread.start()

    def wake(self, *, hurry: bool = False) -> None:
        """Let the guests look; ``hurry``: at once, also where RabbitMQ was away a moment ago. From any thread."""
        if hurry:
            self._hurry.set()
        with self._lock:
            if self._is_woken or self._loop is None:
                return
            self._is_woken = True
            self._loop.add_callback_threadsafe(self._look)

    def add(self, guest: Guest) -> None:
        """Take a guest; the connection may stand by then. From any thread."""
        self._guests.append(guest)
        self.wake()

    def close(self, timeout_s: float = CLOSE_S) -> None:
        """End the connection and the thread, within a bound. From any thread."""
        self._is_over.set()
        self.wake(hurry=True)
        self._thread.join(timeout_s)

    def guard(self, call: Callable[..., None]) -> Callable[..., None]:
        """What pika may call: an error ends the connection, and not the thread."""

        def guarded(*args: Any) -> None:
            try:
                call(*args)
            except Exception as error:  # noqa: BLE001  # whatever it was, a new connection begins anew
                self.fail(error)

        return guarded

    def fail(self, error: Exception) -> None:
        """End this connection because of an error. In the line's thread."""
        self._why = self._why or error
        if not (self._connection.is_closing or self._connection.is_closed):
            self._connection.close()
        self._loop.call_later(CLOSE_S, self._loop.stop)  # RabbitMQ may not answer

    def watch(self, channel: Any) -> None:
        """End the connection if RabbitMQ closes a guest's channel, or deletes a queue it listens to."""
        channel.add_on_close_callback(self._cut)
        channel.add_on_cancel_callback(self._cancelled)

    def _cut(self, _channel: Any, error: Exception) -> None:
        self.fail(error)

    def _cancelled(self, _frame: Any) -> None:
        self.fail(LookupError("a queue is gone"))

    def later(self, wait_s: float, call: Callable[[], None]) -> None:
        """Call something after a while, if this connection still stands. In the line's thread."""
        self._loop.call_later(wait_s, self.guard(call))

    def _run(self) -> None:
        logging.getLogger("pika").setLevel(logging.CRITICAL + 1)  # the log hears of an outage once, from us
        attempt, pause_s = 0, PAUSE_S
        while not self._is_over.is_set():
            self._hurry.clear()
            self._is_steady = False
            error = self._hold(attempt)
            pause_s = PAUSE_S if self._is_steady else pause_s
            if not self._is_over.is_set():
                self._outage.begins(error)
            for guest in list(self._guests):
                guest.lost(error)
            self._hurry.wait(pause_s)
            attempt, pause_s = attempt + 1, min(pause_s * 2, MAX_PAUSE_S)

    def _hold(self, attempt: int) -> Exception:
        """Be connected until that is over; answers why."""
        from pika import SelectConnection
        from pika.adapters.select_connection import IOLoop

        self._why = None
        self._present.clear()
        loop: Any = IOLoop()
        try:
            self._prefix = prefix_of(self._database)
            with self._lock:
                self._loop, self._is_woken = loop, False
            self._connection = SelectConnection(
                self._place.parameters(attempt),
                on_open_callback=self.guard(self._opened),
                on_open_error_callback=self._ended,
                on_close_callback=self._ended,
                custom_ioloop=loop,
            )
            loop.start()
        except Exception as error:  # noqa: BLE001  # the database is away, or pika met what it did not foresee
            self._why = self._why or error
        finally:
            with self._lock:
                self._loop = None
            self._is_open, self._connection = False, None
            with contextlib.suppress(Exception):  # it may have stopped in the midst of something
                loop.close()
        return self._why or ConnectionError("RabbitMQ did not answer in time")

    def _opened(self, _connection: Any) -> None:
        self._is_open = True
        self.later(STEADY_S, self._steady)
        self._look()

    def _steady(self) -> None:
        self._is_steady = True
        self._outage.ends()

    def _look(self) -> None:
        with self._lock:
            self._is_woken = False
        if self._is_open and self._connection.is_open:
            self.guard(self._tell)()
        if self._is_over.is_set():
            self.fail(ConnectionError("it is closed"))

    def _tell(self) -> None:
        for guest in list(self._guests):
            if guest not in self._present:
                self._present.append(guest)
                guest.opened(self._connection, self._prefix)
            guest.look()

    def _ended(self, _connection: Any, error: Exception) -> None:
        """pika says that the connection is gone, or could not be made."""
        self._why = self._why or error
        self._loop.stop()


def end(channel: Any, subscription: str) -> None:
    """End a subscription."""
    # Without a callback, pika would remember the name of every subscription that ever ended.
    channel.basic_cancel(subscription, _heard)


def _heard(_frame: Any) -> None:
    """RabbitMQ has heard of it."""
