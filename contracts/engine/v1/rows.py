"""The rows of version 1, as they stand in results. Every key is always present; null means unset."""

from bus.contract import Schema
from bus.fields import Int64, Json, List, Number, Object, Text


class ProjectRow(Schema):
    """One code base, keyed by its path."""

    id = Int64(required=True)
    path = Text(required=True)
    name = Text(required=True, allow_none=True)
    createdAt = Text(required=True)


class TaskRow(Schema):
    """A long-lived container of work, keyed by a directory path; it never finishes."""

    dirPath = Text(required=True)
    projectId = Int64(required=True)
    workspace = Text(required=True, allow_none=True)
    title = Text(required=True, allow_none=True)
    description = Text(required=True, allow_none=True)
    keywords = Text(required=True, allow_none=True)
    createdAt = Text(required=True)


class TaskActivityRow(TaskRow):
    """A task with what its efforts tell about it."""

    effortCount = Int64(required=True)
    #: When its latest effort was started; null without efforts.
    lastActivity = Text(required=True, allow_none=True)


class SkillRow(Schema):
    """The cached definition of a named way of working, per project."""

    id = Int64(required=True)
    projectId = Int64(required=True)
    name = Text(required=True)
    phases = Json(required=True, allow_none=True)
    modes = Json(required=True, allow_none=True)
    templates = Json(required=True, allow_none=True)
    cmdDependencies = Json(required=True, allow_none=True)
    nextSkills = Json(required=True, allow_none=True)
    directives = Json(required=True, allow_none=True)
    updatedAt = Text(required=True)


class EffortRow(Schema):
    """One application of a skill to a task."""

    id = Int64(required=True)
    taskId = Text(required=True)
    skill = Text(required=True)
    mode = Text(required=True, allow_none=True)
    #: 1, 2, 3 ... within the task, without gaps.
    ordinal = Int64(required=True)
    #: "active" or "finished".
    lifecycle = Text(required=True)
    currentPhase = Text(required=True, allow_none=True)
    discoveredDirectives = Json(required=True, allow_none=True)
    discoveredDirectories = Json(required=True, allow_none=True)
    metadata = Object(required=True, allow_none=True)
    createdAt = Text(required=True)
    finishedAt = Text(required=True, allow_none=True)


class SessionRow(Schema):
    """One bounded working run that serves exactly one effort."""

    id = Int64(required=True)
    taskId = Text(required=True)
    effortId = Int64(required=True)
    prevSessionId = Int64(required=True, allow_none=True)
    pid = Int64(required=True, allow_none=True)
    heartbeatCounter = Int64(required=True)
    lastHeartbeat = Text(required=True)
    contextUsage = Number(required=True, allow_none=True)
    loadedFiles = List(Text(), required=True, allow_none=True)
    dehydrationPayload = Object(required=True, allow_none=True)
    createdAt = Text(required=True)
    endedAt = Text(required=True, allow_none=True)


class TranscribedSessionRow(SessionRow):
    """A session with where its transcript lies and how far it has been read."""

    transcriptPath = Text(required=True, allow_none=True)
    transcriptOffset = Int64(required=True)


class PhaseHistoryRow(Schema):
    """One phase an effort moved to."""

    id = Int64(required=True)
    effortId = Int64(required=True)
    phaseLabel = Text(required=True)
    proof = Object(required=True, allow_none=True)
    reason = Text(required=True, allow_none=True)
    createdAt = Text(required=True)


class AgentRow(Schema):
    """Somebody who works on efforts."""

    id = Text(required=True)
    label = Text(required=True, allow_none=True)
    claims = Text(required=True, allow_none=True)
    targetedClaims = Text(required=True, allow_none=True)
    manages = Text(required=True, allow_none=True)
    parent = Text(required=True, allow_none=True)
    effortId = Int64(required=True, allow_none=True)
    status = Text(required=True, allow_none=True)


class FleetRow(Schema):
    """An agent that is bound to an effort, and how its session is doing."""

    agent = Text(required=True)
    label = Text(required=True, allow_none=True)
    skill = Text(required=True)
    currentPhase = Text(required=True, allow_none=True)
    #: Null while the effort has no active session.
    heartbeatCounter = Int64(required=True, allow_none=True)
    contextUsage = Number(required=True, allow_none=True)


class MessageRow(Schema):
    """One message of a session's conversation."""

    id = Int64(required=True)
    sessionId = Int64(required=True)
    role = Text(required=True)
    content = Text(required=True)
    toolName = Text(required=True, allow_none=True)
    timestamp = Text(required=True)
