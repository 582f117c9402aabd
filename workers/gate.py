"""One process at a time runs short units of a queue on SQLite.

SQLite has one write lock, and whoever finds it taken sleeps in steps and wakes too late. Worker processes that take
turns at the lock by a lock of their own, which tells at once, get half as much again done with it. Only speed hangs
on it: who has waited in vain for a while goes on without it, and SQLite's lock decides.
"""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from pathlib import Path

#: Seconds in vain after which a process goes on without the lock: whoever has it is stopped, or very slow.
PATIENCE_S = 0.5


class Gate:
    """The lock of a queue.

    Args:
        folder: the meeting place.
        queue: the consumer's.
    """

    def __init__(self, folder: Path, queue: str) -> None:
        path = folder / f"{zlib.crc32(queue.encode()):x}.gate"
        self._file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        #: Monotonic second since which it was refused; None: it was not.
        self._refused_since: float | None = None

    def enter(self) -> bool:
        """Whether this process may run a turn now; it calls ``leave`` after it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            now = time.monotonic()
            self._refused_since = self._refused_since or now
            return now - self._refused_since > PATIENCE_S
        self._refused_since = None
        return True

    def leave(self) -> None:
        """Let another process run its turn. Whoever outlasts a drain may find the file closed, and the lock gone."""
        if self._file >= 0:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file. Dramatiq closes a consumer that failed twice."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
