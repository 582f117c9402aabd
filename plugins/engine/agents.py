"""Answers ``db.agents.*``."""

from typing import Any

from sqlalchemy import bindparam, select, update

from bus.context import Context
from contracts.engine.errors import NotFound
from contracts.engine.v1 import agents as v1
from plugins.engine.guards import presence, require_effort
from plugins.engine.plugin import engine
from plugins.engine.rows import AGENT
from plugins.engine.tables import agents
from plugins.engine.upserts import upsert

REGISTER = upsert(
    agents,
    AGENT,
    key=["digest"],
    once=["id"],
    replace=["label", "claims", "targeted_claims", "manages", "parent", "effort_id", "status"],
)
PRESENCE = presence(agents.c.digest)
SET_STATUS = (
    update(agents)
    .where(agents.c.digest == bindparam("agent"))
    .values(status=bindparam("value"))
    .returning(*AGENT.columns)
)
GET = select(*AGENT.columns).where(agents.c.digest == bindparam("agent"))
LIST = select(*AGENT.columns).order_by(agents.c.id)
FIND_BY_EFFORT = select(*AGENT.columns).where(agents.c.effort_id == bindparam("effort")).order_by(agents.c.id).limit(1)


@engine.handles(v1.AgentsRegister)
def agents_register(
    ctx: Context,
    id: str,
    label: str | None = None,
    claims: str | None = None,
    targetedClaims: str | None = None,
    manages: str | None = None,
    parent: str | None = None,
    effortId: int | None = None,
    status: str | None = None,
) -> dict[str, Any]:
    """The agent's row is what is given, and nothing of what was stored before."""
    if effortId is not None:
        require_effort(ctx, effortId)
    values = {
        "digest": id,
        "id": id,
        "label": label,
        "claims": claims,
        "targeted_claims": targetedClaims,
        "manages": manages,
        "parent": parent,
        "effort_id": effortId,
        "status": status,
    }
    return {"agent": AGENT.one(ctx.db.execute(REGISTER, values))}


@engine.handles(v1.AgentsUpdateStatus)
def agents_update_status(ctx: Context, id: str, status: str) -> dict[str, Any]:
    """The agent with another status."""
    if ctx.db.scalar(PRESENCE, {"key": id}) is None:
        raise NotFound(what="Agent", key=id)
    return {"agent": AGENT.one(ctx.db.execute(SET_STATUS, {"agent": id, "value": status}))}


@engine.handles(v1.AgentsGet)
def agents_get(ctx: Context, id: str) -> dict[str, Any]:
    """The agent, or null."""
    return {"agent": AGENT.first(ctx.db.execute(GET, {"agent": id}))}


@engine.handles(v1.AgentsList)
def agents_list(ctx: Context) -> dict[str, Any]:
    """All agents by id."""
    return {"agents": AGENT.all(ctx.db.execute(LIST))}


@engine.handles(v1.AgentsFindByEffort)
def agents_find_by_effort(ctx: Context, effortId: int) -> dict[str, Any]:
    """The agent with the lowest id that is bound to the effort, or null."""
    return {"agent": AGENT.first(ctx.db.execute(FIND_BY_EFFORT, {"effort": effortId}))}
