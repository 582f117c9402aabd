"""The frame around a schema's fields: each field is asked in turn, as ``Schema.load`` does where it does nothing more.

For what the generated code does not say yes to, most often a refusal: the fields, their values and their messages are
marshmallow's, and what marshmallow's frame does for hooks, partial loading and lists of objects is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from marshmallow import INCLUDE, RAISE, Schema, ValidationError, missing

from bus.validation.members import loaded_members
from bus.validation.plan import Unusual
from bus.validation.stock import refuse_unusual

#: Where marshmallow puts what concerns no single field; a field of that name is merged with it.
_SCHEMA = "_schema"


def plain_frame(schema: Schema) -> Callable[[Any], dict[str, Any]]:
    """What answers as ``schema.load`` does: ``schema.load`` itself where the schema does more than its fields say."""
    by_marshmallow = cast("Callable[[Any], dict[str, Any]]", schema.load)
    try:
        refuse_unusual(schema, is_dumping=False)
    except Unusual:
        return by_marshmallow
    frame = _Frame(schema)
    is_plain = not _is_replaced(schema, "handle_error") and not schema.many
    return frame.load if is_plain and _SCHEMA not in frame.known else by_marshmallow


def _is_replaced(schema: Schema, name: str) -> bool:
    return getattr(type(schema), name) is not getattr(Schema, name)


class _Frame:
    """A schema's fields, and what to do with keys that none of them has."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._members = [(m.key, m.attribute, m.field.deserialize) for m in loaded_members(schema)]
        self.known = {key for key, _, _ in self._members}

    def load(self, data: Any) -> dict[str, Any]:
        """The loaded object, or ValidationError with all messages."""
        if not isinstance(data, Mapping):
            return cast("dict[str, Any]", self._schema.load(data))
        given = cast("Mapping[Any, Any]", data)
        out: dict[str, Any] = {}
        messages: dict[Any, Any] = {}
        for key, attribute, deserialize in self._members:
            try:
                value = deserialize(given.get(key, missing), key, given)
            except ValidationError as error:
                messages[key] = cast("Any", error).messages
            else:
                if value is not missing:
                    out[attribute] = value
        self._see_to_unknown(given, out, messages)
        if messages:
            raise ValidationError(messages, data=given, valid_data=out)
        return out

    def _see_to_unknown(self, given: Mapping[Any, Any], out: dict[str, Any], messages: dict[Any, Any]) -> None:
        schema = self._schema
        for key in set(given) - self.known:
            if schema.unknown == RAISE:
                messages[key] = [schema.error_messages["unknown"]]
            elif schema.unknown == INCLUDE:
                out[key] = given[key]
