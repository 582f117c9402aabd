"""Waking a sleeping worker after a publish, at next to no cost while nobody sleeps.

A sleeper raises its mark, looks for work once more, and only then sleeps; a publisher commits and then looks at the
mark: one of the two always sees the other. Polling is the net beneath.

SQLite: all processes share a host. The mark is a byte of shared memory for each queue, the bell a datagram socket.
PostgreSQL: NOTIFY reaches workers on every host; a thread of each worker process listens.

Source: PostgreSQL manual, NOTIFY; unix(7), datagram sockets.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import select
import socket
import threading
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bus import logs
from bus.errors import SetupError
from workers.folder import folder_of

if TYPE_CHECKING:
    from bus.database import Database

#: PostgreSQL's channel.
CHANNEL = "bus_job"
#: Bytes of the mark: queues that share one wake each other in vain, no more.
MARKS = 256


class Bell(Protocol):
    """Rung by publishers."""

    def announce(self, queues: Iterable[str]) -> None:
        """Wake sleepers."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


def bell_for(database: Database) -> Bell:
    """The bell that reaches the workers of a database."""
    if database.kind != "sqlite":
        return NotifyBell(database)
    if database.is_memory:
        return SilentBell()
    try:
        return SocketBell(folder_of(database))
    except (SetupError, OSError) as error:
        logs.get("workers").warning("workers_look_by_themselves", why=str(error))
        return SilentBell()


class SilentBell:
    """Rings nowhere: for a database in memory, which no worker can see, and where the folder is not ours to use."""

    def announce(self, queues: Iterable[str]) -> None:
        """Leave it to the workers to look."""

    def close(self) -> None:
        """Nothing to let go of."""


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
            name = _number(queue)
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
        number = _number(queue)
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


class NotifyBell:
    """One NOTIFY after the publisher's commit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def announce(self, queues: Iterable[str]) -> None:
        """Wake the workers; a failure is logged, for they look by themselves as well."""
        kept = self._database.writer()
        try:
            raw: Any = kept.core.connection.driver_connection
            for queue in queues:
                raw.execute(f"NOTIFY {CHANNEL}, '{_number(queue)}'")
        except Exception as error:  # noqa: BLE001  # the job is stored; somebody will look
            logs.get("workers").warning("announce_failed", exc_info=error)

    def close(self) -> None:
        """Nothing to let go of."""


class NotifyEar:
    """One consumer's end on PostgreSQL; the process's listener rings all of them."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def lie_down(self) -> None:
        """Nobody has to know who sleeps."""

    def sleep(self, timeout_s: float) -> None:
        """Sleep until rung."""
        self._event.wait(timeout_s)

    def get_up(self) -> None:
        """Forget what rang: whoever gets up looks for work before it sleeps."""
        self._event.clear()

    def nudge(self) -> None:
        """Ring."""
        self._event.set()

    def close(self) -> None:
        """Nothing to let go of."""


class Listener:
    """A thread with a connection of its own that rings a queue's ear at each NOTIFY.

    Args:
        database: a PostgreSQL.
        ears: of this process, by queue.
    """

    def __init__(self, database: Database, ears: dict[str, NotifyEar]) -> None:
        self._url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._ears = ears
        self._is_over = threading.Event()
        threading.Thread(target=self._run, name="bus-listen", daemon=True).start()

    def _run(self) -> None:
        import psycopg  # only workers on PostgreSQL listen

        while not self._is_over.is_set():
            try:
                # Not one of the pool's connections: LISTEN belongs to one that nobody else uses.
                with psycopg.connect(self._url, autocommit=True) as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                logs.get("workers").warning("listener_lost_its_connection", exc_info=error)
                self._is_over.wait(1.0)

    def _listen(self, connection: Any) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        while not self._is_over.is_set():
            for notify in connection.notifies(timeout=1.0, stop_after=1):
                for queue, ear in list(self._ears.items()):
                    if notify.payload == str(_number(queue)):
                        ear.nudge()

    def close(self) -> None:
        """Stop listening within a second."""
        self._is_over.set()


def _number(queue: str) -> int:
    """A queue's number: the same in every process, and fit for a file name."""
    return zlib.crc32(queue.encode())


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
