"""How rows look in results: a key for each column, in order. Values need no more than their columns give them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, func

from plugins.engine.tables import agents, efforts, messages, phase_history, projects, sessions, skills, tasks

#: As a LIMIT: all rows, on both databases.
NO_LIMIT = 2**63 - 1


class Shape:
    """One kind of row: ``columns`` to select or return, and readers for what comes back."""

    def __init__(self, *others: "Shape", **columns: ColumnElement[Any]) -> None:
        named: dict[str, ColumnElement[Any]] = {}
        for other in others:
            named |= zip(other.keys, other.columns, strict=True)
        named |= columns
        self.keys = tuple(named)
        self.columns = tuple(named.values())

    def read(self, row: Sequence[Any]) -> dict[str, Any]:
        """One row as an object."""
        return dict(zip(self.keys, row, strict=True))

    def one(self, result: CursorResult[Any]) -> dict[str, Any]:
        """The only row of a result."""
        return self.read(result.one())

    def first(self, result: CursorResult[Any]) -> dict[str, Any] | None:
        """The first row of a result, None without any."""
        row = result.first()
        return None if row is None else self.read(row)

    def all(self, rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
        """Every row."""
        return [self.read(row) for row in rows]


PROJECT = Shape(
    id=projects.c.id,
    path=projects.c.path,
    name=projects.c.name,
    createdAt=projects.c.created_at,
)

TASK = Shape(
    dirPath=tasks.c.dir_path,
    projectId=tasks.c.project_id,
    workspace=tasks.c.workspace,
    title=tasks.c.title,
    description=tasks.c.description,
    keywords=tasks.c.keywords,
    createdAt=tasks.c.created_at,
)

#: For statements that join efforts and group by task.
TASK_ACTIVITY = Shape(
    TASK,
    effortCount=func.count(efforts.c.id),
    lastActivity=func.max(efforts.c.created_at),
)

SKILL = Shape(
    id=skills.c.id,
    projectId=skills.c.project_id,
    name=skills.c.name,
    phases=skills.c.phases,
    modes=skills.c.modes,
    templates=skills.c.templates,
    cmdDependencies=skills.c.cmd_dependencies,
    nextSkills=skills.c.next_skills,
    directives=skills.c.directives,
    updatedAt=skills.c.updated_at,
)

VERSIONED_SKILL = Shape(SKILL, version=skills.c.version, description=skills.c.description)

EFFORT = Shape(
    id=efforts.c.id,
    taskId=efforts.c.task_id,
    skill=efforts.c.skill,
    mode=efforts.c.mode,
    ordinal=efforts.c.ordinal,
    lifecycle=efforts.c.lifecycle,
    currentPhase=efforts.c.current_phase,
    discoveredDirectives=efforts.c.discovered_directives,
    discoveredDirectories=efforts.c.discovered_directories,
    metadata=efforts.c.metadata,
    createdAt=efforts.c.created_at,
    finishedAt=efforts.c.finished_at,
)

PHASE_HISTORY = Shape(
    id=phase_history.c.id,
    effortId=phase_history.c.effort_id,
    phaseLabel=phase_history.c.phase_label,
    proof=phase_history.c.proof,
    reason=phase_history.c.reason,
    createdAt=phase_history.c.created_at,
)

SESSION = Shape(
    id=sessions.c.id,
    taskId=sessions.c.task_id,
    effortId=sessions.c.effort_id,
    prevSessionId=sessions.c.prev_session_id,
    pid=sessions.c.pid,
    heartbeatCounter=sessions.c.heartbeat_counter,
    lastHeartbeat=sessions.c.last_heartbeat,
    contextUsage=sessions.c.context_usage,
    loadedFiles=sessions.c.loaded_files,
    dehydrationPayload=sessions.c.dehydration_payload,
    createdAt=sessions.c.created_at,
    endedAt=sessions.c.ended_at,
)

TRANSCRIBED_SESSION = Shape(
    SESSION,
    transcriptPath=sessions.c.transcript_path,
    transcriptOffset=sessions.c.transcript_offset,
)

AGENT = Shape(
    id=agents.c.id,
    label=agents.c.label,
    claims=agents.c.claims,
    targetedClaims=agents.c.targeted_claims,
    manages=agents.c.manages,
    parent=agents.c.parent,
    effortId=agents.c.effort_id,
    status=agents.c.status,
)

#: For statements that join agents, their effort and its open session.
FLEET = Shape(
    agent=agents.c.id,
    label=agents.c.label,
    skill=efforts.c.skill,
    currentPhase=efforts.c.current_phase,
    heartbeatCounter=sessions.c.heartbeat_counter,
    contextUsage=sessions.c.context_usage,
)

MESSAGE = Shape(
    id=messages.c.id,
    sessionId=messages.c.session_id,
    role=messages.c.role,
    content=messages.c.content,
    toolName=messages.c.tool_name,
    timestamp=messages.c.timestamp,
)
