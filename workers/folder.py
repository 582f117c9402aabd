"""The folder in which the processes of one host meet: locks that show who lives, sockets that wake.

Beside a SQLite file; for PostgreSQL in the user's runtime folder, named after the database. An advisory lock on
``<owner>.lock`` is held as long as its process lives and is let go by the kernel, whatever happens to the process.
The file itself takes what the supervisor has to say about a process it kills: the jobs that ran past their limit.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bus.errors import SetupError

if TYPE_CHECKING:
    from bus.database import Database

_LOCK = ".lock"


def folder_of(database: Database) -> Path:
    """The meeting place for a database, made if it is missing (mode 0700).

    Raises:
        SetupError: it cannot be made, or it belongs to somebody else.
    """
    apart = f".{database.shadow}" if database.shadow else ""
    if database.kind == "sqlite":
        # One file has one meeting place, by whatever link it was opened.
        folder = Path(os.path.realpath(str(database.url.database)) + apart + ".run")
    else:
        name = hashlib.sha256(database.url.render_as_string(hide_password=True).encode()).hexdigest()[:16]
        base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        folder = Path(base) / f"charterbus-{os.getuid()}-{name}{apart}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Its name can be foreseen: in a folder that all may write to, somebody else may have come first.
        is_ours = folder.lstat().st_uid == os.getuid()
    except OSError as error:
        raise SetupError(
            f"the folder {folder}, where workers meet, cannot be made ({error.strerror}); make it possible"
        ) from error
    if not is_ours:
        raise SetupError(
            f"the folder {folder}, where workers meet, belongs to another user; remove it or become that user"
        )
    return folder


class Life:
    """The proof that this process lives: an owner's name and a lock on its file.

    Args:
        folder: the meeting place.
    """

    def __init__(self, folder: Path) -> None:
        self.owner = f"{socket.gethostname()}/{os.getpid()}-{os.urandom(4).hex()}"
        #: Begins the name of every file that this process puts into the folder.
        self.stem = stem_of(self.owner)
        self.path = folder / (self.stem + _LOCK)
        self._folder = folder
        self._file = _locked(self.path)

    def close(self) -> None:
        """Leave the folder; jobs still held may be taken over at once."""
        _remove(self._folder, self.stem)
        os.close(self._file)


def _locked(path: Path) -> int:
    """A file of this name, locked. Somebody may sweep it away between making and locking it: then another is made."""
    while True:
        file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            if path.stat().st_ino == os.fstat(file).st_ino:
                return file
        except FileNotFoundError:
            pass
        os.close(file)


def is_dead(folder: Path, owner: str, *, missing_is_dead: bool) -> bool:
    """Whether an owner's process is gone for certain.

    Args:
        folder: the meeting place.
        owner: its name, as the job rows carry it.
        missing_is_dead: no lock file proves death: true where all processes meet in one folder (SQLite).
    """
    try:
        with _held(folder / (stem_of(owner) + _LOCK), fcntl.LOCK_SH) as is_free:
            return is_free
    except FileNotFoundError:
        return missing_is_dead
    except PermissionError:  # another user's process: nobody here can tell
        return False


@contextmanager
def _held(lock: Path, kind: int) -> Generator[bool]:
    """Hold a process's lock, shared or alone; False when somebody else's stands against it."""
    file = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(file)


def certify(lock: str, overdue: Iterable[str]) -> None:
    """Write into the lock file of a process that is about to be killed which of its jobs ran past their limit."""
    try:
        with Path(lock).open("r+") as file:
            file.write("\n".join(overdue))
    except OSError:  # it has no file yet, or has left: then it holds no job either
        return


def overdue_of(folder: Path, owner: str) -> frozenset[str]:
    """Ids of the jobs for which a dead process was killed; none when it died of something else."""
    try:
        return frozenset((folder / (stem_of(owner) + _LOCK)).read_text().split())
    except OSError:
        return frozenset()


def dead_owners(folder: Path) -> list[str]:
    """Owners, or rather their stems, whose lock files nobody holds."""
    stems = [lock.name.removesuffix(_LOCK) for lock in folder.glob(f"*{_LOCK}")]
    return [stem for stem in stems if is_dead(folder, stem, missing_is_dead=False)]


def living_owners(folder: Path) -> list[str]:
    """The stems of those who hold their lock, whether or not they have anything to say yet."""
    stems = [lock.name.removesuffix(_LOCK) for lock in folder.glob(f"*{_LOCK}")]
    return [stem for stem in stems if not is_dead(folder, stem, missing_is_dead=True)]


def forget(folder: Path, owner: str) -> None:
    """Remove what a dead process has left in the folder; one that was only about to take its lock is let live."""
    stem = stem_of(owner)
    try:
        with _held(folder / (stem + _LOCK), fcntl.LOCK_EX) as is_free:
            if is_free:
                _remove(folder, stem)
    except OSError:  # somebody else has, or it is another user's
        return


def _remove(folder: Path, stem: str) -> None:
    for file in folder.glob(f"{stem}.*"):
        file.unlink(missing_ok=True)


def stem_of(owner: str) -> str:
    """What the names of an owner's files begin with."""
    return owner.replace("/", "_")
