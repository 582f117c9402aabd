"""The rows of the domain's answers. Times are ISO 8601 in UTC with milliseconds."""

from bus.contract import Schema
from bus.fields import Int64, List, Object, Text
from contracts.sync.fields import one_of

OPERATION_TYPES = ("create", "update", "delete")
ENTITY_TYPES = ("task", "client", "intervention", "step", "photo", "user")
#: Waits for its turn.
PENDING = "pending"
#: Somebody is pushing it, and will say within five minutes what became of it.
PROCESSING = "processing"
#: The remote has it.
COMPLETED = "completed"
#: A word that is kept free.
FAILED = "failed"
#: Failed as often as it may; an operator retries or drops it.
ABANDONED = "abandoned"
STATUSES = (PENDING, PROCESSING, COMPLETED, FAILED, ABANDONED)


class Operation(Schema):
    """One change that the remote is to be told of."""

    id = Int64(required=True)
    operation_type = one_of(*OPERATION_TYPES)
    entity_type = one_of(*ENTITY_TYPES)
    entity_id = Text(required=True)
    data = Object(required=True)
    dependencies = List(Text(), required=True)  # ids of entities whose operations go first
    timestamp_utc = Text(required=True)  # when the change was made
    retry_count = Int64(required=True)  # pushes that failed
    max_retries = Int64(required=True)  # after so many it is abandoned
    last_error = Text(required=True, allow_none=True)
    status = one_of(*STATUSES)
    next_retry_at = Text(required=True, allow_none=True)  # until then the background service lets it rest
    user_id = Text(required=True)  # who enqueued it
    created_at = Text(required=True)
    updated_at = Text(required=True)
