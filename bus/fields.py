"""The fields contracts are written with: marshmallow's, each with an optional error code of its own.

``code`` names the answer's code when this field has a value of the right type that is bad (``atom_id`` that is no UUID
-> ``invalid_note_id``); among several the first in declaration order decides. Fields without one give VALIDATION_ERROR,
and so does a wrong shape, which goes first: a member missing, null or unknown, or a value of a wrong type. All text
refuses U+0000 and lone surrogates: PostgreSQL cannot hold the one, UTF-8 not the other.

Beside marshmallow's own kinds there are strict ones that never convert: ``Int64``, ``Number``, ``Text``, ``Key``,
``Object``, ``Json``; and the wire forms ``Id`` (UUID text) and ``EpochMillis``.

Not here: what text and JSON can be stored and sent (bus/storable.py).
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import math
import re
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from marshmallow import Schema, ValidationError, missing, validate
from marshmallow import fields as plain

from bus.storable import is_clean, json_fault

__all__ = [
    "UUID",
    "AwareDateTime",
    "Boolean",
    "Constant",
    "Date",
    "DateTime",
    "Decimal",
    "Dict",
    "Email",
    "EpochMillis",
    "Flag",
    "Float",
    "Id",
    "Int64",
    "Integer",
    "Json",
    "Key",
    "List",
    "Nested",
    "Number",
    "Object",
    "String",
    "Text",
    "Time",
    "fields_of",
    "missing",
    "validate",
]

MIN_INT64, MAX_INT64 = -(2**63), 2**63 - 1
#: The one spelling of a UUID on the wire: lower case, with hyphens.
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


class WrongShape(str):
    """A message about a value's shape: it is missing, null or of a wrong type. No field's own code stands for that."""

    __slots__ = ()


class Coded(plain.Field[Any]):
    """Mixin: a field that may name the answer's code for a bad value."""

    #: Keys of ``error_messages`` that speak of the shape.
    shape_errors: ClassVar[frozenset[str]] = frozenset(("required", "null", "type", "invalid", "too_large"))

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "required": "required",
        "null": "must not be null",
    }

    def __init__(self, *args: Any, code: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """marshmallow's, its message marked where it speaks of the shape."""
        error = super().make_error(key, **kwargs)
        if key in self.shape_errors:
            error.messages = [WrongShape(message) for message in error.messages]
        return error


class Spelled(Coded):
    """Mixin: a value written as text, which may be text and yet no such value."""

    shape_errors: ClassVar[frozenset[str]] = Coded.shape_errors - {"invalid"}


class String(Coded, plain.String):
    """Text without U+0000 and lone surrogates."""

    default_error_messages = {"unclean": "must not hold U+0000 or lone surrogates"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if not is_clean(text):
            raise self.make_error("unclean")
        return text


class Text(String):
    """Text stored verbatim; bytes, numbers and booleans are refused."""

    default_error_messages = {"invalid": "must be a string"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value  # unlike String, which would turn a number in a result into text


class Key(Text):
    """Text of at least one character: a natural key."""

    default_error_messages = {"empty": "must not be empty"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not text:
            raise self.make_error("empty")
        return text


class Id(Spelled, plain.Field[str]):
    """A UUID as text in its canonical spelling (lower case, hyphens)."""

    default_error_messages = {  # noqa: RUF012  # as above
        "type": "must be a UUID in lower case with hyphens",
        "invalid": "must be a UUID in lower case with hyphens",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("type")
        if UUID_TEXT.match(value) is None:
            raise self.make_error("invalid")
        return value


class Int64(Coded, plain.Field[int]):
    """A whole number within signed 64 bits; booleans, fractions and digits in a string are refused."""

    default_error_messages = {  # noqa: RUF012  # as above
        "invalid": "must be a whole number",
        "too_large": "must fit in signed 64 bits",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if type(value) is not int:
            raise self.make_error("invalid")
        if not MIN_INT64 <= value <= MAX_INT64:
            raise self.make_error("too_large")
        return value


class EpochMillis(Int64):
    """A moment: milliseconds since 1970-01-01T00:00:00Z."""


class Number(Coded, plain.Field[float]):
    """A finite number, whole or not; booleans and digits in a string are refused."""

    default_error_messages = {  # noqa: RUF012  # as above
        "invalid": "must be a number",
        "not_finite": "must be finite",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if type(value) is not float and type(value) is not int:
            raise self.make_error("invalid")
        try:
            finite = math.isfinite(value)
        except OverflowError:  # a whole number beyond every float
            finite = False
        if not finite:
            raise self.make_error("not_finite")
        return value


class Json(Coded, plain.Field[Any]):
    """Any JSON value, kept exactly as given."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        fault = json_fault(value)
        if fault:
            raise ValidationError(fault)
        return value


class Object(Json):
    """A JSON object, kept exactly as given."""

    default_error_messages = {"invalid": "must be an object"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Integer(Coded, plain.Integer):
    """marshmallow's Integer: converts digits in a string unless ``strict=True``."""


class Float(Coded, plain.Float):
    """marshmallow's Float."""


class Decimal(Spelled, plain.Decimal):
    """marshmallow's Decimal."""


class Boolean(Coded, plain.Boolean):
    """marshmallow's Boolean; a result may spell it otherwise (SQLite gives 1 or 0), the answer holds true or false."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        is_usual = type(value) in {int, str} and True in self.truthy and False in self.falsy
        return value in self.truthy if is_usual and (value in self.truthy or value in self.falsy) else value


class Flag(Boolean):
    """True or false, and no number that equals one of them."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if type(value) is not bool:
            raise self.make_error("invalid", input=value)
        return value


class UUID(Spelled, plain.UUID):
    """marshmallow's UUID: the handler gets a ``uuid.UUID``."""


class DateTime(Spelled, plain.DateTime):
    """marshmallow's DateTime."""


class AwareDateTime(Spelled, plain.AwareDateTime):
    """marshmallow's AwareDateTime."""


class Date(Spelled, plain.Date):
    """marshmallow's Date."""


class Time(Spelled, plain.Time):
    """marshmallow's Time."""


class Email(Spelled, String, plain.Email):
    """marshmallow's Email, without U+0000 and lone surrogates."""


class Constant(Coded, plain.Constant[Any]):
    """marshmallow's Constant."""


class List(Coded, plain.List[Any]):
    """marshmallow's List."""


class Dict(Coded, plain.Dict):
    """marshmallow's Dict."""


class Nested(Coded, plain.Nested):
    """marshmallow's Nested."""


def fields_of(schema: Schema, *, load: bool = True) -> dict[str, plain.Field[Any]]:
    """The fields of a schema in declaration order: those read from input, or (``load=False``) all."""
    return dict(cast("Mapping[str, plain.Field[Any]]", schema.load_fields if load else schema.fields))
