"""Sessions: bounded working runs of an effort; at most one of an effort has not ended."""

from bus.contract import READ, WRITE, Schema
from bus.fields import Boolean, Int64, Key, List, Nested, Number, Object, Text, validate
from contracts.engine.base import EngineContract
from contracts.engine.errors import AlreadyEnded, NotFound, TaskNotFound
from contracts.engine.v1.rows import SessionRow, TranscribedSessionRow


class SessionAnswer(Schema):
    """A session that exists."""

    session = Nested(SessionRow, required=True)


class SessionStart(EngineContract):
    """Open a session for an effort and end the one that was open."""

    name, version = "db.session.start", 1
    effect = WRITE
    errors = (TaskNotFound, NotFound)

    class Params(Schema):
        taskId = Key(required=True)  # the dirPath of the task
        effortId = Int64(required=True)  # an effort of that task
        pid = Int64()  # for people to read; nothing is decided by it
        prevSessionId = Int64()  # left out: the session that this one ends

    Result = SessionAnswer


class SessionFind(EngineContract):
    """Read the active session of an effort."""

    name, version = "db.session.find", 1
    effect = READ

    class Params(Schema):
        effortId = Int64(required=True)

    class Result(Schema):
        session = Nested(SessionRow, required=True, allow_none=True)


class SessionHeartbeat(EngineContract):
    """Count one heartbeat, of ended sessions too."""

    name, version = "db.session.heartbeat", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        sessionId = Int64(required=True)

    Result = SessionAnswer


class SessionUpdateContextUsage(EngineContract):
    """Store how full the context is, as given."""

    name, version = "db.session.updateContextUsage", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        sessionId = Int64(required=True)
        usage = Number(required=True)  # meant as 0.0 to 1.0, not limited

    Result = SessionAnswer


class SessionUpdateLoadedFiles(EngineContract):
    """Replace the list of loaded files; order and duplicates are kept."""

    name, version = "db.session.updateLoadedFiles", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        sessionId = Int64(required=True)
        files = List(Text(), required=True)

    Result = SessionAnswer


class SessionFinish(EngineContract):
    """End a session, with what the next one needs to go on."""

    name, version = "db.session.finish", 1
    effect = WRITE
    errors = (NotFound, AlreadyEnded)

    class Params(Schema):
        sessionId = Int64(required=True)
        dehydrationPayload = Object()  # what the next session needs to go on

    Result = SessionAnswer


class SessionGet(EngineContract):
    """Read one session, ended or not, with its transcript."""

    name, version = "db.session.get", 1
    effect = READ

    class Params(Schema):
        id = Int64(required=True)

    class Result(Schema):
        session = Nested(TranscribedSessionRow, required=True, allow_none=True)


class SessionListStale(EngineContract):
    """Read the sessions that have not ended and whose last heartbeat is older than that."""

    name, version = "db.session.listStale", 1
    effect = READ

    class Params(Schema):
        olderThanSeconds = Int64(load_default=300, validate=validate.Range(min=0))

    class Result(Schema):
        sessions = List(Nested(SessionRow), required=True)


class SessionSetTranscript(EngineContract):
    """Store where a session's transcript lies and how far it was read; only what is given changes."""

    name, version = "db.session.setTranscript", 1
    effect = WRITE

    class Params(Schema):
        sessionId = Int64(required=True)
        transcriptPath = Text()  # left out: stays as stored
        transcriptOffset = Int64()  # left out: stays as stored

    class Result(Schema):
        updated = Boolean(required=True)  # false: nothing was given, or the session is unknown
