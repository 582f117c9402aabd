"""The remote over HTTP: one operation, one POST, one answer; the status 2xx says that the remote has it.

Whatever the other side does, a push ends: connecting, each wait for an answer and the whole have their limits. Of the
answer nothing is read but its head, which is bounded and must be whole: http.client, which sends the request, would
take one that was cut off. A redirection is no success, and is not followed: the token would go with it. An answer may
be lost after the remote has taken the operation; the next push of it carries the same ``Idempotency-Key``.

Not here: what becomes of the operation (pushing.py).
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from time import monotonic
from typing import Any

from bus import wire
from plugins.sync.failures import PushFailed
from plugins.sync.settings import Address

#: Longest wait for a connection to one address, and for a sign of life while an answer is due, seconds.
CONNECT_S, READ_S = 5.0, 10.0
MAX_HEAD_BYTES = 65_536
#: Below, the answer is still to come; from the second number on, it is not a success.
FIRST_FINAL, FIRST_FAILURE = 200, 300
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?![^ \r])")
_BLANK_LINE = b"\r\n\r\n"


class HttpRemote:
    """Pushes to one address, each operation over a connection of its own."""

    def __init__(self, address: Address, token: str | None, timeout_ms: int) -> None:
        self._address = address
        self._token = token
        self._limit_s = timeout_ms / 1_000

    def sync_push(self, operation: dict[str, Any]) -> None:
        """The remote has the operation.

        Raises:
            ConnectionError: it cannot be reached; nothing was sent.
            PushFailed: it refused, or gave no answer in time.
        """
        until = monotonic() + self._limit_s
        plain = _dial(self._address, until)
        with _cut_at(plain, until):
            line = self._secured(plain)
            try:
                status = self._post(line, operation)
            except (OSError, ValueError) as error:
                raise self._unanswered(error, until) from None
            finally:
                line.close()
        if status >= FIRST_FAILURE:
            raise PushFailed(f"the remote answered HTTP {status}")

    def _secured(self, plain: socket.socket) -> socket.socket:
        if not self._address.is_tls:
            return plain
        try:
            return self._trust.wrap_socket(plain, server_hostname=self._address.host)
        except (OSError, ValueError) as error:
            plain.close()
            raise _unreachable(self._address, error) from None

    @functools.cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _post(self, line: socket.socket, operation: dict[str, Any]) -> int:
        """The status of the answer."""
        line.settimeout(min(READ_S, self._limit_s))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = self._connection()
        connection.sock = line
        connection.request("POST", self._address.target, wire.encode(operation), self._headers(operation))
        return _status(line)

    def _connection(self) -> http.client.HTTPConnection:
        """It names the host in its requests; the line it speaks on is given to it."""
        host, port = self._address.host, self._address.port
        if self._address.is_tls:
            return http.client.HTTPSConnection(host, port, context=self._trust)
        return http.client.HTTPConnection(host, port)

    def _headers(self, operation: dict[str, Any]) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Connection": "close",
            "User-Agent": "charterbus-sync",
            "Idempotency-Key": key_of(operation),
        }
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    def _unanswered(self, error: Exception, until: float) -> PushFailed:
        if isinstance(error, TimeoutError) or monotonic() >= until:
            return PushFailed("the remote gave no answer in time")
        if isinstance(error, OSError):
            return PushFailed("the connection broke before the remote had answered")
        return PushFailed("what the remote answered is not HTTP")


def key_of(operation: dict[str, Any]) -> str:
    """The same for every push of an operation, and of no other: ids of another database begin at 1 as well."""
    return f"sync-{operation['id']}-{operation['created_at']}"


def _status(line: socket.socket) -> int:
    """The status of the first head that is one.

    Raises:
        ConnectionResetError: the connection ends before the head does.
        ValueError: it is no head of HTTP/1, or too long for one.
    """
    read = b""
    while True:
        while _BLANK_LINE not in read:
            if len(read) > MAX_HEAD_BYTES:
                raise ValueError("the head is too long")
            chunk = line.recv(MAX_HEAD_BYTES)
            if not chunk:
                raise ConnectionResetError
            read += chunk
        head, _, read = read.partition(_BLANK_LINE)
        said = _STATUS_LINE.match(head)
        if said is None:
            raise ValueError("the head is not HTTP")
        if int(said[1]) >= FIRST_FINAL:
            return int(said[1])


def _dial(address: Address, until: float) -> socket.socket:
    """Connect to the first address of the host that answers."""
    failure: Exception = TimeoutError("timed out")
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        for *_, place in found:
            left_s = min(CONNECT_S, until - monotonic())
            if left_s <= 0:
                break
            try:
                return socket.create_connection((str(place[0]), int(place[1])), timeout=left_s)
            except OSError as error:
                failure = error
    except (OSError, UnicodeError) as error:
        failure = error
    raise _unreachable(address, failure) from None


def _unreachable(address: Address, error: Exception) -> ConnectionError:
    why = getattr(error, "strerror", None) or getattr(error, "reason", None) or str(error)
    return ConnectionError(f"{address.host}:{address.port} cannot be reached: {why}")


@contextlib.contextmanager
def _cut_at(line: socket.socket, until: float) -> Iterator[None]:
    """Shut the connection when its time is over: limits of single reads say nothing of an answer that trickles."""
    hand = line.dup()  # of the same connection, whatever becomes of the other handle

    def cut() -> None:
        with contextlib.suppress(OSError):  # shut already
            hand.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, until - monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # or it may shut a number that is somebody else's by then
        hand.close()
