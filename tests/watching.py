"""Seeing which statements handlers run, to prove that a refused command has written nothing: guard before mutate.

    with writes(bus) as written:
        envelope = bus.call("note_move", {...})
    assert envelope.code == "cycle_detected"
    assert written == []

The bus's own statements (jobs, idempotency records, BEGIN and COMMIT) go past SQLAlchemy and are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from bus.application import Bus

_WRITE = re.compile(r"\s*(WITH\b.*?\)\s*)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.IGNORECASE | re.DOTALL)


@contextmanager
def statements(bus: Bus) -> Iterator[list[str]]:
    """Every statement that handlers run meanwhile, in all threads."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(bus.database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(bus.database.engine, "before_cursor_execute", note)


@contextmanager
def writes(bus: Bus) -> Iterator[list[str]]:
    """The statements among them that write; complete when the block has ended."""
    written: list[str] = []
    with statements(bus) as seen:
        yield written
    written.extend(statement for statement in seen if _WRITE.match(statement))
