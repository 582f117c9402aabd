"""Server-sent events, as bytes come in (WHATWG HTML, "Server-sent events").

Lines end with a line feed, with or without a carriage return before it; the bus sends no other.

Not here: opening the stream, and going on after a cut (bus/client/following.py).
"""

from __future__ import annotations

from bus import wire
from bus.client.failures import NoAnswer
from bus.client.steps import Event


class ServerEvents:
    """A stream of events that comes in pieces."""

    def __init__(self) -> None:
        self._rest = b""
        self._kind = ""
        self._data: list[bytes] = []
        self._id: str | None = None

    def take(self, piece: bytes) -> list[Event]:
        """The events that are whole with this piece.

        Raises:
            NoAnswer: one of them is none of the bus's.
        """
        *lines, self._rest = (self._rest + piece).split(b"\n")
        return [event for line in lines if (event := self._line(line.removesuffix(b"\r"))) is not None]

    def _line(self, line: bytes) -> Event | None:
        if not line:
            return self._ended()
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._kind = value.decode()
        elif name == b"id" and b"\0" not in value:
            self._id = value.decode()
        return None  # a line that begins with a colon is a comment

    def _ended(self) -> Event | None:
        kind, data = self._kind, b"\n".join(self._data)
        self._kind = ""
        self._data.clear()
        if not data:
            return None
        try:
            return Event(kind, wire.decode_stored(data), self._id)
        except ValueError:
            raise NoAnswer("the stream holds an event that is no JSON", was_sent=True, is_passing=False) from None
