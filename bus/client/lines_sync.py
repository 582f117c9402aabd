"""Questions carried as JSON lines over sockets, by threads that wait.

Each thread has a connection to itself while it asks; one on which an answer did not come in time is given up, so that
a late answer is never taken for the next one.

Not here: what the lines mean (bus/client/line_messages.py).
"""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from collections.abc import Sequence
from typing import NoReturn

from bus.client.line_faults import CHUNK_BYTES, has_news, left_s, told
from bus.client.line_messages import lines_for, reply_of, windows
from bus.client.places import Place
from bus.client.steps import Ask, Open, Reply


class LinesCarrier:
    """Connections to one place, kept while they are good. Safe to share between threads.

    Args:
        place: where they lead.
    """

    #: A connection carries answers alone.
    tells = False

    def __init__(self, place: Place) -> None:
        self._place = place
        self._process = os.getpid()
        self._idle: deque[socket.socket] = deque()

    def ask(self, step: Ask) -> Reply:
        """Send a question and read its answer.

        Raises:
            NoAnswer: there is none.
        """
        lines = lines_for(step.question)
        deadline_s = time.monotonic() + step.timeout_s
        connection = self._connection()
        try:
            answers = self._answers(connection, lines, deadline_s)
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return reply_of(step.question, answers)

    def open(self, step: Open) -> NoReturn:
        """Nobody asks for it: ``tells`` is False."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the connections."""
        self._hang_up()
        self._place.leave()

    def _hang_up(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _connection(self) -> socket.socket:
        if os.getpid() != self._process:  # forked: two processes must not read from one connection
            self._hang_up()
            self._process = os.getpid()
        while self._idle:
            connection = self._idle.pop()
            if not has_news(connection.fileno()):
                return connection
            connection.close()  # by the other end
        return self._place.connect()

    def _answers(self, connection: socket.socket, lines: Sequence[bytes], deadline_s: float) -> list[bytes]:
        answers: list[bytes] = []
        for window in windows(lines):
            with told(self._place.name, was_sent=bool(answers)):
                connection.settimeout(left_s(deadline_s))
                connection.sendall(b"".join(window))
            with told(self._place.name, was_sent=True):
                answers += _read(connection, len(window), deadline_s)
        return answers


def _read(connection: socket.socket, count: int, deadline_s: float) -> list[bytes]:
    """So many lines.

    Raises:
        OSError: they do not come.
    """
    answers: list[bytes] = []
    rest = b""
    while len(answers) < count:
        connection.settimeout(left_s(deadline_s))
        chunk = connection.recv(CHUNK_BYTES)
        if not chunk:
            raise EOFError
        *whole, rest = (rest + chunk).split(b"\n")
        answers += whole
    return answers
