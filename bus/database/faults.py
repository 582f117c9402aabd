"""Database drivers' errors as the bus's errors.

Source: sqlite.org "Result and Error Codes"; PostgreSQL manual, appendix "Error Codes".
"""

from __future__ import annotations

from typing import Any

from bus.errors import BusError, DatabaseBusy, DatabaseLocked, TimedOut

#: SQLite's primary result codes that say "not now", in words.
_SQLITE = {
    5: "the database is locked by another process",
    6: "a table of the database is locked",
    7: "the database ran out of memory",
    8: "the database is read-only",
    10: "the disk under the database failed",
    13: "the disk under the database is full",
    14: "the database file cannot be opened",
}
_SQLITE_READ_ONLY, _SQLITE_INTERRUPT = 8, 9

#: Those that another transaction is the reason for.
_SQLITE_LOCKED = frozenset((5, 6))
_POSTGRESQL_LOCKED = frozenset(("40001", "40P01", "55P03"))

#: PostgreSQL's SQLSTATEs that say "not now", in words.
_POSTGRESQL = {
    "40001": "the transaction met another one",
    "40P01": "the transaction met another one in a deadlock",
    "55P03": "a row is locked by another transaction",
    "25006": "the database is read-only",
    "25P03": "the transaction was idle for too long",
    "53100": "the disk under the database is full",
    "53200": "the database ran out of memory",
    "53300": "the database has no connection left",
    "57P01": "the database is shutting down",
    "57P02": "the database has crashed",
    "57P03": "the database is starting",
    "57P05": "the connection was idle for too long",
}
_POSTGRESQL_CANCELLED = "57014"
#: psycopg's errors that have no SQLSTATE since no server has said anything.
_UNREACHABLE = ("OperationalError", "ConnectionTimeout")


def translate(error: BaseException, *, reading: bool = False) -> BusError | None:
    """The bus's error for a driver's, SQLAlchemy's wrapping looked through; None when it is no such thing.

    Args:
        error: what was raised.
        reading: inside a READ command, where "read-only" is the handler's mistake and not the database's state.
    """
    if isinstance(error, BusError):
        return error
    cause = _cause(error)
    if _is_sqlites(cause):
        return _from_sqlite(cause, reading)
    if _is_psycopgs(cause):
        return _from_postgresql(cause, reading)
    return None


def is_of_database(error: BaseException) -> bool:
    """Whether a driver raised this, SQLAlchemy's wrapping looked through."""
    cause = _cause(error)
    return _is_sqlites(cause) or _is_psycopgs(cause)


def _cause(error: BaseException) -> Any:
    return getattr(error, "orig", None) or error


def _is_sqlites(cause: Any) -> bool:
    return type(cause).__module__ == "sqlite3"


def _is_psycopgs(cause: Any) -> bool:
    return type(cause).__module__.startswith("psycopg")


def _from_sqlite(cause: Any, reading: bool) -> BusError | None:
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
    if code == _SQLITE_INTERRUPT:
        return TimedOut("the command ran past its time limit inside a statement; its unit of work was rolled back")
    if code == _SQLITE_READ_ONLY and reading:
        return None
    return _busy(_SQLITE.get(code), is_locked=code in _SQLITE_LOCKED)


def _from_postgresql(cause: Any, reading: bool) -> BusError | None:
    state = getattr(cause, "sqlstate", None)
    if state == _POSTGRESQL_CANCELLED:
        return TimedOut("the command ran past its time limit inside a statement; its unit of work was rolled back")
    if state == "25006" and reading:
        return None
    if state is None and type(cause).__name__ in _UNREACHABLE:
        return _busy("the database cannot be reached")
    if state is not None and state.startswith("08"):
        return _busy("the connection to the database was lost")
    return _busy(_POSTGRESQL.get(state or ""), is_locked=state in _POSTGRESQL_LOCKED)


def _busy(why: str | None, *, is_locked: bool = False) -> DatabaseBusy | None:
    busy = DatabaseLocked if is_locked else DatabaseBusy
    return busy(f"{why}; nothing was written, try again") if why else None
