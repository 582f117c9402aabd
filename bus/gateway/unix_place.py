"""The file of a Unix socket: who may connect through it, whose it is, and when it goes.

A server holds a lock on the file beside it, ``PATH.lock``, as long as it lives; the kernel opens the lock when it dies.
So a socket whose lock is free was left behind by a dead server and is replaced, and of two servers that start at one
moment one is told. The socket is the user's own (0600) from the moment it exists.

Not here: connections (bus/gateway/unix.py).
"""

from __future__ import annotations

import fcntl
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

from bus.errors import SetupError

#: Connections that wait to be accepted; the next one waits to be put among them.
BACKLOG = 128
#: All but the owner's reading and writing.
OTHERS = 0o177


class Place:
    """A path at which this process alone listens.

    Args:
        path: of the socket; its folder exists.

    Raises:
        SetupError: another server listens there, or something else is there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()  # a plugin may change the working folder
        self._lock_path = Path(f"{self.path}.lock")
        try:
            self._lock = self._locked()
            try:
                self._clear()
                self.listener = self._listening()
            except BaseException:
                self._unlock()
                raise
        except OSError as error:
            raise SetupError(
                f"cannot listen at {path} ({error.strerror or error}); name another path with --unix"
            ) from error

    def vacate(self) -> None:
        """Remove the socket's file, so that nobody comes any more; those who wait can still be accepted."""
        with suppress(FileNotFoundError):
            self.path.unlink()

    def leave(self) -> None:
        """Let the next server listen here."""
        self.listener.close()
        self.vacate()
        self._unlock()

    def _locked(self) -> int:
        """The open lock file, locked."""
        while True:
            lock = os.open(self._lock_path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                raise self._taken() from None
            if self._is_in_place(lock):
                return lock
            os.close(lock)  # whoever held it has removed the file in between

    def _is_in_place(self, lock: int) -> bool:
        try:
            return os.path.samestat(os.fstat(lock), self._lock_path.stat())
        except FileNotFoundError:
            return False

    def _unlock(self) -> None:
        self._lock_path.unlink(missing_ok=True)
        os.close(self._lock)

    def _clear(self) -> None:
        """Remove what a dead server left behind, and nothing else.

        Raises:
            SetupError: there is something else.
        """
        try:
            mode = self.path.lstat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISSOCK(mode):
            raise SetupError(f"{self.path} is there and is no socket; name another path with --unix")
        with socket.socket(socket.AF_UNIX) as probe, suppress(ConnectionRefusedError):
            probe.setblocking(False)
            with suppress(BlockingIOError):  # so many wait that somebody must be there
                probe.connect(str(self.path))
            raise self._taken()  # by a program that knows nothing of our lock
        self.path.unlink()

    def _listening(self) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX)
        before = os.umask(OTHERS)
        try:
            listener.bind(str(self.path))
            listener.listen(BACKLOG)
        except BaseException:
            listener.close()
            raise
        finally:
            os.umask(before)
        listener.setblocking(False)
        return listener

    def _taken(self) -> SetupError:
        return SetupError(f"a server listens at {self.path} already; stop it, or name another path with --unix")
