"""What events and schedules ask of this domain. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, MANY, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Int64, Object, Text


class NotificationHear(Contract):
    """Tell those whom an event concerns, each once; an event that concerns nobody is no error."""

    name, version = "notification_hear", 1
    effect, access = WRITE, INTERNAL

    class Params(Schema):
        event = Text(required=True)
        payload = Object(required=True)

    class Result(Schema):
        told_count = Int64(required=True)  # people


class NotificationForget(Contract):
    """Delete what was read longer ago than the settings say."""

    name, version = "notification_forget", 1
    effect, units, access = WRITE, MANY, INTERNAL
    queue = QueuePolicy(unique="notification_forget")

    class Result(Schema):
        deleted_count = Int64(required=True)
