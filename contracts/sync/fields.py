"""The kinds of text and data that the queue takes.

Not here: what else a contract may hold (bus/fields.py).
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bus.fields import Int64, Object, Text, validate

MAX_KEY, MAX_ERROR = 100, 2_000
#: Of an operation's data as JSON.
MAX_DATA_BYTES = 256 * 1024

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?([Zz]|[+-]\d{2}(:?\d{2})?)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class EntityKey(Text):
    """What an entity is called where it lives, loaded trimmed."""

    default_error_messages = {"form": f"must have 1 to {MAX_KEY} characters"}  # noqa: RUF012  # marshmallow collects this name along the class tree

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not 1 <= len(text) <= MAX_KEY:
            raise self.make_error("form")
        return text

    def json_schema(self) -> dict[str, Any]:
        """Text that is not blank."""
        from contracts.patterns import trimmed_text

        return trimmed_text(1, MAX_KEY)


class Moment(Text):
    """A date with a time of day, ISO 8601, in UTC unless it names another offset; loaded as epoch milliseconds."""

    default_error_messages = {"form": "must be an ISO 8601 date with a time of day"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            if not _MOMENT.fullmatch(text):
                raise self.make_error("form")
            moment = datetime.fromisoformat(text.upper())
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            since = moment.astimezone(UTC) - _EPOCH
        except (ValueError, OverflowError):  # the 31st of February; an offset beyond the first or the last year
            raise self.make_error("form") from None
        return since.days * 86_400_000 + since.seconds * 1_000 + since.microseconds // 1_000

    def json_schema(self) -> dict[str, Any]:
        """What looks like a moment."""
        form = _MOMENT.pattern.replace(r"\d", "[0-9]")
        return {"type": "string", "pattern": f"^{form}$", "x-normalised": {"type": "string", "format": "date-time"}}


class Payload(Object):
    """What the remote needs to know about the change."""

    default_error_messages = {"size": f"must have at most {MAX_DATA_BYTES} bytes as JSON"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        payload = super()._deserialize(value, attr, data, **kwargs)
        if len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()) > MAX_DATA_BYTES:
            raise self.make_error("size")
        return payload

    def json_schema(self) -> dict[str, Any]:
        """Any object."""
        return {"type": "object"}


def operation_id() -> Int64:
    """The id of one operation."""
    return Int64(required=True, validate=validate.Range(min=1))


def one_of(*words: str) -> Text:
    """One of these words."""
    return Text(required=True, validate=validate.OneOf(words))
