"""How long, how often and with what pauses a call is tried.

Pauses double and are random between half and whole, so that callers who failed together do not come back together.
A pause that somebody asks for (Retry-After) is kept in full, or the call ends.

Not here: what may be tried again at all (bus/client/calling.py).
"""

from __future__ import annotations

import random
import time
from typing import NamedTuple

from bus.client.failures import NoAnswerInTime

#: The system's: a forked child must not come back together with its parent.
_chance = random.SystemRandom()


class Retries(NamedTuple):
    """How a client repeats what may be repeated."""

    #: How often a call is tried at most; 1: never again.
    attempts: int = 4
    #: Before the second attempt, milliseconds; doubles with each further one.
    first_pause_ms: int = 100
    #: Longest pause that the client takes by itself, milliseconds.
    longest_pause_ms: int = 5_000


class Trying:
    """The attempts of one call within its time.

    Args:
        retries: how often, and with what pauses.
        deadline_s: when to give up, on the monotonic clock.
    """

    def __init__(self, retries: Retries, deadline_s: float) -> None:
        self._retries = retries
        self.deadline_s = deadline_s
        self._made = 1

    @classmethod
    def within(cls, retries: Retries, timeout_ms: float) -> Trying:
        """The attempts of a call that begins now."""
        return cls(retries, time.monotonic() + timeout_ms / 1000)

    def afresh(self) -> Trying:
        """The same time, the attempts from the beginning."""
        return Trying(self._retries, self.deadline_s)

    def once(self) -> Trying:
        """The same time, and a single attempt."""
        return Trying(self._retries._replace(attempts=1), self.deadline_s)

    def left_s(self) -> float:
        """Seconds left for an attempt.

        Raises:
            NoAnswerInTime: none.
        """
        left = self.deadline_s - time.monotonic()
        if left <= 0:
            raise NoAnswerInTime("the bus", was_sent=False)
        return left

    def pause_s(self, asked_s: float | None) -> float | None:
        """How long to wait before the next attempt, which is counted; None: there is none left, or no time for it.

        Args:
            asked_s: what whoever answered asks for.
        """
        if self._made >= self._retries.attempts:
            return None
        doubled_ms = self._retries.first_pause_ms * 2 ** (self._made - 1)
        longest = min(doubled_ms, self._retries.longest_pause_ms) / 1000
        pause = _chance.uniform(longest / 2, longest)
        if asked_s is not None:
            pause += asked_s
        if time.monotonic() + pause >= self.deadline_s:
            return None
        self._made += 1
        return pause
