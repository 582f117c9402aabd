"""Shared memory between the supervisor and a worker process: its beat, and what each thread runs until when.

The supervisor kills a process whose beat stops (it hangs or was stopped) or in which a job is past its hard limit.

Each number is one aligned double, written and read whole: half a deadline would look like one long past.
"""

from __future__ import annotations

import mmap
import threading
import time

#: Threads of one process that can be watched.
MAX_THREADS = 256
#: Seconds a job may go on past its soft limit before its process is replaced.
GRACE_S = 1.0

_ID_BYTES = 40
_PATH_BYTES = 4096
#: Doubles: the beat, whether a ward is wanted, then a deadline for each thread.
_BEAT, _WARD, _DEADLINES = 0, 1, 2
_IDS = (_DEADLINES + MAX_THREADS) * 8
_PATH = _IDS + MAX_THREADS * _ID_BYTES


class Slots:
    """The shared memory of one worker process; made before the fork."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _PATH + _PATH_BYTES)
        self._numbers = memoryview(self._memory)[:_IDS].cast("d")
        self._local = threading.local()
        self._next = 0
        self._lock = threading.Lock()
        self.beat()

    def beat(self) -> None:
        """Say "I live" (the worker)."""
        self._numbers[_BEAT] = time.monotonic()

    def silent_s(self) -> float:
        """Seconds since the last beat (the supervisor)."""
        return time.monotonic() - self._numbers[_BEAT]

    def name(self, lock: str) -> None:
        """Tell the path of this process's lock file (the worker)."""
        self._memory[_PATH : _PATH + _PATH_BYTES] = lock.encode().ljust(_PATH_BYTES, b"\0")

    @property
    def lock(self) -> str:
        """The path of the process's lock file; empty as long as it has none (the supervisor)."""
        return self._memory[_PATH : _PATH + _PATH_BYTES].rstrip(b"\0").decode()

    def want_ward(self) -> None:
        """Say that jobs wait for a process of their own (the worker)."""
        self._numbers[_WARD] = 1.0

    def take_ward_wish(self) -> bool:
        """Whether jobs wait for a process of their own; asking takes the wish back (the supervisor)."""
        wished = self._numbers[_WARD] > 0
        self._numbers[_WARD] = 0.0
        return wished

    def begin(self, job_id: str, limit_s: float) -> None:
        """This thread begins a job (the worker)."""
        place = self._place()
        self._numbers[_DEADLINES + place] = 0.0
        at = _IDS + place * _ID_BYTES
        self._memory[at : at + _ID_BYTES] = job_id.encode().ljust(_ID_BYTES, b"\0")
        self._numbers[_DEADLINES + place] = time.monotonic() + limit_s + GRACE_S

    def end(self) -> None:
        """This thread runs nothing (the worker)."""
        self._numbers[_DEADLINES + self._place()] = 0.0

    def _place(self) -> int:
        place: int | None = getattr(self._local, "place", None)
        if place is None:
            with self._lock:
                place = self._local.place = self._next % MAX_THREADS
                self._next += 1
        return place

    def overdue(self) -> list[str]:
        """Ids of the jobs past their hard limit (the supervisor)."""
        now = time.monotonic()
        return [self._id(place) for place in range(MAX_THREADS) if 0 < self._numbers[_DEADLINES + place] < now]

    def _id(self, place: int) -> str:
        at = _IDS + place * _ID_BYTES
        return self._memory[at : at + _ID_BYTES].rstrip(b"\0").decode()
