"""Quotes: writing, finding and changing them."""

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import Boolean, Id, Nested
from contracts.quotes.drafts import QuoteChange, QuoteDraft
from contracts.quotes.errors import QuoteInvalidState
from contracts.quotes.rows import PageOfQuotes, Quote
from contracts.quotes.words import STATUSES
from contracts.workshop.errors import NotFound
from contracts.workshop.fields import Sorted, Trimmed, moment_or_null, one_of_or_null, text_or_null
from contracts.workshop.roles import WORKERS


class OneId(Schema):
    """Which quote."""

    id = Trimmed(required=True)


class QuoteFilters(Sorted):
    """Which quotes, in which order; a filter that is null or absent does not filter."""

    search = text_or_null()  # part of number or notes
    client_id = text_or_null()
    status = one_of_or_null(STATUSES)
    date_from = moment_or_null()  # of their making
    date_to = moment_or_null()  # included


class QuoteCreate(Contract):
    """Write a quote for a client."""

    name, version = "quote_create", 1
    effect, access = WRITE, WORKERS

    class Params(Schema):
        data = Nested(QuoteDraft, required=True)

    Result = Quote


class QuoteGet(Contract):
    """Read a quote."""

    name, version = "quote_get", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    Params = OneId
    Result = Quote


class QuoteList(Contract):
    """Read a page of the quotes."""

    name, version = "quote_list", 1
    effect, access = READ, AUTHENTICATED

    class Params(Schema):
        filters = Nested(QuoteFilters, load_default=None, allow_none=True)

    Result = PageOfQuotes


class QuoteUpdate(Contract):
    """Change some of a draft."""

    name, version = "quote_update", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    class Params(OneId):
        data = Nested(QuoteChange, required=True)

    Result = Quote


class QuoteDelete(Contract):
    """Delete a draft and its items; its number is not given again."""

    name, version = "quote_delete", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, QuoteInvalidState)

    Params = OneId

    class Result(Schema):
        id = Id(required=True)
        deleted = Boolean(required=True)
