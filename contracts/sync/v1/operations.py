"""One operation of the queue: put it in, take it out, say what became of it, look at it."""

from bus.contract import READ, WRITE, Contract, Schema, roles
from bus.fields import Int64, List, Nested, Text, validate
from contracts.sync.errors import SyncInvalidState
from contracts.sync.fields import MAX_ERROR, EntityKey, Moment, Payload, one_of, operation_id
from contracts.sync.rows import ENTITY_TYPES, OPERATION_TYPES, Operation
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMIN, STAFF, SUPERVISOR, TECHNICIAN

#: Entities that one operation may wait for.
MAX_DEPENDENCIES = 100
DEFAULT_RETRIES, DEFAULT_LIMIT = 3, 10


class SyncEnqueue(Contract):
    """Put one change into the queue; operations of one entity are pushed in the order in which they were put in."""

    name, version = "sync_enqueue", 1
    effect, access = WRITE, roles(ADMIN, SUPERVISOR, TECHNICIAN)

    class Params(Schema):
        operation_type = one_of(*OPERATION_TYPES)
        entity_type = one_of(*ENTITY_TYPES)
        entity_id = EntityKey(required=True)
        data = Payload(load_default=None, allow_none=True)  # left out: {}
        # Left out: none. An entity without an operation holds nothing up, nor does the operation's own.
        dependencies = List(
            EntityKey(), load_default=None, allow_none=True, validate=validate.Length(max=MAX_DEPENDENCIES)
        )
        max_retries = Int64(load_default=DEFAULT_RETRIES, allow_none=True, validate=validate.Range(min=1, max=20))
        timestamp_utc = Moment(load_default=None, allow_none=True)  # left out: now

    Result = Operation


class SyncDequeueBatch(Contract):
    """Take operations whose turn it is, no two callers the same one.

    Whoever takes one says within five minutes what became of it; later it is somebody else's.
    """

    name, version = "sync_dequeue_batch", 1
    effect, access = WRITE, STAFF

    class Params(Schema):
        limit = Int64(load_default=DEFAULT_LIMIT, allow_none=True, validate=validate.Range(min=1, max=100))

    class Result(Schema):
        items = List(Nested(Operation), required=True)


class SyncMarkCompleted(Contract):
    """Say that the remote has an operation; said twice, it is as it was."""

    name, version = "sync_mark_completed", 1
    effect, access = WRITE, STAFF
    errors = (NotFound, SyncInvalidState)

    class Params(Schema):
        operation_id = operation_id()

    Result = Operation


class SyncMarkFailed(Contract):
    """Say that a push failed: the operation waits for its next one, or is abandoned."""

    name, version = "sync_mark_failed", 1
    effect, access = WRITE, STAFF
    errors = (NotFound, SyncInvalidState)

    class Params(Schema):
        operation_id = operation_id()
        error = Text(required=True, validate=validate.Length(min=1, max=MAX_ERROR))

    Result = Operation


class SyncRetryOperation(Contract):
    """Put an abandoned operation back into the queue, with all its tries before it."""

    name, version = "sync_retry_operation", 1
    effect, access = WRITE, STAFF
    errors = (NotFound, SyncInvalidState)

    class Params(Schema):
        operation_id = operation_id()

    Result = Operation


class SyncDropOperation(Contract):
    """Take an abandoned operation out of the queue for good: the remote never gets it, what waited for it goes on."""

    name, version = "sync_drop_operation", 1
    effect, access = WRITE, STAFF
    errors = (NotFound, SyncInvalidState)

    class Params(Schema):
        operation_id = operation_id()

    Result = Operation  # as it was


class SyncGetOperation(Contract):
    """Read one operation."""

    name, version = "sync_get_operation", 1
    effect = READ
    errors = (NotFound,)

    class Params(Schema):
        operation_id = operation_id()

    Result = Operation


class SyncGetOperationsForEntity(Contract):
    """Read all operations of one entity, the newest change first."""

    name, version = "sync_get_operations_for_entity", 1
    effect = READ

    class Params(Schema):
        entity_id = EntityKey(required=True)
        entity_type = one_of(*ENTITY_TYPES)

    class Result(Schema):
        items = List(Nested(Operation), required=True)
        total_count = Int64(required=True)
