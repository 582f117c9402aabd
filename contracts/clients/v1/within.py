"""What other domains ask about clients. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, READ, WRITE, Contract, Schema
from bus.fields import Id, List, Nested, Text
from contracts.workshop.fields import Trimmed


class NamedClient(Schema):
    """A client, and what it is called."""

    id = Id(required=True)
    name = Text(required=True)


class ReachableClient(NamedClient):
    """A client, and how it is reached."""

    email = Text(required=True, allow_none=True)
    phone = Text(required=True, allow_none=True)


class ClientNames(Contract):
    """Read what clients are called; unknown and deleted ones are left out."""

    name, version = "client_names", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        client_ids = List(Trimmed(), required=True)

    class Result(Schema):
        items = List(Nested(NamedClient), required=True)


class ClientHold(Contract):
    """Read a live client that stays live until the caller's transaction ends; null: there is none."""

    name, version = "client_hold", 1
    effect, access = WRITE, INTERNAL

    class Params(Schema):
        client_id = Trimmed(required=True)

    class Result(Schema):
        client = Nested(ReachableClient, required=True, allow_none=True)
