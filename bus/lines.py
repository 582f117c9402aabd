"""Lines in and answers out over two file descriptors.

A line is never larger in memory than its limit: one above it is skipped to its end, chunk by chunk, and comes out as
None. Answers are written together while more lines wait, and none is held longer than a moment, whatever the
next line's command takes.

Not here: what a line means (bus/stdio.py).
"""

from __future__ import annotations

import os
import select
import threading
from collections import deque
from collections.abc import Iterator

CHUNK_BYTES = 64 * 1024
#: Longest time an answer waits for others to be written with it, seconds.
HOLD_S = 0.005


class Lines:
    """The lines of a file descriptor, without their line feeds.

    Args:
        source: where to read.
        max_bytes: longest line that is kept.
        wakeup: a non-blocking descriptor that becomes readable after a signal, so that ``stop`` is noticed.
    """

    def __init__(self, source: int, max_bytes: int, wakeup: int | None = None) -> None:
        self._source = source
        self._max_bytes = max_bytes
        self._wakeup = wakeup
        self._poll = select.poll()
        for descriptor in {source, source if wakeup is None else wakeup}:
            self._poll.register(descriptor, select.POLLIN)
        self._complete: deque[bytes | None] = deque()
        self._pieces: list[bytes] = []
        self._size = 0
        self._is_ended = False
        self._was_cut = False
        self._is_stopped = False

    @property
    def has_more(self) -> bool:
        """Whether another line is at hand without reading."""
        return bool(self._complete) and not self._is_stopped

    @property
    def is_cut(self) -> bool:
        """Whether the line in hand is the last one, and no line feed has ended it."""
        return self._was_cut and not self._complete

    def stop(self) -> None:
        """End the iteration after the line in hand; lines that were read but not begun are dropped."""
        self._is_stopped = True

    def __iter__(self) -> Iterator[bytes | None]:
        while not self._is_stopped:
            if self._complete:
                yield self._complete.popleft()
            elif self._is_ended:
                return
            else:
                self._fill()

    def _fill(self) -> None:
        """Take in one chunk."""
        if not self._wait():
            return
        try:
            chunk = os.read(self._source, CHUNK_BYTES)
        except BlockingIOError:
            return
        if not chunk:
            self._is_ended = True
            if self._size:
                self._was_cut = True
                self._end_line()
            return
        first, *others = chunk.split(b"\n")
        self._add(first)
        for piece in others:
            self._end_line()
            self._add(piece)

    def _wait(self) -> bool:
        """Wait for input or a signal, whichever comes first; True when there is input.

        Both in one call: a signal that comes between looking for it and a blocking read would be noticed too late.
        """
        ready = {descriptor for descriptor, _ in self._poll.poll()}
        if self._wakeup is not None and self._wakeup in ready:
            os.read(self._wakeup, CHUNK_BYTES)
        return self._source in ready

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._max_bytes:
            self._pieces.clear()
        elif piece:
            self._pieces.append(piece)

    def _end_line(self) -> None:
        self._complete.append(None if self._size > self._max_bytes else b"".join(self._pieces))
        self._pieces.clear()
        self._size = 0


class Answers:
    """Answers on their way out, in order."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._held: list[bytes] = []
        self._size = 0
        self._lock = threading.Lock()
        self._is_holding = threading.Event()
        self._watcher: threading.Thread | None = None
        self._failure: OSError | None = None

    def add(self, answer: bytes, *, is_last: bool) -> None:
        """Write an answer at once when it is the last for now; else with the next ones, or in a moment.

        Raises:
            OSError: nobody reads any more.
        """
        with self._lock:
            self._held.append(answer)
            self._size += len(answer)
            if is_last or self._size >= CHUNK_BYTES:
                self._write()
            elif not self._is_holding.is_set():
                self._watch()
        if self._failure is not None:
            raise self._failure

    def flush(self) -> None:
        """Write what is held."""
        with self._lock:
            self._write()

    def _watch(self) -> None:
        self._is_holding.set()
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._flush_late, name="bus-stdio-flush", daemon=True)
            self._watcher.start()

    def _flush_late(self) -> None:
        never = threading.Event()
        while self._is_holding.wait():
            never.wait(HOLD_S)
            try:
                with self._lock:
                    self._is_holding.clear()
                    self._write()
            except OSError as error:
                self._failure = error
                return

    def _write(self) -> None:
        """Write all that is held; the lock keeps two writers from mixing their answers."""
        rest = memoryview(b"".join(self._held))
        self._held.clear()
        self._size = 0
        while rest:
            try:
                rest = rest[os.write(self._target, rest) :]
            except BlockingIOError:  # whoever started us made the pipe non-blocking
                select.select([], [self._target], [])
