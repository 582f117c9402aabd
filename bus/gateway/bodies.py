"""Reading the bodies of requests: all of one or, beyond the limits, nothing."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[Any]]


class Gone(Exception):
    """The client left before its request was whole."""


class NoRoom(Exception):
    """The process holds as much of other requests as it may."""


class Bodies:
    """The bodies that a process holds, from their first byte until their requests are answered.

    Args:
        each: bytes of one at most.
        together: bytes of all at most, be it that of one alone.
    """

    def __init__(self, each: int, together: int) -> None:
        self._each = each
        self._together = max(each, together)
        self._held = 0

    @contextlib.asynccontextmanager
    async def read(self, receive: Receive) -> AsyncGenerator[bytes | None]:
        """A body for as long as the block lasts; None when it is too long.

        Raises:
            Gone: there is nobody to answer.
            NoRoom: too many others are held.
        """
        parts: list[bytes] = []
        size, is_whole = 0, False
        try:
            while not is_whole and size <= self._each:
                message = await receive()
                if message["type"] != "http.request":
                    raise Gone
                parts.append(message["body"])
                size += len(message["body"])
                self._held += len(message["body"])
                if self._held > self._together:
                    raise NoRoom
                is_whole = not message["more_body"]
            yield b"".join(parts) if size <= self._each else None
        finally:
            self._held -= size
