"""Those who are connected to a Unix socket: a thread each, so that none waits for another one's command.

Each is answered in order, line by line, as ``bus stdio`` does it. A client that does not take an answer within
``PATIENCE_S`` is cut off: only its own thread has waited for it.

Not here: whom the socket lets in (bus/gateway/unix.py), what a line means (bus/stdio.py).
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bus import logs
from bus.lines import Lines
from bus.stdio import answer_line, written

if TYPE_CHECKING:
    from bus.application import Bus

log = logs.get("bus.gateway")

#: Longest time for one answer to be taken, seconds.
PATIENCE_S = 30.0


class Clients:
    """The clients of one server.

    Args:
        bus: answers them.
        patience_s: how long a client may take to read an answer.
    """

    def __init__(self, bus: Bus, patience_s: float = PATIENCE_S) -> None:
        self._bus = bus
        self._patience_s = patience_s
        self._threads: dict[threading.Thread, socket.socket] = {}
        self._is_draining = False

    def __len__(self) -> int:
        return len(self._threads)

    def add(self, connection: socket.socket) -> None:
        """Answer a client until it leaves."""
        connection.settimeout(self._patience_s)
        # A daemon: a command that does not end must not keep the process from ending.
        thread = threading.Thread(target=self._serve, args=(connection,), name="bus-unix", daemon=True)
        self._threads[thread] = connection
        thread.start()

    def drain(self, longest_s: float) -> int:
        """Answer the whole lines that have come, and no others.

        Returns:
            How many clients still wait for an answer after ``longest_s``.
        """
        self._is_draining = True
        give_up = time.monotonic() + longest_s
        for connection in [*self._threads.values()]:
            with suppress(OSError):  # it has just left
                connection.shutdown(socket.SHUT_RD)
        for thread in [*self._threads]:
            thread.join(max(0.0, give_up - time.monotonic()))
        return len(self)

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection:
                self._answer(connection.sendall, Lines(connection.fileno(), self._bus.settings.max_request_bytes))
        except TimeoutError:
            log.warning("client_cut_off", why=f"it did not read an answer within {self._patience_s:g} s")
        except OSError:
            pass  # the client has gone: nobody is left to be told
        finally:
            self._bus.database.hand_over()
            del self._threads[threading.current_thread()]

    def _answer(self, send: Callable[[bytes], None], lines: Lines) -> None:
        for line in lines:
            if lines.is_cut and self._is_draining:
                return  # the rest of this line was never read
            if line is None or line.strip():
                send(written(answer_line(self._bus.answer, line, self._bus.settings)))
            if not lines.has_more:
                self._bus.database.hand_over()  # a client that says nothing needs no connection to the database
