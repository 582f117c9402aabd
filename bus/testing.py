"""What tests of a bus and of its plugins need: a clock that stands still and waiting without guessing.

Not here: the real servers of this repository's own tests (tests/servers.py).
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: Seconds between two looks at a condition.
LOOK_EVERY_S = 0.005


class FakeClock:
    """A clock that moves only when told to. Safe to share between threads.

    Args:
        now_ms: where it starts, epoch milliseconds.
    """

    def __init__(self, now_ms: int = 1_750_000_000_000) -> None:
        self._now_ms = now_ms
        self._lock = threading.Lock()

    def now_ms(self) -> int:
        """The moment the clock shows, epoch milliseconds."""
        return self._now_ms

    def advance(self, ms: int) -> int:
        """Move the clock forward (back, if negative) and return the moment it then shows."""
        with self._lock:
            self._now_ms += ms
            return self._now_ms


def wait_until(condition: Callable[[], T], timeout_s: float = 10, what: str = "the condition") -> T:
    """Look at a condition again and again until it holds, and return what it returned.

    Raises:
        AssertionError: it did not hold within ``timeout_s``; the message names ``what``.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            raise AssertionError(f"waited {timeout_s:g} s in vain for {what}; last seen: {value!r}")
        time.sleep(LOOK_EVERY_S)
