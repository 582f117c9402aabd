"""The one command that callers outside see."""

from bus.contract import AUTHENTICATED, WRITE, CallLimit, Contract, Schema
from bus.fields import Id, Int64, List, Nested, Text
from contracts.clients.errors import ClientDuplicateEmail, ClientDuplicateTaxId, ClientHasActiveTasks
from contracts.clients.rows import ClientAndTasks, Statistics
from contracts.workshop.actions import ActionParams, reading
from contracts.workshop.errors import NotFound


class ClientCrud(Contract):
    """Make, read, change, delete, list, search or count clients, as the action says."""

    name, version = "client_crud", 1
    effect, access = WRITE, AUTHENTICATED
    limit = CallLimit("client_crud", count=100, per_ms=60_000, network_only=True)
    only_reads = reading("get", "getwithtasks", "list", "listwithtasks", "search", "stats")
    errors = (NotFound, ClientDuplicateEmail, ClientDuplicateTaxId, ClientHasActiveTasks)

    Params = ActionParams

    class Result(Schema):
        type = Text(required=True)  # Created, Found, FoundWithTasks, Updated, Deleted, List, ListWithTasks, …
        client = Nested(ClientAndTasks)
        id = Id()
        items = List(Nested(ClientAndTasks))
        total_count = Int64()  # of all pages
        page = Int64()
        limit = Int64()
        total_pages = Int64()
        statistics = Nested(Statistics)
