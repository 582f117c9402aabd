"""Many requests as messages of a size that every bus takes, and their envelopes back in order.

Not here: sending them (bus/client/calling.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from bus import wire
from bus.client.answers import envelope_of, is_envelope, strange
from bus.client.requesting import members_of, refused_here
from bus.envelope import Envelope

#: Requests in one message at most, and their bytes: half of the least that a bus can be set to take.
MOST_TOGETHER, MOST_BYTES = 1_000, 2**19


class Batch:
    """The requests of a batch; what is answered is taken in part by part."""

    def __init__(self, requests: Sequence[Mapping[str, Any]]) -> None:
        self._requests = [members_of(request) | _token(request) for request in requests]
        self._envelopes: list[Envelope | None] = [refused_here(members) for members in self._requests]
        #: Places of the requests that were sent last.
        self._sent: list[int] = []

    def parts(self) -> Iterator[tuple[dict[str, Any], ...]]:
        """The requests that can be sent, part by part; ``take`` its reply before the next one."""
        size = 0
        for place, members in enumerate(self._requests):
            if self._envelopes[place] is not None:
                continue
            size += len(wire.encode(members))
            if self._sent and (len(self._sent) == MOST_TOGETHER or size > MOST_BYTES):
                yield self._part()
                size = len(wire.encode(members))
            self._sent.append(place)
        if self._sent:
            yield self._part()

    def _part(self) -> tuple[dict[str, Any], ...]:
        return tuple(self._requests[place] for place in self._sent)

    def take(self, reply: Any) -> None:
        """Keep the envelopes of the part that was sent last.

        Raises:
            NoAnswer: they are none, or not as many.
        """
        replies = [reply] * len(self._sent) if is_envelope(reply) else reply  # one refusal for all of them
        if not isinstance(replies, list) or len(cast("list[Any]", replies)) != len(self._sent):
            raise strange(reply)
        for place, one in zip(self._sent, cast("list[Any]", replies), strict=True):
            self._envelopes[place] = envelope_of(one)
        self._sent.clear()

    def envelopes(self) -> list[Envelope]:
        """All of them, in the order of the requests."""
        return [envelope for envelope in self._envelopes if envelope is not None]


def _token(request: Mapping[str, Any]) -> dict[str, Any]:
    token = request.get("session_token")
    return {} if token is None else {"session_token": token}
