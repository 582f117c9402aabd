"""The time handlers see."""

import time
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time; tests bring their own (bus/testing.py)."""

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return time.time_ns() // 1_000_000
