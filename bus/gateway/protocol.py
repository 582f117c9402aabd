"""Limits on what one client may take of the server: bytes of a head, time to send, time to read, a place at all.

uvicorn bounds how long a connection stays idle. The rest is added here to its protocol: nothing is counted or timed
for each request that could be looked at once a second for all of them (``look``).

Not here: the limit on a body (bus/gateway/bodies.py), on what it holds (bus/wire.py).
"""

from __future__ import annotations

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from bus.gateway.direct import DirectConfig, DirectProtocol
from bus.gateway.replies import CLOSE, Reply, overloaded, plain, send_reply

#: Bytes that a client reads at least while it is given time; less counts as nothing.
LEAST_READ = 16_384
#: ``struct linger``: on, 0 seconds.
_NO_LINGER = struct.pack("ii", 1, 0)


class Limits(NamedTuple):
    """What one client may take."""

    #: Clients at a time.
    connections: int
    #: Of the first line and the headers.
    header_bytes: int
    #: Seconds to send a request, and to read ``LEAST_READ`` bytes of an answer.
    request_s: float


class Config(DirectConfig):
    """uvicorn's configuration with our limits."""

    limits: Limits


class LimitedProtocol(DirectProtocol):
    """One connection."""

    def __init__(self, config: Config, *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self._limits = config.limits
        self._head_bytes = 0
        self._has_head = False
        self._is_last = False
        #: The loop's time when the request in hand began to come; None: all of it is there.
        self._since: float | None = None
        #: When somebody last read, and the least that was unread since; None: all is read.
        self._unread: tuple[float, int] | None = None
        self._refusal: Reply | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; whoever is one too many is told so, and whoever comes on top is not."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > self._limits.connections:
            self.app = too_many
            if len(self.connections) > 2 * self._limits.connections:
                self._cut_off()

    def data_received(self, data: bytes) -> None:
        """Take what has come, and refuse a head that does not end."""
        if self._since is None:
            self._since = self.loop.time()
        self._unread = None  # whoever sends has read
        if not self._has_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if not self._has_head and self._head_bytes > self._limits.header_bytes and self._refusal is None:
            self._refuse(_too_large(self._limits.header_bytes))

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer a client that has only ended what it sends; one that reads a stream has left."""
        waits = self._is_answering and not self.cycle.response_started
        if waits:
            self.finish()
        return waits

    def on_headers_complete(self) -> None:
        """The head is there; its exact size is only counted when what has come is more than the limit."""
        self._has_head = True
        if self._head_bytes > self._limits.header_bytes and self._size_of_head() > self._limits.header_bytes:
            self._refusal = _too_large(self._limits.header_bytes)
            raise ValueError  # the parser stops, and asks for send_400_response
        super().on_headers_complete()
        if self._is_last:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """All of a request is there."""
        self._since = None
        self._has_head = False
        self._head_bytes = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or what is refused before it is a request."""
        self._refuse(self._refusal or plain(HTTPStatus.BAD_REQUEST, "this is no HTTP request"))

    def look(self, now: float) -> None:
        """Cut off whoever sends or reads too slowly; ``now``: the loop's time."""
        if self._since is not None:
            if self.flow.read_paused or self._is_answering:  # the client waits for us
                self._since = now
            elif now - self._since > self._limits.request_s:
                self._give_up()
                return
        unread = self.transport.get_write_buffer_size()
        if not unread:
            self._unread = None
        elif self._unread is None or unread < self._unread[1] - LEAST_READ:
            self._unread = now, unread
        elif now - self._unread[0] > self._limits.request_s:
            self._cut_off()

    def finish(self) -> None:
        """Take no request after the one in hand, or the one that is about to come."""
        self._is_last = True
        cycle = self._cycle
        if cycle is not None and not cycle.response_complete:
            cycle.keep_alive = False

    @property
    def is_idle(self) -> bool:
        """Whether there is neither a request to answer nor one on its way."""
        cycle = self._cycle
        is_answered = cycle is None or cycle.response_complete
        return is_answered and (self._since is None or self._head_bytes == 0)

    @property
    def _cycle(self) -> RequestResponseCycle | None:
        """The request that was last begun and its answer."""
        return cast("RequestResponseCycle | None", self.cycle)

    @property
    def _is_answering(self) -> bool:
        """Whether a request is there to its end, and its answer is not."""
        cycle = self._cycle
        return cycle is not None and not cycle.response_complete and not self._has_head

    def _size_of_head(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _give_up(self) -> None:
        """End a connection on which a request does not come to its end."""
        cycle = self._cycle
        if self._head_bytes > 0 and (cycle is None or cycle.response_complete or not cycle.response_started):
            self._refuse(plain(HTTPStatus.REQUEST_TIMEOUT, "the request took too long to come"))
        else:
            self.transport.close()

    def _cut_off(self) -> None:
        """End the connection and forget what was not read; else the system would keep it for as long again."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.transport.abort()

    def _refuse(self, reply: Reply) -> None:
        """Answer without the application, and end the connection; an answer that is on its way goes first and alone."""
        self._refusal = reply
        if self._is_answering:
            self.finish()
            self.flow.pause_reading()
            return
        lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n".encode()]
        for name, value in (*self.server_state.default_headers, *reply.headers, CLOSE):
            lines += (name, b": ", value, b"\r\n")
        self.transport.write(b"".join((*lines, b"\r\n", reply.body)))
        self.transport.close()


async def too_many(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer a client for whom there is no place."""
    await send_reply(overloaded("too many clients are connected; try again"), send)


def _too_large(limit: int) -> Reply:
    return plain(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"the head of a request may have {limit} bytes")
