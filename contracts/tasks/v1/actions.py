"""The actions of ``task_crud``, each a command of its own that callers outside do not see."""

from bus.contract import INTERNAL, READ, WRITE, Contract, Schema
from bus.fields import Id, Nested, Text
from contracts.tasks.drafts import TaskChange, TaskDraft
from contracts.tasks.errors import TaskAssignmentConflict, TaskDuplicateNumber
from contracts.tasks.rows import PageOfTasks, Statistics, Task
from contracts.tasks.words import PRIORITIES, STATUSES
from contracts.workshop.errors import InterventionAlreadyActive, NotFound, TaskInvalidTransition
from contracts.workshop.fields import Day, Sorted, Trimmed, one_of_or_null, text_or_null


class TaskConditions(Schema):
    """Which tasks; a filter that is null or absent does not filter."""

    status = one_of_or_null(STATUSES)
    priority = one_of_or_null(PRIORITIES)
    technician_id = text_or_null()
    client_id = text_or_null()
    search = text_or_null()  # part of title, description, plate, customer or number
    from_date = Day(load_default=None, allow_none=True)
    to_date = Day(load_default=None, allow_none=True)  # included


class TaskFilters(TaskConditions, Sorted):
    """Which tasks, in which order."""


class _OneTask(Schema):
    """A task, and what was done."""

    type = Text(required=True)
    task = Nested(Task, required=True)


class _OneId(Schema):
    """Which task."""

    id = Trimmed(required=True)  # or its number


class TaskCreate(Contract):
    """Make a task."""

    name, version = "task_create", 1
    effect, access = WRITE, INTERNAL
    errors = (TaskDuplicateNumber,)

    class Params(Schema):
        data = Nested(TaskDraft, required=True)

    Result = _OneTask


class TaskGet(Contract):
    """Read a task."""

    name, version = "task_get", 1
    effect, access = READ, INTERNAL
    errors = (NotFound,)

    Params = _OneId
    Result = _OneTask


class TaskUpdate(Contract):
    """Change some of a task."""

    name, version = "task_update", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound, TaskInvalidTransition, TaskAssignmentConflict)

    class Params(_OneId):
        data = Nested(TaskChange, required=True)

    Result = _OneTask


class TaskDelete(Contract):
    """Delete a task; its number stays taken."""

    name, version = "task_delete", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound, InterventionAlreadyActive)

    Params = _OneId

    class Result(Schema):
        type = Text(required=True)
        id = Id(required=True)


class TaskList(Contract):
    """Read a page of the tasks that the caller may list."""

    name, version = "task_list", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        filters = Nested(TaskFilters, load_default=None, allow_none=True)

    Result = PageOfTasks


class TaskStatistics(Contract):
    """Count the tasks that the caller may list."""

    name, version = "task_statistics", 1
    effect, access = READ, INTERNAL

    class Result(Schema):
        type = Text(required=True)
        statistics = Nested(Statistics, required=True)
