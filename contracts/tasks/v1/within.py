"""What other domains ask about tasks. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, READ, Contract, Schema
from bus.fields import Flag, Int64, List, Nested, Text, validate
from contracts.tasks.rows import Task
from contracts.workshop.fields import Trimmed


class TaskFind(Contract):
    """Read a live task by its id or number, whoever asks."""

    name, version = "task_find", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        task_id = Trimmed(required=True)

    class Result(Schema):
        task = Nested(Task, required=True, allow_none=True)


class CountsOfClient(Schema):
    """The live tasks of one client, counted."""

    client_id = Text(required=True)
    total_tasks = Int64(required=True)
    active_tasks = Int64(required=True)
    completed_tasks = Int64(required=True)
    last_task_date = Text(required=True, allow_none=True)


class TaskCountOfClients(Contract):
    """Count the live tasks of clients; those without any are left out."""

    name, version = "task_count_of_clients", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        client_ids = List(Trimmed(), load_default=None, allow_none=True)  # null: of all clients

    class Result(Schema):
        items = List(Nested(CountsOfClient), required=True)


class TaskCountClients(Contract):
    """Count the clients, deleted ones included, that have a live task."""

    name, version = "task_count_clients", 1
    effect, access = READ, INTERNAL

    class Result(Schema):
        count = Int64(required=True)


class TaskListOfClients(Contract):
    """Read the newest live tasks of each of some clients."""

    name, version = "task_list_of_clients", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        client_ids = List(Trimmed(), required=True)
        limit = Int64(load_default=None, allow_none=True, validate=validate.Range(min=0))  # of each client; null: all
        is_own = Flag(load_default=False)  # only those the caller has or made

    class Result(Schema):
        items = List(Nested(Task), required=True)  # the newest first
