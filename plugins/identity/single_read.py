"""One row by one statement, as cheaply as the driver gives it: no transaction around it, no Core object for it.

Asked before every call, this must cost little beside the call. A single statement sees one snapshot by itself.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any


def row(database: Any, statement: str, values: Sequence[Any]) -> Sequence[Any] | None:
    """The first row of a statement written with ``?``; None: there is none.

    Raises:
        DatabaseBusy: the database is locked or away.
    """
    kept, statement = database.reader(), database.sql(statement)
    if _can_stand_alone(database, kept):
        # It may be asked twice: the transaction meets the same fault, and mends the connection or says what it is.
        with suppress(Exception):
            return _first(kept, statement, values)
    with kept.transaction(write=False):
        return _first(kept, statement, values)


def _can_stand_alone(database: Any, kept: Any) -> bool:
    """Whether the connection is good; in memory all threads share one, and BEGIN waits for its turn."""
    if kept.raw is None or database.is_memory:
        return False
    # BEGIN looks from time to time whether the file is still the one that was opened.
    return database.kind != "sqlite" or time.monotonic() <= kept.look_at


def _first(kept: Any, statement: str, values: Sequence[Any]) -> Sequence[Any] | None:
    found = kept.execute(statement, values).fetchall()  # all: a statement half read keeps its snapshot
    return found[0] if found else None
