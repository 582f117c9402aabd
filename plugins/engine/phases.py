"""Answers ``db.effort.phase``: moves an effort along the phases of its skill. Which move is allowed: phase_rules.py."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from bus.context import Context
from contracts.engine.errors import EffortFinished, TaskNotFound
from contracts.engine.v1 import efforts as v1
from plugins.engine import phase_rules
from plugins.engine.guards import lock, locked_effort
from plugins.engine.phase_rules import Phase
from plugins.engine.plugin import engine
from plugins.engine.rows import EFFORT, SESSION
from plugins.engine.sessions import FIND as FIND_SESSION
from plugins.engine.tables import efforts, phase_history, sessions, skills, tasks

_of_skill = (skills.c.project_id == tasks.c.project_id) & (skills.c.name_digest == bindparam("skill"))
SKILL_OF_TASK = (
    select(skills.c.id, skills.c.phases)
    .select_from(tasks.outerjoin(skills, _of_skill))
    .where(tasks.c.digest == bindparam("task"))
)
LOCKED_SKILL = lock(select(skills.c.id, skills.c.phases).where(skills.c.id == bindparam("skill")))
SET_SKILL_PHASES = (
    update(skills)
    .where(skills.c.id == bindparam("skill"))
    .values(phases=bindparam("declared"), updated_at=bindparam("now"))
)

_effort = update(efforts).where(efforts.c.id == bindparam("effort")).returning(*EFFORT.columns)
MOVE = _effort.values(current_phase=bindparam("phase"))
MOVE_AND_DECLARE = _effort.values(current_phase=bindparam("phase"), metadata=bindparam("value"))
REMEMBER = insert(phase_history)
RESET_SESSIONS = (
    update(sessions)
    .where(sessions.c.effort_id == bindparam("effort"), sessions.c.ended_at.is_(None))
    .values(heartbeat_counter=0, last_heartbeat=bindparam("now"))
    .returning(*SESSION.columns)
)


class Declared(NamedTuple):
    """The phases an effort walks, and where they stand."""

    phases: list[Phase]
    #: None: in the effort's own metadata, or nowhere.
    skill_id: int | None


@engine.handles(v1.EffortPhase)
def effort_phase(
    ctx: Context, effortId: int, phase: str, proof: dict[str, Any] | None = None, reason: str = ""
) -> dict[str, Any]:
    """The effort is in the phase, its history has a row more, and the heartbeats of its session count anew."""
    effort = locked_effort(ctx, effortId)
    if effort["lifecycle"] == "finished":
        raise EffortFinished(effort=effortId)
    if effort["currentPhase"] == phase:
        return {"effort": effort, "session": SESSION.first(ctx.db.execute(FIND_SESSION, {"effort": effortId}))}
    declared, extended = _decide(ctx, effort, phase, bool(reason))

    now_ms = ctx.now_ms
    moved = _move(ctx, effort, phase, declared, extended, now_ms)
    values = {
        "effort_id": effortId,
        "phase_label": phase,
        "proof": proof,
        "reason": reason or None,
        "created_at": now_ms,
    }
    ctx.db.execute(REMEMBER, values)
    open_sessions = SESSION.all(ctx.db.execute(RESET_SESSIONS, {"effort": effortId, "now": now_ms}))
    return {"effort": moved, "session": max(open_sessions, key=lambda session: session["id"], default=None)}


def _decide(ctx: Context, effort: dict[str, Any], phase: str, has_reason: bool) -> tuple[Declared, list[Phase] | None]:
    """The declared phases, and the same with ``phase`` appended where that is what the move asks for."""
    declared = _declared(
        effort, ctx.db.execute(SKILL_OF_TASK, {"task": effort["taskId"], "skill": effort["skill"]}).first()
    )
    extended = phase_rules.step(declared.phases, effort["currentPhase"], phase, has_reason=has_reason)
    if extended is None or declared.skill_id is None:
        return declared, extended
    # Others append to the same skill. Hold it, and decide again on what they left.
    held = ctx.db.execute(LOCKED_SKILL, {"skill": declared.skill_id}).first()
    declared = _declared(effort, held or (None, None))
    return declared, phase_rules.step(declared.phases, effort["currentPhase"], phase, has_reason=has_reason)


def _declared(effort: dict[str, Any], skill: Any) -> Declared:
    if skill is None:
        raise TaskNotFound(task=effort["taskId"])
    skill_id, phases = skill
    if phases is not None:
        return Declared(phases, skill_id)
    return Declared(phase_rules.declared_in(effort["metadata"]), None)


def _move(
    ctx: Context, effort: dict[str, Any], phase: str, declared: Declared, extended: list[Phase] | None, now_ms: int
) -> dict[str, Any]:
    """Write the effort's phase, and the extended list where the declared one stands; the effort as it then is."""
    values = {"effort": effort["id"], "phase": phase}
    if extended is None:
        return EFFORT.one(ctx.db.execute(MOVE, values))
    if declared.skill_id is None:
        metadata = effort["metadata"] | {"phases": extended}
        return EFFORT.one(ctx.db.execute(MOVE_AND_DECLARE, values | {"value": metadata}))
    ctx.db.execute(SET_SKILL_PHASES, {"skill": declared.skill_id, "declared": extended, "now": now_ms})
    return EFFORT.one(ctx.db.execute(MOVE, values))
