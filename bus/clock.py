"""The time handlers see."""

import time
from datetime import UTC, datetime
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


def spelled(moment_ms: int) -> str:
    """A moment for people: ``2030-01-31T12:00:00Z``; one that no calendar holds as it is, in milliseconds."""
    try:
        return datetime.fromtimestamp(moment_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"{moment_ms} ms"
