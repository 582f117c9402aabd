"""Answers ``db.effort.*``, but for ``db.effort.phase`` (phases.py)."""

from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, select, update

from bus.context import Context
from contracts.engine.errors import AlreadyFinished, TaskNotFound
from contracts.engine.v1 import efforts as v1
from plugins.engine.guards import lock, locked_effort
from plugins.engine.plugin import engine
from plugins.engine.rows import EFFORT, PHASE_HISTORY
from plugins.engine.tables import agents, efforts, phase_history, tasks

#: The lock makes ordinals gap-free: whoever holds the task numbers its next effort.
LOCKED_TASK = lock(select(literal_column("1")).where(tasks.c.digest == bindparam("task")))

_others = efforts.alias()
_next_ordinal = select(func.coalesce(func.max(_others.c.ordinal), 0) + 1).where(
    _others.c.task_digest == bindparam("task")
)
START = (
    insert(efforts)
    .values(ordinal=_next_ordinal.scalar_subquery(), task_digest=bindparam("task"), task_id=bindparam("task_path"))
    .returning(*EFFORT.columns)
)

FINISH = (
    update(efforts)
    .where(efforts.c.id == bindparam("effort"))
    .values(lifecycle="finished", finished_at=bindparam("now"))
    .returning(*EFFORT.columns)
)
SET_KEYWORDS = update(tasks).where(tasks.c.digest == bindparam("task")).values(keywords=bindparam("words"))
SET_METADATA = update(efforts).where(efforts.c.id == bindparam("effort")).values(metadata=bindparam("value"))

LIST = select(*EFFORT.columns).where(efforts.c.task_digest == bindparam("task")).order_by(efforts.c.ordinal)
GET = select(*EFFORT.columns).where(efforts.c.id == bindparam("effort"))
METADATA = select(efforts.c.metadata).where(efforts.c.id == bindparam("effort"))
HISTORY = (
    select(*PHASE_HISTORY.columns).where(phase_history.c.effort_id == bindparam("effort")).order_by(phase_history.c.id)
)

_own = (agents.c.effort_id == efforts.c.id) & (agents.c.digest == bindparam("agent"))
FIND_ACTIVE = (
    select(*EFFORT.columns)
    .select_from(efforts.join(tasks, tasks.c.digest == efforts.c.task_digest).outerjoin(agents, _own))
    .where(tasks.c.project_id == bindparam("project"), efforts.c.lifecycle == "active")
    .order_by(agents.c.digest.is_(None), efforts.c.id.desc())
    .limit(1)
)


@engine.handles(v1.EffortStart)
def effort_start(
    ctx: Context, taskId: str, skill: str, mode: str | None = None, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A new active effort under the task's next ordinal."""
    if ctx.db.scalar(LOCKED_TASK, {"task": taskId}) is None:
        raise TaskNotFound(task=taskId)
    values = {
        "task": taskId,
        "task_path": taskId,
        "skill": skill,
        "mode": mode,
        "metadata": metadata,
        "created_at": ctx.now_ms,
    }
    return {"effort": EFFORT.one(ctx.db.execute(START, values))}


@engine.handles(v1.EffortFinish)
def effort_finish(ctx: Context, effortId: int, keywords: str = "") -> dict[str, Any]:
    """The effort ends for good; keywords that are not empty replace those of its task."""
    effort = locked_effort(ctx, effortId)
    if effort["lifecycle"] == "finished":
        raise AlreadyFinished(effort=effortId)
    finished = EFFORT.one(ctx.db.execute(FINISH, {"effort": effortId, "now": ctx.now_ms}))
    if keywords:
        ctx.db.execute(SET_KEYWORDS, {"task": effort["taskId"], "words": keywords})
    return {"effort": finished}


@engine.handles(v1.EffortUpdateMetadata)
def effort_update_metadata(
    ctx: Context, id: int, remove: list[str] | None = None, set: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The metadata without the members of ``remove``, then with those of ``set``."""
    metadata = locked_effort(ctx, id)["metadata"]
    if remove is None and set is None:
        return {"metadata": metadata}
    changed = dict(metadata or {})
    for key in remove or ():
        changed.pop(key, None)
    changed |= set or {}
    ctx.db.execute(SET_METADATA, {"effort": id, "value": changed})
    return {"metadata": changed}


@engine.handles(v1.EffortList)
def effort_list(ctx: Context, taskId: str) -> dict[str, Any]:
    """The task's efforts by ordinal; none for an unknown task."""
    return {"efforts": EFFORT.all(ctx.db.execute(LIST, {"task": taskId}))}


@engine.handles(v1.EffortGet)
def effort_get(ctx: Context, id: int) -> dict[str, Any]:
    """The effort, or null."""
    return {"effort": EFFORT.first(ctx.db.execute(GET, {"effort": id}))}


@engine.handles(v1.EffortGetMetadata)
def effort_get_metadata(ctx: Context, id: int) -> dict[str, Any]:
    """The effort's metadata, or null."""
    return {"metadata": ctx.db.scalar(METADATA, {"effort": id})}


@engine.handles(v1.EffortFindActive)
def effort_find_active(ctx: Context, projectId: int, agentId: str | None = None) -> dict[str, Any]:
    """The agent's own active effort in the project, else the newest active one of the project, else nulls."""
    effort = EFFORT.first(ctx.db.execute(FIND_ACTIVE, {"project": projectId, "agent": agentId}))
    return {"effort": effort, "taskDir": None if effort is None else effort["taskId"]}


@engine.handles(v1.EffortHistory)
def effort_history(ctx: Context, effortId: int) -> dict[str, Any]:
    """The phases the effort moved to, oldest first."""
    return {"history": PHASE_HISTORY.all(ctx.db.execute(HISTORY, {"effort": effortId}))}
