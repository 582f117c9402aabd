"""Events as answers show them, and where one is found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from bus.context import Context
from contracts.calendar.rows import Event
from contracts.workshop.errors import NotFound
from plugins.calendar.tables import events

_KEYS = tuple(Event._declared_fields)  # noqa: SLF001  # their names alone
COLUMNS = [events.c[name] for name in _KEYS]
IS_LIVE = events.c.deleted_at.is_(None)
#: By start; which of those that start at once comes first is settled for good.
BY_START = (events.c.start_utc, events.c.id)

_ROW = select(*COLUMNS).where(IS_LIVE, events.c.id == bindparam("of_event"))
_HELD = _ROW.with_for_update(key_share=True)


def view(row: Row[Any]) -> dict[str, Any]:
    """An event."""
    return {name: getattr(row, name) for name in _KEYS}


def require(ctx: Context, event_id: str) -> Row[Any]:
    """The live event.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_ROW, {"of_event": event_id}).first(), event_id)


def require_held(ctx: Context, event_id: str) -> Row[Any]:
    """The live event, held until the commit.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_HELD, {"of_event": event_id}).first(), event_id)


def _required(row: Row[Any] | None, event_id: str) -> Row[Any]:
    if row is None:
        raise NotFound("event", event_id)
    return row
