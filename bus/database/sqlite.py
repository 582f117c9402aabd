"""What is particular to SQLite: pragmas, the write lock, and how an endless statement is stopped."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bus.errors import DatabaseBusy, SetupError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import URL

    from bus.database.kept import Kept

#: Virtual-machine steps between two looks at the deadline: about a millisecond of work.
STEPS_A_LOOK = 50_000
#: Seconds between two looks at whether the file is still the one that was opened.
LOOK_EVERY_S = 1.0
#: What a connection may keep of the file in memory: an index that is read whole, for a search, is not read page by page
#: from the file each time. SQLite takes it as it needs it; its own limit is 2,000.
CACHE_KIB = 16_000
#: Pages in the log (16 MB) before they are carried over into the file. A page that many commits change is carried over
#: once, and the disk flushes a quarter as often as with SQLite's own 1,000; readers look a page up in one table of the
#: log's index as long as there are no more than 4,062.
LOG_PAGES = 4_000


class Sqlite:
    """SQLite in WAL mode, one writer at a time."""

    begin_write = "BEGIN IMMEDIATE"
    begin_read = "BEGIN"
    #: A lost file does not come back by waiting.
    can_come_back = False
    #: SQL for the clock of queue times: epoch milliseconds.
    now_ms = "cast((julianday('now')-2440587.5)*86400000 as integer)"
    #: SQL for the clock of leases: milliseconds since boot, which nobody can set. Asked once a statement, not a row.
    lease_ms = "(SELECT boot_ms())"
    #: SQL for the member of ``args`` at the dotted path ``path``, as JSON text.
    json_member = "(args -> ('$.' || path))"
    greatest = "max"
    #: SQL after a column: its value is one of a list, bound as ``listed`` makes it. Marks for each value would be
    #: another statement for each length, prepared and kept by every connection.
    is_among = "IN (SELECT value FROM json_each(?))"
    #: SQL after a table's name: a plan by another index would pass over every waiting job.
    indexed_by = " INDEXED BY {}"
    skip_locked = ""
    for_update = ""
    #: Whether an index keeps the entries of changed rows until somebody cleans up.
    keeps_dead_entries = False
    #: Whether several jobs share a transaction: one disk write for all of them.
    groups_jobs = True
    #: Seconds a group may run before it commits: every other writer waits for it.
    group_s = 0.008
    #: A release costs no round trip.
    releases_late = False

    def __init__(self, url: URL, busy_timeout_ms: int, synchronous: str) -> None:
        self._busy_timeout_ms = busy_timeout_ms
        self._synchronous = synchronous
        path = url.database
        self._is_memory = path in (None, "", ":memory:")
        #: The file; None where SQLite is told something else.
        self._file = None if self._is_memory or str(path).startswith("file:") else Path(str(path)).absolute()
        if path and path != ":memory:" and not Path(path).parent.is_dir():
            raise SetupError(
                f"the folder {Path(path).parent} of the database does not exist; create it or set BUS_DATABASE_URL"
            )

    @staticmethod
    def listed(values: Sequence[str]) -> str:
        """The list that ``is_among`` is bound to."""
        return json.dumps(values)

    def connect_args(self) -> dict[str, Any]:
        """For sqlite3: connections are kept by thread, but closed by the thread that closes the bus."""
        return {"check_same_thread": False, "timeout": self._busy_timeout_ms / 1000, "cached_statements": 512}

    def on_connect(self, raw: Any, _record: object) -> None:
        """Set up one connection."""
        raw.execute(f"PRAGMA busy_timeout={self._busy_timeout_ms}")
        self._switch_to_wal(raw)
        for pragma in (
            f"synchronous={self._synchronous}",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            f"cache_size=-{CACHE_KIB}",
            f"wal_autocheckpoint={LOG_PAGES}",
        ):
            raw.execute(f"PRAGMA {pragma}")

    def _switch_to_wal(self, raw: Any) -> None:
        """WAL for good. Processes that start at once meet here, and SQLite does not wait by itself at this point."""
        give_up = time.monotonic() + self._busy_timeout_ms / 1000
        while True:
            try:
                raw.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
                time.sleep(0.005)
            else:
                return

    def before_keep(self) -> None:
        """Refuse to open a file that is gone: SQLite would make a new, empty one.

        Raises:
            DatabaseBusy: it is.
        """
        if self._file is not None and not self._file.exists():
            raise DatabaseBusy("the database file is not there; nothing was written, try again")

    def on_keep(self, kept: Kept) -> None:
        """A kept connection: a reader cannot write, and no statement outlives the deadline."""
        kept.file_id = self._file_id()
        if kept.read_only:
            kept.raw.execute("PRAGMA query_only=ON")
        kept.raw.create_function("boot_ms", 0, _boot_ms)
        kept.raw.set_progress_handler(lambda: 1 if time.monotonic() > kept.deadline > 0 else 0, STEPS_A_LOOK)

    def begin(self, kept: Kept, raw: Any, *, write: bool, deadline: float) -> None:
        """Begin; statements look at the deadline by themselves."""
        if self._is_memory:  # its only connection must not write for a reader either
            raw.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        elif time.monotonic() > kept.look_at:
            self._look_at_file(kept)
        self.control(raw, self.begin_write if write else self.begin_read)

    @staticmethod
    def control(raw: Any, statement: str) -> None:
        """Begin, end or mark a transaction."""
        raw.execute(statement)

    def _look_at_file(self, kept: Kept) -> None:
        """Whoever goes on with a file that was deleted or replaced writes where nobody will ever read."""
        kept.look_at = time.monotonic() + LOOK_EVERY_S
        if self._file_id() != kept.file_id:
            kept.drop()
            raise DatabaseBusy("the database file was deleted or replaced; nothing was written, try again")

    def _file_id(self) -> tuple[int, int] | None:
        """What tells a file from another one of its name; None when there is none."""
        try:
            found = None if self._file is None else self._file.stat()
        except OSError:
            return None
        return found and (found.st_dev, found.st_ino)

    def can_stand_alone(self, _kept: Kept) -> bool:
        """BEGIN costs no round trip here, and waits for the lock as it should."""
        return False

    def in_transaction(self, raw: Any) -> bool:
        """Whether a transaction is open."""
        return raw.in_transaction

    def is_sound(self, raw: Any) -> bool:
        """Whether a transaction is open: a failed statement leaves it usable, or ends it."""
        return raw.in_transaction

    def is_lost(self, _raw: Any) -> bool:
        """A file has no server to lose."""
        return False

    def was_ended_before(self, _error: Exception) -> bool:
        """No server ends a transaction unasked."""
        return False

    def sql(self, statement: str) -> str:
        """SQLite's driver takes ``?`` as it is."""
        return statement


def _boot_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
