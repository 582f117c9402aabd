"""Acks in few frames: one for all deliveries up to a number where none of them is in hand any more."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple


class Ack(NamedTuple):
    """What RabbitMQ is told."""

    number: int
    #: With all before it.
    is_multiple: bool


class Acks:
    """The deliveries of one channel that RabbitMQ waits for."""

    def __init__(self) -> None:
        #: In order; those that were acked one by one stay until all before them are.
        self._open: deque[int] = deque()
        self._acked: set[int] = set()

    def add(self, number: int) -> None:
        """A delivery has come."""
        self._open.append(number)

    def drop(self, numbers: Iterable[int]) -> None:
        """Some deliveries were given back, or refused: RabbitMQ waits for them no more."""
        self._acked.update(numbers)

    def settle(self, numbers: Iterable[int]) -> list[Ack]:
        """What to say when some deliveries are done with."""
        done = set(numbers)
        last, count = 0, 0
        while self._open and (self._open[0] in done or self._open[0] in self._acked):
            number = self._open.popleft()
            if number in done:
                done.discard(number)
                last, count = number, count + 1
            self._acked.discard(number)
        self._acked |= done
        # RabbitMQ must still wait for the number that stands for all before it.
        first = [Ack(last, is_multiple=count > 1)] if count else []
        return first + [Ack(number, is_multiple=False) for number in sorted(done)]
