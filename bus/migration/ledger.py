"""``bus_schema``: which revision each plugin's tables are at, and the oldest code that can use them.

One row a plugin, in the database itself, written in the transaction that changes the tables. Its shape never changes:
any older or newer code must be able to read it before it knows anything else about the database.

Not here: judging the rows (bus/migration/heads.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import Connection

TABLE = "bus_schema"

_CREATE = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (
    plugin VARCHAR(100) NOT NULL PRIMARY KEY,
    revision VARCHAR(120) NOT NULL,
    fits_code_from INTEGER NOT NULL,
    package VARCHAR(200) NOT NULL
)
"""
_READ = f"SELECT plugin, revision, fits_code_from, package FROM {TABLE}"
_FORGET = f"DELETE FROM {TABLE} WHERE plugin = :plugin"
_WRITE = f"INSERT INTO {TABLE} VALUES (:plugin, :revision, :fits_code_from, :package)"
_NO_SUCH_TABLE = "42P01"


class Entry(NamedTuple):
    """Where one plugin's tables are."""

    plugin: str
    #: For example ``notes_0003``.
    revision: str
    #: Number of the oldest revision whose code can use these tables.
    fits_code_from: int
    #: The Python package the revisions came from; names what is missing when the plugin is gone.
    package: str


def read(connection: Connection) -> dict[str, Entry]:
    """Every plugin's entry by name; empty in a database that was never upgraded."""
    from sqlalchemy.exc import DBAPIError

    try:
        rows = connection.exec_driver_sql(_READ)
    except DBAPIError as error:
        if _is_missing_table(error.orig):
            return {}
        raise
    return {row[0]: Entry(*row) for row in rows}


def create(connection: Connection) -> None:
    """The table exists."""
    connection.exec_driver_sql(_CREATE)


def write(connection: Connection, entry: Entry) -> None:
    """The plugin's entry is this one."""
    from sqlalchemy import text

    connection.execute(text(_FORGET), {"plugin": entry.plugin})
    connection.execute(text(_WRITE), entry._asdict())


def _is_missing_table(error: BaseException | None) -> bool:
    return getattr(error, "sqlstate", None) == _NO_SUCH_TABLE or f"no such table: {TABLE}" in str(error)
