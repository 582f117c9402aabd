"""Answers ``db.session.*``."""

from typing import Any

from sqlalchemy import Select, bindparam, func, insert, literal_column, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from bus.context import Context
from contracts.engine import v2
from contracts.engine.errors import AlreadyEnded, NotFound, TaskNotFound
from contracts.engine.v1 import sessions as v1
from plugins.engine.guards import has_session, lock, presence, require_session
from plugins.engine.plugin import engine
from plugins.engine.rows import SESSION, TRANSCRIBED_SESSION
from plugins.engine.tables import efforts, sessions, tasks

MIN_INT64 = -(2**63)

TASK_PRESENCE = presence(tasks.c.digest)
LOCKED_TASK_OF_EFFORT = lock(select(efforts.c.task_id).where(efforts.c.id == bindparam("effort")))
LOCKED_END = lock(select(literal_column("1"), sessions.c.ended_at).where(sessions.c.id == bindparam("session")))

_is_open = (sessions.c.effort_id == bindparam("effort")) & sessions.c.ended_at.is_(None)
END_OPEN = update(sessions).where(_is_open).values(ended_at=bindparam("now")).returning(sessions.c.id)
START = insert(sessions).returning(*SESSION.columns)


def _change(**values: Any) -> ReturningUpdate[Any]:
    return update(sessions).where(sessions.c.id == bindparam("session")).values(**values).returning(*SESSION.columns)


BEAT = _change(heartbeat_counter=sessions.c.heartbeat_counter + 1, last_heartbeat=bindparam("now"))
RESET = _change(heartbeat_counter=0, last_heartbeat=bindparam("now"))
SET_USAGE = _change(context_usage=bindparam("usage"))
SET_FILES = _change(loaded_files=bindparam("files"))
FINISH = _change(ended_at=bindparam("now"), dehydration_payload=bindparam("payload"))
SET_TRANSCRIPT = _change(
    transcript_path=func.coalesce(bindparam("path"), sessions.c.transcript_path),
    transcript_offset=func.coalesce(bindparam("offset"), sessions.c.transcript_offset),
)


def active_session(effort: Any) -> Select[Any]:
    """Selects the open session of an effort; were there several, the one with the highest id."""
    is_open = (sessions.c.effort_id == effort) & sessions.c.ended_at.is_(None)
    return select(*SESSION.columns).where(is_open).order_by(sessions.c.id.desc()).limit(1)


FIND = active_session(bindparam("effort"))
GET = select(*TRANSCRIBED_SESSION.columns).where(sessions.c.id == bindparam("session"))
LIST_STALE = (
    select(*SESSION.columns)
    .where(sessions.c.ended_at.is_(None), sessions.c.last_heartbeat < bindparam("before"))
    .order_by(sessions.c.id)
)


@engine.handles(v1.SessionStart)
def session_start(
    ctx: Context, taskId: str, effortId: int, pid: int | None = None, prevSessionId: int | None = None
) -> dict[str, Any]:
    """A new session takes the place of the effort's open one."""
    _require_effort_of_task(ctx, effortId, taskId)
    if prevSessionId is not None:
        require_session(ctx, prevSessionId)
    now_ms = ctx.now_ms
    ended = ctx.db.execute(END_OPEN, {"effort": effortId, "now": now_ms}).scalars().all()
    values = {
        "task_digest": taskId,
        "task_id": taskId,
        "effort_id": effortId,
        "prev_session_id": max(ended, default=None) if prevSessionId is None else prevSessionId,
        "pid": pid,
        "last_heartbeat": now_ms,
        "created_at": now_ms,
    }
    return {"session": SESSION.one(ctx.db.execute(START, values))}


def _require_effort_of_task(ctx: Context, effort_id: int, task: str) -> None:
    """Hold the effort: sessions of one effort start one after another."""
    owner = ctx.db.scalar(LOCKED_TASK_OF_EFFORT, {"effort": effort_id})
    if owner == task:
        return
    if ctx.db.scalar(TASK_PRESENCE, {"key": task}) is None:
        raise TaskNotFound(task=task)
    raise NotFound(what="Effort", key=f"{effort_id} of task {task}")


@engine.handles(v1.SessionFinish)
def session_finish(ctx: Context, sessionId: int, dehydrationPayload: dict[str, Any] | None = None) -> dict[str, Any]:
    """The session ends, once."""
    found = ctx.db.execute(LOCKED_END, {"session": sessionId}).first()
    if found is None:
        raise NotFound(what="Session", key=sessionId)
    if found.ended_at is not None:
        raise AlreadyEnded(session=sessionId)
    values = {"session": sessionId, "now": ctx.now_ms, "payload": dehydrationPayload}
    return {"session": SESSION.one(ctx.db.execute(FINISH, values))}


@engine.handles(v2.SessionHeartbeat)
def session_heartbeat(ctx: Context, sessionId: int, action: str) -> dict[str, Any]:
    """One beat more, or none and counting from now."""
    return _changed(ctx, RESET if action == "reset" else BEAT, sessionId, now=ctx.now_ms)


@engine.handles(v1.SessionUpdateContextUsage)
def session_update_context_usage(ctx: Context, sessionId: int, usage: float) -> dict[str, Any]:
    """The context usage as given."""
    # JSON knows one kind of number; SQLite's driver takes no whole number beyond 64 bits.
    return _changed(ctx, SET_USAGE, sessionId, usage=float(usage))


@engine.handles(v1.SessionUpdateLoadedFiles)
def session_update_loaded_files(ctx: Context, sessionId: int, files: list[str]) -> dict[str, Any]:
    """The list of files in place of the stored one."""
    return _changed(ctx, SET_FILES, sessionId, files=files)


def _changed(ctx: Context, change: ReturningUpdate[Any], session_id: int, **values: Any) -> dict[str, Any]:
    require_session(ctx, session_id)
    return {"session": SESSION.one(ctx.db.execute(change, {"session": session_id, **values}))}


@engine.handles(v1.SessionSetTranscript)
def session_set_transcript(
    ctx: Context, sessionId: int, transcriptPath: str | None = None, transcriptOffset: int | None = None
) -> dict[str, Any]:
    """What is given of the transcript's path and offset replaces what is stored."""
    if (transcriptPath is None and transcriptOffset is None) or not has_session(ctx, sessionId):
        return {"updated": False}
    ctx.db.execute(SET_TRANSCRIPT, {"session": sessionId, "path": transcriptPath, "offset": transcriptOffset})
    return {"updated": True}


@engine.handles(v1.SessionFind)
def session_find(ctx: Context, effortId: int) -> dict[str, Any]:
    """The open session of the effort, or null."""
    return {"session": SESSION.first(ctx.db.execute(FIND, {"effort": effortId}))}


@engine.handles(v1.SessionGet)
def session_get(ctx: Context, id: int) -> dict[str, Any]:
    """The session, ended or not, or null."""
    return {"session": TRANSCRIBED_SESSION.first(ctx.db.execute(GET, {"session": id}))}


@engine.handles(v1.SessionListStale)
def session_list_stale(ctx: Context, olderThanSeconds: int) -> dict[str, Any]:
    """Open sessions whose last heartbeat lies further back than that."""
    before = max(ctx.now_ms - olderThanSeconds * 1000, MIN_INT64)
    return {"sessions": SESSION.all(ctx.db.execute(LIST_STALE, {"before": before}))}
