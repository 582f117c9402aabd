"""Can the bus work where its data is? Database, its tables, the disk and the clock."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bus.cli.checks.finding import FAULT, OK, WARNING, Finding
from bus.errors import SetupError
from bus.settings import Settings

if TYPE_CHECKING:
    from bus.database import Database
    from bus.plugin import Plugin

MIB = 2**20
#: Less free disk than this is worth a warning; less than the second figure stops work soon.
FEW_BYTES, TOO_FEW_BYTES = 1024 * MIB, 64 * MIB
#: Difference between two clocks that nobody needs to hear of, milliseconds.
DRIFT_MS = 2_000
#: 2025-01-01T00:00:00Z. A clock before it was never set.
EARLIEST_S = 1_735_689_600


def check_database(settings: Settings, plugins: Sequence[Plugin]) -> Iterator[Finding]:
    """The database answers, can be written, and has the tables this code needs."""
    if settings.database_url is None and not settings.sqlite_file.exists():
        yield _future_file(settings.sqlite_file)
        return
    from bus.database import Database

    try:
        database = Database(
            settings.database_location(),
            busy_timeout_ms=settings.busy_timeout_ms,
            synchronous=settings.sqlite_synchronous,
        )
    except SetupError as error:
        yield Finding("database", FAULT, str(error))
        return
    try:
        yield from _look_into(database, plugins)
    except SetupError as error:
        yield Finding("database", FAULT, str(error))
    finally:
        database.close()


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Free space where the embedded database lies."""
    folder = _nearest(settings.home)
    free = shutil.disk_usage(folder).free
    state = FAULT if free < TOO_FEW_BYTES else WARNING if free < FEW_BYTES else OK
    advice = "" if state == OK else "; make room before the database cannot grow"
    yield Finding("disk", state, f"{free // MIB} MiB free at {folder}{advice}")


def check_clock() -> Iterator[Finding]:
    """The clock was set."""
    now = time.time()
    if now < EARLIEST_S:
        yield Finding("clock", FAULT, "the clock stands before 2025; set it")
    else:
        yield Finding("clock", OK, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)))


def _future_file(file: Path) -> Finding:
    folder = _nearest(file.parent)
    if os.access(folder, os.W_OK | os.X_OK):
        return Finding("database", OK, f"{file} does not exist yet; the first command makes it")
    return Finding("database", FAULT, f"{file} cannot be made: {folder} is not writable; set BUS_HOME to one that is")


def _look_into(database: Database, plugins: Sequence[Plugin]) -> Iterator[Finding]:
    from bus.migration import faults, report

    with faults.explained(database, "a test"), database.connect() as connection:
        connection.exec_driver_sql(database.dialect.begin_write)
        is_read_only = (
            database.kind != "sqlite" and connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
        )
        drift_ms = int(connection.exec_driver_sql(f"SELECT {database.dialect.now_ms}").scalar() or 0) - _now_ms()
        connection.exec_driver_sql("ROLLBACK")
    name = faults.name_of(database)
    if is_read_only:
        yield Finding("database", FAULT, f"{name} is read-only; connect to the primary server")
    else:
        yield Finding("database", OK, f"{name} answers and can be written")
    if abs(drift_ms) > DRIFT_MS:
        yield Finding("clock", WARNING, f"the database's clock differs by {drift_ms} ms; synchronise the two machines")
    for branch in report.status(database, plugins).state.branches:
        yield _standing(branch.words, branch.standing.value)


def _standing(words: str, standing: str) -> Finding:
    state = {"up_to_date": OK, "newer": WARNING, "not_loaded": WARNING}.get(standing, FAULT)
    return Finding("tables", state, f"{words}; run `bus db upgrade`" if standing == "behind" else words)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(candidate for candidate in (folder, *folder.parents) if candidate.is_dir())
