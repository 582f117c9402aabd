"""What went wrong around an upgrade, as one sentence that says what to do.

Source: sqlite.org "Result and Error Codes"; PostgreSQL manual, appendix "Error Codes".
Not here: errors of calls, which become envelopes (bus/database/faults.py).
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bus.errors import BusError, SetupError

if TYPE_CHECKING:
    from bus.database import Database

#: SQLite's primary result codes.
_SQLITE = {
    5: "is locked by another process; let that one finish, or end it, and repeat",
    6: "is locked by another connection of this process; close that one and repeat",
    8: "cannot be written; make the file and its folder writable for this user",
    10: "lies on a disk that failed; check the disk and the limits of this process, then repeat",
    11: "is damaged; restore a backup",
    13: "lies on a disk that is full; free some space and repeat",
    14: "cannot be opened; check that its folder exists and that this user may read and write there",
    26: "is no SQLite database; check BUS_DATABASE_URL",
}
#: The primary code is the lowest byte of an extended one.
_PRIMARY = 0xFF
#: PostgreSQL's SQLSTATEs.
_POSTGRESQL = {
    "25006": "is read-only; connect to the primary server",
    "42501": "does not let this user change its tables; run `bus db upgrade` as the owner of the tables and the schema",
    "53100": "lies on a disk that is full; free some space and repeat",
    "55P03": "has a table that another session holds; end that session or wait for it, and repeat",
    "57014": "stopped the statement at a time limit of the server; raise statement_timeout for this user and repeat",
    "57P01": "is shutting down; repeat when the server is back",
    "57P03": "is starting; repeat in a moment",
}


@contextmanager
def explained(database: Database, doing: str = "") -> Generator[None]:
    """Turn what the block raises about the database or its files into a sentence.

    Args:
        database: named in the sentence, without its password.
        doing: what was being done, for errors with no sentence of their own; empty lets those pass as they are.

    Raises:
        SetupError: says what happened, where, and what to do.
    """
    try:
        yield
    except (SetupError, BusError):
        raise
    except Exception as error:
        sentence = _sentence(error, database)
        if sentence is None and doing:
            failure = f"{doing} failed on the database {name_of(database)} with {_first_line(error)}"
            sentence = f"{failure}; mend it, or run the code that ran before"
        if sentence is None:
            raise
        raise SetupError(f"{sentence}; nothing was changed") from error


def name_of(database: Database) -> str:
    """The database in an error message: its file or its URL, without password and options."""
    if database.kind == "sqlite":
        return "in memory" if database.is_memory else str(database.url.database)
    return database.url.set(query={}).render_as_string(hide_password=True)


def _sentence(error: Exception, database: Database) -> str | None:
    cause: Any = getattr(error, "orig", None) or error
    what = _SQLITE.get((getattr(cause, "sqlite_errorcode", None) or 0) & _PRIMARY)
    if what is None and type(cause).__module__.startswith("psycopg"):
        what = _POSTGRESQL.get(cause.sqlstate) if cause.sqlstate else "cannot be reached; check the server and its URL"
    if what is None and isinstance(cause, OSError):
        what = "needs a lock file beside it, which cannot be written; check the rights of its folder"
    return what and f"the database {name_of(database)} {what} ({_first_line(cause)})"


def _first_line(error: BaseException) -> str:
    text = str(getattr(error, "orig", None) or error).strip()
    return f"{type(error).__name__}: {text.splitlines()[0]}" if text else type(error).__name__
