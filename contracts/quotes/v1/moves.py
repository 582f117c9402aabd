"""The moves of a quote: sent to the client, accepted or rejected."""

from bus.contract import WRITE, Contract, Schema
from bus.fields import Id, Nested
from contracts.quotes.errors import QuoteInvalidState
from contracts.quotes.rows import Quote
from contracts.quotes.v1.quotes import OneId
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import WORKERS


class QuoteMarkSent(Contract):
    """Say that the client has a draft; from now on it stays as it is."""

    name, version = "quote_mark_sent", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    Params = OneId
    Result = Quote


class QuoteMarkRejected(Contract):
    """Say that nothing comes of a draft, or that the client declined."""

    name, version = "quote_mark_rejected", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    Params = OneId
    Result = Quote


class CreatedTask(Schema):
    """The task that a quote became."""

    task_id = Id(required=True)


class QuoteMarkAccepted(Contract):
    """Say that the client wants the work; a quote without a task becomes one."""

    name, version = "quote_mark_accepted", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    Params = OneId

    class Result(Schema):
        quote = Nested(Quote, required=True)
        task_created = Nested(CreatedTask, required=True, allow_none=True)  # null: it had one
