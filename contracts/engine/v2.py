"""Version 2 of three commands: heartbeats that reset, keywords on upsert, versioned and described skills.

Version 1's arguments are valid here as they are. Of the answers only the skill row differs (its ``downcast``).
"""

from bus.contract import WRITE, Schema
from bus.fields import Int64, Nested, Text, validate
from contracts.engine.base import EngineContract
from contracts.engine.errors import NotFound
from contracts.engine.v1 import sessions, skills, tasks
from contracts.engine.v1.rows import SkillRow, TaskRow


class SessionHeartbeat(EngineContract):
    """Count one heartbeat, or begin counting anew; of ended sessions too."""

    name, version = "db.session.heartbeat", 2
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        sessionId = Int64(required=True)
        action = Text(load_default="increment", validate=validate.OneOf(("increment", "reset")))  # reset: counts from 0

    Result = sessions.SessionAnswer


class TaskUpsert(EngineContract):
    """Create the task of a directory path, or update it, keywords too; another project moves it there."""

    name, version = "db.task.upsert", 2
    effect = WRITE
    errors = (NotFound,)

    class Params(tasks.TaskUpsert.Params):
        keywords = Text()  # left out: stays as stored

    class Result(Schema):
        task = Nested(TaskRow, required=True)


class VersionedSkillRow(SkillRow):
    """A skill with the version and the description of its definition."""

    version = Text(required=True, allow_none=True)
    description = Text(required=True, allow_none=True)


class SkillsUpsert(EngineContract):
    """Cache a skill: each given member replaces the stored one as a whole; left out keeps it."""

    name, version = "db.skills.upsert", 2
    effect = WRITE
    errors = (NotFound,)

    class Params(skills.SkillsUpsert.Params):
        version = Text()  # left out: stays as stored
        description = Text()  # left out: stays as stored

    class Result(Schema):
        skill = Nested(VersionedSkillRow, required=True)
