"""The one transaction an upgrade runs in: all of it takes effect, or none of it.

SQLite's foreign keys are off inside and checked at the end: re-creating a table, SQLite's way of changing one, drops
the old table, and with foreign keys on that deletes every row that refers to it. The highest ids ever given out are
kept as well; dropping a table forgets them, and a deleted row's id would be used again.

Source: sqlite.org "ALTER TABLE", section 7; "SQLite Autoincrement".
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from bus.errors import SetupError
from bus.migration import lock
from bus.migration.faults import name_of

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from bus.database import Database

#: Each statement sees what was committed while the upgrade waited for its lock, whatever the server's default is.
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
#: Broken references told in one message.
SHOWN = 5


def alone(database: Database, wait_ms: int) -> AbstractContextManager[Connection]:
    """A connection with a transaction open that no other upgrade shares; committed at the end, undone on any error.

    Raises:
        SetupError: another upgrade held the database for longer than ``wait_ms``, or references broke.
    """
    return _on_sqlite(database, wait_ms) if database.kind == "sqlite" else _on_postgresql(database, wait_ms)


@contextmanager
def _on_postgresql(database: Database, wait_ms: int) -> Generator[Connection]:
    with database.connect() as connection, _transaction(database, connection, _BEGIN):
        lock.advisory_lock(connection, database, wait_ms)
        # A long change is not a stuck statement.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection


@contextmanager
def _on_sqlite(database: Database, wait_ms: int) -> Generator[Connection]:
    # Nobody else can see an in-memory database.
    guard = nullcontext() if database.is_memory else lock.file_lock(database, wait_ms)
    with guard, database.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        try:
            with _transaction(database, connection, "BEGIN IMMEDIATE"):
                highest, changes = _highest_ids(connection), _changes(connection)
                yield connection
                # Whoever waited for another process's upgrade has nothing to do, and reading every table takes time.
                if _changes(connection) != changes:
                    _restore_highest_ids(connection, highest)
                    _check_references(database, connection)
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


@contextmanager
def _transaction(database: Database, connection: Connection, begin: str) -> Generator[None]:
    connection.exec_driver_sql(begin)
    try:
        yield
        if not _is_open(database, connection):
            raise SetupError(
                f"a revision ended the transaction of the upgrade of {name_of(database)}, and what ran before stays:"
                " restore a backup, and remove COMMIT, executescript and the like from the newest revisions"
            )
        connection.exec_driver_sql("COMMIT")
    finally:
        # A full disk, for one, has ended it already. Closing the connection undoes whatever else is left.
        if _is_open(database, connection):
            connection.exec_driver_sql("ROLLBACK")


def _is_open(database: Database, connection: Connection) -> bool:
    return not connection.invalidated and database.dialect.in_transaction(connection.connection.driver_connection)


def _changes(connection: Connection) -> int:
    """Rows that the connection has changed so far; every revision writes one about itself."""
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _highest_ids(connection: Connection) -> dict[str, int]:
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").first():
        return {}
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}


def _restore_highest_ids(connection: Connection, highest: dict[str, int]) -> None:
    left = _highest_ids(connection)
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'").scalars()
    for name in set(tables) & highest.keys():
        if left.get(name, 0) < highest[name]:
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, highest[name]))


def _check_references(database: Database, connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        rows = ", ".join(f"{table} row {row} to {parent}" for table, row, parent, _ in broken[:SHOWN])
        more = f" and {len(broken) - SHOWN} more" if len(broken) > SHOWN else ""
        raise SetupError(
            f"the upgrade of {name_of(database)} would leave references to rows that do not exist ({rows}{more});"
            " nothing was changed: delete or mend these rows, or the revision that breaks them"
        )
