"""A real TCP connection that can be cut: it stands between a client and PostgreSQL.

Armed, it cuts the next connection on which the client says a word: before the server hears it, or after the server has
answered and before the client hears that.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Literal

Moment = Literal["before", "after"]
SIZE = 65_536


class Proxy:
    """Passes bytes to and fro between its own port and a server's.

    Args:
        host: of the server.
        port: of the server.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server((host, 0))
        self._order: tuple[bytes, Moment] | None = None
        self._is_last = False
        self._open: set[socket.socket] = set()
        #: How often it has cut.
        self.cuts = 0
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="proxy", daemon=True).start()

    def cut(self, word: bytes, moment: Moment, *, for_good: bool = False) -> None:
        """Cut the next connection that carries this word; ``for_good``: take no other one after it."""
        self._order = (word, moment)
        self._is_last = for_good

    def close(self) -> None:
        """Stop listening and cut every connection."""
        self._stop_listening()
        for end in list(self._open):
            self._cut(end)

    def _stop_listening(self) -> None:
        with contextlib.suppress(OSError):  # it has stopped already
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone leaves a waiting accept() one more connection
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection(self._server)
                except OSError:  # it is down, and may come back
                    client.close()
                    continue
                self._open |= {client, server}
                is_deaf = threading.Event()
                for source, target, watch in ((client, server, True), (server, client, False)):
                    threading.Thread(
                        target=self._pass, args=(source, target, is_deaf, watch), name="proxy", daemon=True
                    ).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_deaf: threading.Event, watch: bool) -> None:
        try:
            while data := source.recv(SIZE):
                order = self._order
                if watch and order is not None and order[0] in data:
                    self._order = None
                    self.cuts += 1
                    if order[1] == "before":
                        break
                    is_deaf.set()
                if not watch and is_deaf.is_set():  # the server has answered the word; nobody hears it
                    if self._is_last:
                        self._stop_listening()
                    break
                target.sendall(data)
        except OSError:
            pass
        finally:
            self._cut(source)
            self._cut(target)

    def _cut(self, end: socket.socket) -> None:
        self._open.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
