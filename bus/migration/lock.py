"""One upgrade of a database at a time, across processes and machines.

SQLite: an OS lock on a file beside the database. PostgreSQL: an advisory lock of the upgrade's own transaction.
Either ends with the process that holds it, also when that is killed. SQLite's own write lock would not do: foreign
keys can be switched off only outside a transaction, so before it is taken.

Source: flock(2); PostgreSQL manual, "Advisory Locks".
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bus.errors import SetupError
from bus.migration.faults import name_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bus.database import Database

#: Seconds between two tries; flock itself cannot wait for a limited time.
TRY_EVERY_S = 0.02
#: The advisory lock's key: the bytes "bus.migr" as a number.
KEY = int.from_bytes(b"bus.migr")
_LOCK_NOT_AVAILABLE = "55P03"


def path_of(database: Database) -> Path:
    """The lock file beside a SQLite database; one for all names of the same file."""
    path = Path(os.path.realpath(database.url.database or ""))
    return path.with_name(f"{path.name}-upgrade.lock")


@contextmanager
def file_lock(database: Database, wait_ms: int) -> Generator[None]:
    """Hold the lock file of a SQLite database. The file stays: deleting it would let two processes hold one each.

    Raises:
        SetupError: another process held it for longer than ``wait_ms``.
        OSError: the file cannot be written.
    """
    with path_of(database).open("a+") as file:
        _acquire(file, database, wait_ms)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def advisory_lock(connection: Connection, database: Database, wait_ms: int) -> None:
    """Hold PostgreSQL's lock until the open transaction ends.

    Raises:
        SetupError: another session held it for longer than ``wait_ms``.
    """
    from sqlalchemy.exc import DBAPIError

    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait_ms}")
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({KEY})")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise _taken(database, wait_ms) from error
        raise
    # From here on the connection's own, shorter limit: a change that waits for a table makes everybody behind it wait.
    connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


def _acquire(file: Any, database: Database, wait_ms: int) -> None:
    give_up = time.monotonic() + wait_ms / 1000
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > give_up:
                file.seek(0)
                raise _taken(database, wait_ms, holder=file.read(20)) from error
            time.sleep(TRY_EVERY_S)
        else:
            return


def _taken(database: Database, wait_ms: int, holder: str = "") -> SetupError:
    who = f"another process ({holder})" if holder else "another process"
    return SetupError(
        f"{who} has been upgrading the database {name_of(database)} for more than {wait_ms / 1000:g} s;"
        " wait until it is done, or end it, and start again"
    )
