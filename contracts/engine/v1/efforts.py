"""Efforts: applications of a skill to a task, numbered within it, with their phase and its history."""

from bus.contract import READ, WRITE, Schema
from bus.fields import Int64, Key, List, Nested, Object, Text
from contracts.engine.base import EngineContract
from contracts.engine.errors import (
    AlreadyFinished,
    EffortFinished,
    NotFound,
    PhaseNotSequential,
    TaskNotFound,
    UnknownPhase,
)
from contracts.engine.v1.rows import EffortRow, PhaseHistoryRow, SessionRow


class EffortStart(EngineContract):
    """Begin an effort on a task; it takes the task's next ordinal."""

    name, version = "db.effort.start", 1
    effect = WRITE
    errors = (TaskNotFound,)

    class Params(Schema):
        taskId = Key(required=True)  # the dirPath of its task
        skill = Key(required=True)  # need not be cached
        mode = Text()
        metadata = Object()  # may declare phases, as a skill does

    class Result(Schema):
        effort = Nested(EffortRow, required=True)


class EffortPhase(EngineContract):
    """Move an effort to a phase: the next one, a major step, a sub-phase of its own, or any with a reason."""

    name, version = "db.effort.phase", 1
    effect = WRITE
    errors = (NotFound, EffortFinished, TaskNotFound, UnknownPhase, PhaseNotSequential)

    class Params(Schema):
        effortId = Int64(required=True)
        phase = Key(required=True)  # "<label>: <name>"
        proof = Object()  # kept in the history
        reason = Text()  # approves a step to any declared phase; "" counts as left out

    class Result(Schema):
        effort = Nested(EffortRow, required=True)
        session = Nested(SessionRow, required=True, allow_none=True)


class EffortFinish(EngineContract):
    """Close an effort for good; its sessions go on."""

    name, version = "db.effort.finish", 1
    effect = WRITE
    errors = (NotFound, AlreadyFinished)

    class Params(Schema):
        effortId = Int64(required=True)
        keywords = Text()  # replaces those of the task; "" counts as left out

    class Result(Schema):
        effort = Nested(EffortRow, required=True)


class EffortList(EngineContract):
    """Read all efforts of a task, in rising ordinal."""

    name, version = "db.effort.list", 1
    effect = READ

    class Params(Schema):
        taskId = Text(required=True)

    class Result(Schema):
        efforts = List(Nested(EffortRow), required=True)


class EffortGet(EngineContract):
    """Read one effort."""

    name, version = "db.effort.get", 1
    effect = READ

    class Params(Schema):
        id = Int64(required=True)

    class Result(Schema):
        effort = Nested(EffortRow, required=True, allow_none=True)


class EffortGetMetadata(EngineContract):
    """Read the metadata of one effort; null when it has none or is unknown."""

    name, version = "db.effort.getMetadata", 1
    effect = READ

    class Params(Schema):
        id = Int64(required=True)

    class Result(Schema):
        metadata = Object(required=True, allow_none=True)


class EffortUpdateMetadata(EngineContract):
    """Drop top-level members of an effort's metadata, then set others; keys are literal, the rest stays."""

    name, version = "db.effort.updateMetadata", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        id = Int64(required=True)
        remove = List(Text())  # top-level members to drop, first
        set = Object()  # top-level members to set, then

    class Result(Schema):
        metadata = Object(required=True, allow_none=True)


class EffortFindActive(EngineContract):
    """Read the agent's own active effort in a project, else the project's newest active one."""

    name, version = "db.effort.findActive", 1
    effect = READ

    class Params(Schema):
        projectId = Int64(required=True)
        agentId = Text()  # its own active effort goes first

    class Result(Schema):
        effort = Nested(EffortRow, required=True, allow_none=True)
        taskDir = Text(required=True, allow_none=True)


class EffortHistory(EngineContract):
    """Read the phases an effort moved to, oldest first."""

    name, version = "db.effort.history", 1
    effect = READ

    class Params(Schema):
        effortId = Int64(required=True)

    class Result(Schema):
        history = List(Nested(PhaseHistoryRow), required=True)
