"""Where lines are answered: the socket of a server, or a ``bus stdio`` of one's own for each connection.

Not here: what is said there (bus/client/line_messages.py).
"""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Protocol

from bus.client.line_faults import told

#: Longest time for a connection to be made, seconds.
CONNECT_S = 5.0


class Place(Protocol):
    """Where connections lead."""

    #: For people.
    name: str

    def connect(self) -> socket.socket:
        """A new connection.

        Raises:
            NoAnswer: there is none to be had.
        """
        ...

    def leave(self) -> None:
        """Wait for what ends with the connections; all of them are closed."""
        ...


class Server:
    """``bus serve --unix``.

    Args:
        path: of its socket.
    """

    def __init__(self, path: str) -> None:
        self.name = path

    def connect(self) -> socket.socket:
        """A connection to it."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with told(self.name, was_sent=False):
                connection.settimeout(CONNECT_S)
                connection.connect(self.name)
        except BaseException:
            connection.close()
            raise
        return connection

    def leave(self) -> None:
        """It stays."""


class Children:
    """``bus stdio``, started for each connection; it ends with it.

    Args:
        program: the program ``bus``; empty: that of this Python.
    """

    def __init__(self, program: str) -> None:
        self.name = program or "bus stdio"
        self._command = [program, "stdio"] if program else [sys.executable, "-m", "bus", "stdio"]
        self._children: list[subprocess.Popen[bytes]] = []

    def connect(self) -> socket.socket:
        """A connection to a new process."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, told(self.name, was_sent=False):
                self._children.append(subprocess.Popen(self._command, stdin=theirs.fileno(), stdout=theirs.fileno()))  # noqa: S603  # named by whoever calls
        except BaseException:
            ours.close()
            raise
        return ours

    def leave(self) -> None:
        """Wait until all of them have ended."""
        while self._children:
            self._children.pop().wait()
