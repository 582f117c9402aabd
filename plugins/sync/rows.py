"""How an operation looks in an answer, and what its claim is worth by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_

from bus import wire
from contracts.sync.rows import PENDING, PROCESSING
from plugins.sync.moments import iso_text
from plugins.sync.tables import queue

#: A worker that has said nothing for so long is lost, and its claim with it.
LOST_MS = 300_000

#: For statements that get ``lost_at``: claims of that moment and older ones are lost.
IS_LOST: ColumnElement[bool] = and_(
    queue.c.status == PROCESSING,
    or_(queue.c.claimed_at.is_(None), queue.c.claimed_at <= bindparam("lost_at")),
)

_MOMENTS = ("timestamp_utc", "next_retry_at", "created_at", "updated_at")


def lost_at(now_ms: int) -> dict[str, int]:
    """The parameter of ``IS_LOST``."""
    return {"lost_at": now_ms - LOST_MS}


def status_of(row: Mapping[Any, Any], now_ms: int) -> str:
    """The status of a row: one whose claim is lost waits again, before anybody has written so."""
    claimed_at = row["claimed_at"]
    is_lost = row["status"] == PROCESSING and (claimed_at is None or claimed_at <= now_ms - LOST_MS)
    return PENDING if is_lost else row["status"]


def view(row: Mapping[Any, Any], now_ms: int) -> dict[str, Any]:
    """The operation of a row."""
    shown = {name: value for name, value in row.items() if name != "claimed_at"}
    shown |= {name: iso_text(row[name]) for name in _MOMENTS if row[name] is not None}
    shown["status"] = status_of(row, now_ms)
    return shown | {name: wire.decode_stored(row[name]) for name in ("data", "dependencies")}
