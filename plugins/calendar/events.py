"""Answers the commands on one event: create, read, update, delete.

A technician makes events for themselves, and changes those they made or have.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, insert, update

from bus.context import Context
from bus.errors import Forbidden
from contracts.calendar.v1 import events as contracts
from contracts.workshop.roles import TECHNICIAN
from plugins.calendar import rows
from plugins.calendar.instants import placed
from plugins.calendar.plugin import calendar as plugin
from plugins.calendar.references import settled
from plugins.calendar.tables import events

#: Whatever a caller may leave out -> what it is then; anything else is null.
DEFAULTS: dict[str, Any] = {
    "all_day": False,
    "timezone": "UTC",
    "event_type": "meeting",
    "is_virtual": False,
    "participants": [],
    "reminders": [],
    "tags": [],
    "status": "confirmed",
    "is_recurring": False,
    "scheduled_by_bus": False,
}
_EMPTY = dict.fromkeys(column.name for column in events.c if column.nullable)
_INSERT = insert(events).returning(*rows.COLUMNS)


@plugin.handles(contracts.CreateEvent)
def create_event(ctx: Context, **fields: Any) -> dict[str, Any]:
    """The event, confirmed."""
    given = _tidied({name: value for name, value in fields.items() if value is not None})
    times = placed(DEFAULTS | given)
    if TECHNICIAN in ctx.principal.roles:
        given.setdefault("technician_id", ctx.principal.id)
        _require_free_hand(ctx, given, ctx.principal.id)
    return add(ctx, given | times | settled(ctx, given))


def add(ctx: Context, given: dict[str, Any]) -> dict[str, Any]:
    """A new event with these columns, made now by the caller."""
    stamps = {"created_at": ctx.now_ms, "updated_at": ctx.now_ms}
    stamps |= {"created_by": ctx.principal.id, "updated_by": ctx.principal.id}
    row = _EMPTY | DEFAULTS | given | stamps | {"id": str(uuid.uuid4())}
    return rows.view(ctx.db.execute(_INSERT, row).one())


@plugin.handles(contracts.GetEventById)
def get_event_by_id(ctx: Context, id: str) -> dict[str, Any]:
    """The event."""
    return rows.view(rows.require(ctx, id))


@plugin.handles(contracts.UpdateEvent)
def update_event(ctx: Context, id: str, **fields: Any) -> dict[str, Any]:
    """The event with what was given; without anything given it is not touched."""
    event = rows.require_held(ctx, id)
    _require_own(ctx, event)
    given = _tidied(fields)
    if TECHNICIAN in ctx.principal.roles:
        _require_free_hand(ctx, given, event.technician_id)
    if not given:
        return rows.view(event)
    references = settled(ctx, given)
    times = placed(rows.view(event) | given)
    return change(ctx, event.id, given | references | times)


def change(ctx: Context, event_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """The event with these columns changed, now and by the caller."""
    stamped = values | {"updated_at": ctx.now_ms, "updated_by": ctx.principal.id}
    statement = update(events).where(events.c.id == event_id).values(**stamped).returning(*rows.COLUMNS)
    return rows.view(ctx.db.execute(statement).one())


@plugin.handles(contracts.DeleteEvent)
def delete_event(ctx: Context, id: str) -> dict[str, Any]:
    """The event is gone for everybody; its row stays."""
    event = rows.require_held(ctx, id)
    _require_own(ctx, event)
    values = {"deleted_at": ctx.now_ms, "deleted_by": ctx.principal.id}
    ctx.db.execute(update(events).where(events.c.id == event.id).values(**values))
    return {"id": event.id, "deleted": True}


def _tidied(given: dict[str, Any]) -> dict[str, Any]:
    """The values as they are stored: each tag once, every participant with a status."""
    changed = dict(given)
    if "tags" in given:
        changed["tags"] = list(dict.fromkeys(given["tags"]))
    if "participants" in given:
        changed["participants"] = [one | {"status": one["status"] or "needsaction"} for one in given["participants"]]
    return changed


def _require_own(ctx: Context, event: Row[Any]) -> None:
    if TECHNICIAN in ctx.principal.roles and ctx.principal.id not in (event.created_by, event.technician_id):
        raise Forbidden("the event is neither yours nor assigned to you")


def _require_free_hand(ctx: Context, given: dict[str, Any], present: str | None) -> None:
    if given.get("technician_id") not in (None, ctx.principal.id, present):
        raise Forbidden("your role allows to name yourself alone")
