"""The actions of ``client_crud``, each a command of its own that callers outside do not see."""

from bus.contract import INTERNAL, READ, WRITE, Contract, Schema
from bus.fields import Id, Int64, List, Nested, Text, validate
from contracts.clients.drafts import CUSTOMER_TYPES, ClientChange, ClientDraft
from contracts.clients.errors import ClientDuplicateEmail, ClientDuplicateTaxId, ClientHasActiveTasks
from contracts.clients.rows import Client, ClientAndTasks, Statistics
from contracts.workshop.errors import NotFound
from contracts.workshop.fields import PageCounts, Sorted, Trimmed, one_of_or_null, text_or_null


class ClientConditions(Schema):
    """Which clients; a filter that is null or absent does not filter."""

    search = text_or_null()  # words, each part of name, email, phone, company, contact person or notes
    customer_type = one_of_or_null(CUSTOMER_TYPES)


class ClientFilters(ClientConditions, Sorted):
    """Which clients, in which order."""


class _OneId(Schema):
    """Which client."""

    id = Trimmed(required=True)


class _OneClient(Schema):
    """A client, and what was done."""

    type = Text(required=True)
    client = Nested(Client, required=True)


class _Listed(PageCounts):
    """One page of clients."""

    type = Text(required=True)
    items = List(Nested(ClientAndTasks), required=True)


class ClientCreate(Contract):
    """Make a client."""

    name, version = "client_create", 1
    effect, access = WRITE, INTERNAL
    errors = (ClientDuplicateEmail, ClientDuplicateTaxId)

    class Params(Schema):
        data = Nested(ClientDraft, required=True)

    Result = _OneClient


class ClientGet(Contract):
    """Read a client."""

    name, version = "client_get", 1
    effect, access = READ, INTERNAL
    errors = (NotFound,)

    Params = _OneId
    Result = _OneClient


class ClientGetWithTasks(Contract):
    """Read a client and its tasks."""

    name, version = "client_get_with_tasks", 1
    effect, access = READ, INTERNAL
    errors = (NotFound,)

    Params = _OneId

    class Result(Schema):
        type = Text(required=True)
        client = Nested(ClientAndTasks, required=True)


class ClientUpdate(Contract):
    """Change some of a client."""

    name, version = "client_update", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound, ClientDuplicateEmail, ClientDuplicateTaxId)

    class Params(_OneId):
        data = Nested(ClientChange, required=True)

    Result = _OneClient


class ClientDelete(Contract):
    """Delete a client that has no open task; its email and tax id are free again."""

    name, version = "client_delete", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound, ClientHasActiveTasks)

    Params = _OneId

    class Result(Schema):
        type = Text(required=True)
        id = Id(required=True)


class ClientList(Contract):
    """Read a page of the clients."""

    name, version = "client_list", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        filters = Nested(ClientFilters, load_default=None, allow_none=True)

    Result = _Listed


class ClientListWithTasks(Contract):
    """Read a page of the clients, each with its newest tasks."""

    name, version = "client_list_with_tasks", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        filters = Nested(ClientFilters, load_default=None, allow_none=True)
        limit_tasks = Int64(load_default=None, allow_none=True)  # of each client: 10, 0 to 100

    Result = _Listed


class ClientSearch(Contract):
    """Read the first clients by name whose texts hold every word."""

    name, version = "client_search", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        query = Trimmed(required=True)
        limit = Int64(load_default=None, allow_none=True)  # 20, 1 to 100

    class Result(Schema):
        type = Text(required=True)
        items = List(Nested(Client), required=True)
        total_count = Int64(required=True)  # of all that match


class ClientStatistics(Contract):
    """Count the clients."""

    name, version = "client_statistics", 1
    effect, access = READ, INTERNAL

    class Result(Schema):
        type = Text(required=True, validate=validate.Equal("Statistics"))
        statistics = Nested(Statistics, required=True)
