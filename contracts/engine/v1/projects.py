"""Projects: one code base each, keyed by path. The path is text: it is compared exactly and never opened."""

from bus.contract import READ, WRITE, Schema
from bus.fields import Key, Nested, Text
from contracts.engine.base import EngineContract
from contracts.engine.v1.rows import ProjectRow


class ProjectUpsert(EngineContract):
    """Create the project of a path, or rename it."""

    name, version = "db.project.upsert", 1
    effect = WRITE

    class Params(Schema):
        path = Key(required=True)  # compared exactly, never opened
        name = Text()  # left out: stays as stored

    class Result(Schema):
        project = Nested(ProjectRow, required=True)


class ProjectFind(EngineContract):
    """Read the project of a path."""

    name, version = "db.project.find", 1
    effect = READ

    class Params(Schema):
        path = Text(required=True)

    class Result(Schema):
        project = Nested(ProjectRow, required=True, allow_none=True)
