"""SQLite, where all processes share a host: bytes of shared memory are the mark, datagram sockets the bell.

Not here: the folder in which they meet (workers/folder.py).

Source: unix(7), datagram sockets.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import select
import socket
from collections.abc import Iterable
from pathlib import Path

from bus import logs
from workers.bells.numbers import number_of

#: Bytes of the mark: queues that share one wake each other in vain, no more.
MARKS = 256


class SocketBell:
    """A byte says whether anybody sleeps at a queue; then each sleeper's socket gets a datagram until one takes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._mark = _mark(folder)
        self._is_closed = False

    def announce(self, queues: Iterable[str]) -> None:
        """Wake one sleeper of each queue; free while nobody sleeps there."""
        for queue in queues:
            name = number_of(queue)
            if self._mark[name % MARKS]:
                try:
                    self._ring(name)
                except OSError as error:  # the job is stored; somebody will look
                    logs.get("workers").warning("announce_failed", exc_info=error)

    def _ring(self, queue: int) -> None:
        sleepers = [name for name in self._sleepers() if _number_in(name) == queue]
        for name in sleepers:
            # The folder's descriptor keeps the address short: a socket's path has room for 107 bytes.
            path = f"/proc/self/fd/{self._folder}/{name}"
            try:
                self._socket.sendto(b"w", path)
            except BlockingIOError:  # it has been told often enough
                return
            except ConnectionRefusedError:  # its process is dead
                Path(path).unlink(missing_ok=True)
            except FileNotFoundError:  # it has woken up
                continue
            else:
                return
        if not sleepers:
            self._mark[queue % MARKS] = 0
            # A sleeper that raised the mark just now must not be lost: after this, only ever raise it.
            if any(_number_in(name) % MARKS == queue % MARKS for name in self._sleepers()):
                self._mark[queue % MARKS] = 1

    def _sleepers(self) -> list[str]:
        return [name for name in os.listdir(self._folder) if name.endswith(".idle")]  # noqa: PTH208  # by descriptor

    def close(self) -> None:
        """Close socket and folder; a bus may be closed twice."""
        if self._is_closed:
            return
        self._is_closed = True
        self._socket.close()
        self._mark.close()
        os.close(self._folder)


class SocketEar:
    """One consumer's end: raises the mark, sleeps until rung or until the time is over.

    Args:
        folder: the meeting place.
        stem: begins the names of this process's files (workers/folder.py).
        queue: the consumer's.
    """

    def __init__(self, folder: Path, stem: str, queue: str) -> None:
        number = number_of(queue)
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._mark = _mark(folder)
        self._byte = number % MARKS
        self._path = Path(f"/proc/self/fd/{self._folder}/{stem}.{number:x}.sock")
        self._idle = self._path.with_suffix(".idle")
        for path in (self._path, self._idle):
            path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._socket.bind(str(self._path))
        self._nudge = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._is_closed = False

    def lie_down(self) -> None:
        """Say that this consumer is about to sleep; look for work once more after it."""
        with contextlib.suppress(FileExistsError):
            os.link(self._path, self._idle)
        self._mark[self._byte] = 1

    def sleep(self, timeout_s: float) -> None:
        """Sleep until rung."""
        select.select([self._socket], [], [], timeout_s)

    def get_up(self) -> None:
        """Say that this consumer is awake, and forget what rang: whoever gets up looks for work before it sleeps."""
        self._idle.unlink(missing_ok=True)
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(16):
                pass

    def nudge(self) -> None:
        """Wake this consumer from inside its own process."""
        with contextlib.suppress(OSError):
            self._nudge.sendto(b"a", str(self._path))

    def close(self) -> None:
        """Leave the folder. Dramatiq closes a consumer that failed twice."""
        if self._is_closed:
            return
        self._is_closed = True
        for path in (self._idle, self._path):
            path.unlink(missing_ok=True)
        self._socket.close()
        self._nudge.close()
        self._mark.close()
        os.close(self._folder)


def _number_in(name: str) -> int:
    """The queue's number in a sleeper's file name."""
    return int(name.rsplit(".", 2)[1], 16)


def _mark(folder: Path) -> mmap.mmap:
    """The shared bytes "somebody sleeps here"."""
    file = os.open(folder / "asleep", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(file).st_size < MARKS:
            os.ftruncate(file, MARKS)
        return mmap.mmap(file, MARKS)
    finally:
        os.close(file)
