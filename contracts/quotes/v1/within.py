"""What schedules ask of this domain. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, MANY, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Int64


class QuoteExpire(Contract):
    """Store of sent quotes that their time is over; answers have said so since it was."""

    name, version = "quote_expire", 1
    effect, units, access = WRITE, MANY, INTERNAL
    queue = QueuePolicy(unique="quote_expire")

    class Result(Schema):
        expired_count = Int64(required=True)
