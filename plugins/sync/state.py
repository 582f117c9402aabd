"""What the domain remembers beside its queue: whether the background service is started, and how the last run went."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, text

from bus import Db, wire
from plugins.sync.pushing import Tally
from plugins.sync.tables import settings

#: Errors that are shown.
SHOWN_ERRORS = 5
_RUNNING, _LAST_RUN = "sync_running", "sync_last_run"

_READ = select(settings.c.value).where(settings.c.key == bindparam("of_key"))
_WRITE = text(
    "INSERT INTO sync_settings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"
)
#: Of two that start it at once, one changes the row.
_CHANGE = text(
    "INSERT INTO sync_settings (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value "
    "WHERE sync_settings.value <> :value RETURNING key"
)
#: Held while the next value is made from it.
_HOLD = text("INSERT INTO sync_settings (key, value) VALUES (:key, 'null') ON CONFLICT (key) DO UPDATE SET key = :key")


def is_running(db: Db) -> bool:
    """Whether the background service is started."""
    return _read(db, _RUNNING) is True


def set_running(db: Db, *, wanted: bool) -> bool:
    """Start or stop the background service; whether that changed anything."""
    if not wanted and not is_running(db):
        return False
    return db.execute(_CHANGE, {"key": _RUNNING, "value": _text(wanted)}).first() is not None


def last_run(db: Db) -> dict[str, Any]:
    """``at`` (epoch milliseconds, or None), ``is_reached`` of the last try, ``errors`` since a run went well."""
    return _read(db, _LAST_RUN) or {"at": None, "is_reached": False, "errors": []}


def remember(db: Db, tally: Tally, now_ms: int) -> None:
    """Write down how a run went. One that could not reach the remote is no synchronisation."""
    db.execute(_HOLD, {"key": _LAST_RUN})
    before = last_run(db)
    is_over = tally.is_reached is not False or tally.processed > 0
    went_well = tally.successful > 0 and not tally.errors
    after = {
        "at": now_ms if is_over else before["at"],
        "is_reached": before["is_reached"] if tally.is_reached is None else tally.is_reached,
        "errors": [] if went_well else [*before["errors"], *tally.errors][-SHOWN_ERRORS:],
    }
    db.execute(_WRITE, {"key": _LAST_RUN, "value": _text(after)})


def _read(db: Db, key: str) -> Any:
    stored = db.scalar(_READ, {"of_key": key})
    return None if stored is None else wire.decode_stored(stored)


def _text(value: Any) -> str:
    return wire.encode(value).decode()
