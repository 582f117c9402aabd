"""A line between a client and a server that takes its time, or swallows what is said: a real TCP connection each way.

Not here: cutting at a chosen word (tests/bus/database/proxy.py), networks that break (tests/processes/network.py).
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from tests.servers import HOST

SIZE = 65_536


class Line:
    """Passes bytes to and fro between its own port and a server's.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self._server = port
        self._listener = socket.create_server((HOST, 0))
        #: Seconds each piece takes, each way.
        self.delay_s = 0.0
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, name="line", daemon=True).start()

    def close(self) -> None:
        """Take no further connection; those that are open end with their ends."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection((HOST, self._server))
                except OSError:  # it is down: so is the line
                    client.close()
                    continue
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._pass, args=(source, target), name="line", daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(SIZE):
                if self.delay_s:
                    time.sleep(self.delay_s)
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()  # the target is the other thread's
