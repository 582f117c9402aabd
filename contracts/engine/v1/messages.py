"""Messages: the conversation of a session, append-only."""

from bus.contract import EXCLUDE, READ, WRITE, Schema
from bus.fields import Int64, List, Nested, Text, validate
from contracts.engine.base import EngineContract
from contracts.engine.errors import NotFound
from contracts.engine.v1.rows import MessageRow


class MessagesAppend(EngineContract):
    """Add one message to a session."""

    name, version = "db.messages.append", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        sessionId = Int64(required=True)
        role = Text(required=True)
        content = Text(required=True)
        toolName = Text()

    class Result(Schema):
        message = Nested(MessageRow, required=True)


class MessagesList(EngineContract):
    """Read the messages of a session, oldest first."""

    name, version = "db.messages.list", 1
    effect = READ

    class Params(Schema):
        sessionId = Int64(required=True)
        limit = Int64(validate=validate.Range(min=1))  # left out: all

    class Result(Schema):
        messages = List(Nested(MessageRow), required=True)


class GivenMessage(Schema):
    """One message of many."""

    class Meta:
        unknown = EXCLUDE

    role = Text(required=True)
    content = Text(required=True)
    toolName = Text()


class MessagesUpsert(EngineContract):
    """Add messages to a session in their order, all or none. It always inserts: the name is the callers'."""

    name, version = "db.messages.upsert", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        sessionId = Int64(required=True)
        messages = List(Nested(GivenMessage), required=True)

    class Result(Schema):
        inserted = Int64(required=True)
