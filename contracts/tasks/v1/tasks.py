"""Tasks: making, finding and changing them, and what became of them."""

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import Id, Int64, List, Nested, Text
from contracts.tasks.drafts import TaskChange
from contracts.tasks.errors import TaskAssignmentConflict, TaskDuplicateNumber
from contracts.tasks.rows import HistoryEntry, Statistics, Task
from contracts.tasks.words import STATUSES
from contracts.workshop.actions import ActionParams, reading
from contracts.workshop.errors import (
    InterventionAlreadyActive,
    NotFound,
    TaskInvalidTransition,
    TaskNotSchedulable,
)
from contracts.workshop.fields import Day, PageCounts, Paged, Trimmed, text_or_null, word
from contracts.workshop.roles import WORKERS


class TaskCrud(Contract):
    """Make, read, change, delete or list tasks, as the action says."""

    name, version = "task_crud", 1
    effect, access = WRITE, AUTHENTICATED
    only_reads = reading("get", "list", "getstatistics")
    errors = (
        NotFound,
        TaskInvalidTransition,
        TaskAssignmentConflict,
        TaskDuplicateNumber,
        InterventionAlreadyActive,
    )

    Params = ActionParams

    class Result(Schema):
        type = Text(required=True)  # Created, Found, Updated, Deleted, List, Statistics
        task = Nested(Task)
        id = Id()
        items = List(Nested(Task))
        total_count = Int64()  # of all pages
        page = Int64()
        limit = Int64()
        total_pages = Int64()
        statistics = Nested(Statistics)


class EditTask(Contract):
    """Change some of a task; what is left out stays."""

    name, version = "edit_task", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, TaskInvalidTransition, TaskAssignmentConflict)

    class Params(Schema):
        task_id = Trimmed(required=True)  # or its number
        data = Nested(TaskChange, required=True)

    Result = Task


class TaskTransitionStatus(Contract):
    """Give a task another status."""

    name, version = "task_transition_status", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, TaskInvalidTransition)

    class Params(Schema):
        task_id = Trimmed(required=True)
        new_status = word(STATUSES, required=True)
        reason = text_or_null(500)

    Result = Task


class DelayTask(Contract):
    """Move a task, and its event in the calendar, to another whole day; why is noted."""

    name, version = "delay_task", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, TaskNotSchedulable)

    class Params(Schema):
        task_id = Trimmed(required=True)
        new_scheduled_date = Day(required=True)
        reason = Trimmed(most=500, required=True)
        additional_notes = text_or_null(5000)

    Result = Task


class AddTaskNote(Contract):
    """Append a line to a task's notes."""

    name, version = "add_task_note", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound,)

    class Params(Schema):
        task_id = Trimmed(required=True)
        note = Trimmed(most=5000, required=True)

    Result = Task


class TaskGetHistory(Contract):
    """Read a page of the changes of a task's status, the newest first."""

    name, version = "task_get_history", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    class Params(Paged):
        task_id = Trimmed(required=True)

    class Result(PageCounts):
        items = List(Nested(HistoryEntry), required=True)
