"""A TCP connection between a client and a server that breaks as a test says.

Each connection is given the next fault of a list; when the list is empty, everything passes.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

#: The connection ends before the server has seen anything; after it has answered, unheard; or nothing ever comes back.
UNSEEN, UNHEARD, SILENT = "unseen", "unheard", "silent"


class Between:
    """A relay on loopback.

    Args:
        host: of the server.
        port: of the server.
    """

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.faults: list[str] = []
        #: The first line of each HTTP request that came.
        self.seen: list[bytes] = []
        #: All that each connection sent, and what is open.
        self.heads: list[bytes] = []
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    def cut(self) -> None:
        """End every connection that is open."""
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _start(self, work: object, *args: object) -> None:
        thread = threading.Thread(target=work, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self._start(self._relay, connection, self.faults.pop(0) if self.faults else None)

    def _relay(self, client: socket.socket, fault: str | None) -> None:
        with client:
            with contextlib.suppress(OSError):
                request = client.recv(65_536)
                self.seen.append(request.partition(b"\r\n")[0])
                self.heads.append(request)
                if fault != UNSEEN:
                    self._connect(client, request, fault)
            # Another thread still reads from it, and would keep it open.
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def _connect(self, client: socket.socket, request: bytes, fault: str | None) -> None:
        with socket.create_connection(self._server) as server:
            self._open.append(server)
            server.sendall(request)
            self._start(self._pass_on, client, server)
            self._answer(server, client, fault)

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := client.recv(65_536):
                if piece.startswith((b"GET", b"POST")):
                    self.seen.append(piece.partition(b"\r\n")[0])
                self.heads.append(piece)
                server.sendall(piece)
            server.shutdown(socket.SHUT_RDWR)

    def _answer(self, server: socket.socket, client: socket.socket, fault: str | None) -> None:
        while piece := server.recv(65_536):
            if fault == UNHEARD:
                return
            if fault != SILENT:
                client.sendall(piece)
