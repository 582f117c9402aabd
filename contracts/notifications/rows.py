"""The rows of the domain's answers. Moments are epoch milliseconds."""

from bus.contract import Schema
from bus.fields import EpochMillis, Id, List, Object, Text, validate
from contracts.notifications.kinds import KINDS


class Notification(Schema):
    """One piece of news, as one person has it."""

    id = Id(required=True)
    event = Text(required=True, validate=validate.OneOf(KINDS))
    title = Text(required=True)  # a sentence
    data = Object(required=True)  # what it is about, to link to: {"task_id": …, "task_number": …}
    created_at = EpochMillis(required=True)
    read_at = EpochMillis(required=True, allow_none=True)  # null: unread


class Preferences(Schema):
    """Every kind of news, once."""

    wanted = List(Text(), required=True)
    unwanted = List(Text(), required=True)
