"""Answers ``calendar_list_by_range`` and ``calendar_update_event``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, update

from bus.context import Context
from contracts.lazynote import v1
from contracts.lazynote.errors import AtomNotFound, InvalidTimeRange
from plugins.lazynote.atoms import IS_THIS, IS_TIMED, MOVED_ON, this
from plugins.lazynote.listing import Listing
from plugins.lazynote.plugin import lazynote
from plugins.lazynote.tables import atoms

FROM, TO = bindparam("from", type_=BigInteger), bindparam("to", type_=BigInteger)

#: Both bounds are outside: what touches the range does not overlap it.
IN_RANGE = Listing(
    and_(IS_TIMED, atoms.c.start_at < TO, atoms.c.end_at > FROM), (atoms.c.start_at, atoms.c.end_at, atoms.c.uuid)
)
PLACE = update(atoms).where(IS_THIS).values(start_at=FROM, end_at=TO, updated_at=MOVED_ON)


@lazynote.handles(v1.calendar.CalendarListByRange)
def calendar_list_by_range(
    ctx: Context, start_ms: int, end_ms: int, limit: int | None, offset: int | None
) -> dict[str, Any]:
    """Atoms with a start and an end that overlap the range; a reversed range is taken as it is."""
    return IN_RANGE.page(ctx, limit, offset, **{"from": start_ms, "to": end_ms})


@lazynote.handles(v1.calendar.CalendarUpdateEvent)
def calendar_update_event(ctx: Context, atom_id: str, start_ms: int, end_ms: int) -> dict[str, Any]:
    """The atom lies between these times."""
    if end_ms < start_ms:
        raise InvalidTimeRange(start_ms=start_ms, end_ms=end_ms)
    placed = ctx.db.execute(PLACE, this(ctx, atom_id) | {"from": start_ms, "to": end_ms, "now": ctx.now_ms})
    if not placed.rowcount:
        raise AtomNotFound(atom_id=atom_id)
    return {"atom_id": atom_id, "message": "Event placed."}
