"""The caller's own inbox. Nobody reads or marks what others were told."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUntypedFunctionDecorator=false, reportUnknownMemberType=false

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import Flag, Int64, List, Nested, validate
from contracts.notifications.rows import Notification
from contracts.workshop.fields import PageCounts, Paged, Trimmed

MAX_IDS = 1_000


class NotificationList(Contract):
    """Read a page of what the caller was told, the newest first."""

    name, version = "notification_list", 1
    effect, access = READ, AUTHENTICATED

    class Params(Paged):
        unread_only = Flag(load_default=False)

    class Result(PageCounts):
        items = List(Nested(Notification), required=True)
        unread_count = Int64(required=True)  # of all pages, whatever is listed


class NotificationMarkRead(Contract):
    """Mark some of what the caller was told as read, or all; ids that are nobody's or another's change nothing."""

    name, version = "notification_mark_read", 1
    effect, access = WRITE, AUTHENTICATED

    class Params(Schema):
        ids = List(Trimmed(), load_default=None, allow_none=True, validate=validate.Length(max=MAX_IDS))
        all = Flag(load_default=False)  # instead of ids

        @validates_schema
        def check_whole(self, data: dict[str, Any], **_: Any) -> None:
            """Refuse what does not say which.

            Raises:
                ValidationError: neither ids nor all are given, or both are.
            """
            if (data.get("ids") is None) is not data.get("all", False):
                raise ValidationError({"ids": ["must be given, unless all is true"]})

    class Result(Schema):
        marked_count = Int64(required=True)  # those that were unread before
        unread_count = Int64(required=True)
