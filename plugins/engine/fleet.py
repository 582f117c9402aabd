"""Answers ``db.fleet.status``."""

from typing import Any

from sqlalchemy import select

from bus.context import Context
from contracts.engine.v1 import agents as v1
from plugins.engine.plugin import engine
from plugins.engine.rows import FLEET
from plugins.engine.tables import agents, efforts, sessions

_open_session = (sessions.c.effort_id == efforts.c.id) & sessions.c.ended_at.is_(None)
STATUS = (
    select(*FLEET.columns)
    .select_from(agents.join(efforts, agents.c.effort_id == efforts.c.id).outerjoin(sessions, _open_session))
    .order_by(agents.c.id)
)


@engine.handles(v1.FleetStatus)
def fleet_status(ctx: Context) -> dict[str, Any]:
    """One row for each agent that is bound to an effort."""
    return {"fleet": FLEET.all(ctx.db.execute(STATUS))}
