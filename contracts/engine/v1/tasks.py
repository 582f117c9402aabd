"""Tasks: containers of work, keyed by a directory path over all projects."""

from bus.contract import READ, WRITE, Schema
from bus.fields import Int64, Key, List, Nested, Text, validate
from contracts.engine.base import EngineContract
from contracts.engine.errors import NotFound
from contracts.engine.v1.rows import TaskActivityRow, TaskRow


class TaskUpsert(EngineContract):
    """Create the task of a directory path, or update it; another project moves it there."""

    name, version = "db.task.upsert", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        dirPath = Key(required=True)  # compared exactly, never opened
        projectId = Int64(required=True)  # another one than stored takes the task over
        workspace = Text()  # left out: stays as stored
        title = Text()  # left out: stays as stored
        description = Text()  # left out: stays as stored

    class Result(Schema):
        task = Nested(TaskRow, required=True)


class TaskFind(EngineContract):
    """Read the task of a directory path, with its activity."""

    name, version = "db.task.find", 1
    effect = READ

    class Params(Schema):
        dirPath = Text(required=True)

    class Result(Schema):
        task = Nested(TaskActivityRow, required=True, allow_none=True)


class TaskList(EngineContract):
    """Read tasks, the one with the latest effort first; those without efforts come last."""

    name, version = "db.task.list", 1
    effect = READ

    class Params(Schema):
        projectId = Int64()  # left out: of all projects
        limit = Int64(validate=validate.Range(min=1))  # left out: all

    class Result(Schema):
        tasks = List(Nested(TaskActivityRow), required=True)
