"""What JSON each kind of field takes (loading) or gives (dumping), null and validators aside.

A field that turns several spellings of a value into one says so twice: the schema itself is everything that is taken,
and ``x-normalised`` in it is the spelling that the value is turned into, which is always among what is taken.

apispec would give the types of marshmallow's own fields, but those they give, not those they take: it promises a number
where digits in a string are taken as well.

Not here: a class of fields that reads values its own way says itself what it takes (bus/documents/values.py).
"""

# marshmallow's annotations leave what its fields hold open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from marshmallow import fields as plain

from bus import fields
from bus.storable import json_fault

if TYPE_CHECKING:
    from bus.documents.values import Document

Shape = dict[str, Any]

#: The types of JSON but null.
NOT_NULL = ("array", "boolean", "number", "object", "string")
#: The keyword that tells the spelling a value is turned into.
NORMALISED = "x-normalised"


def _text(_field: Any, _document: Document) -> Shape:
    return {"type": "string"}


def _key(_field: Any, _document: Document) -> Shape:
    return {"type": "string", "minLength": 1}


def _id(_field: Any, _document: Document) -> Shape:
    pattern = "^" + fields.UUID_TEXT.pattern.removesuffix(r"\Z") + "$"
    return {"type": "string", "format": "uuid", "pattern": pattern}


def _int64(_field: Any, _document: Document) -> Shape:
    return {"type": "integer", "format": "int64", "minimum": fields.MIN_INT64, "maximum": fields.MAX_INT64}


def _epoch_millis(field: Any, document: Document) -> Shape:
    return _int64(field, document) | {"description": "Milliseconds since 1970-01-01T00:00:00Z."}


def _number(_field: Any, _document: Document) -> Shape:
    return {"type": "number"}


def _json(_field: Any, _document: Document) -> Shape:
    return {"type": [*NOT_NULL]}


def _object(_field: Any, _document: Document) -> Shape:
    return {"type": "object"}


def _flag(_field: Any, _document: Document) -> Shape:
    return {"type": "boolean"}


def _integer(field: Any, document: Document) -> Shape:
    if document.is_dumping:
        return {"type": "string" if field.as_string else "integer"}
    taken = {"type": "integer"} if field.strict else {"type": ["number", "string"]}
    return taken if field.strict else taken | {NORMALISED: {"type": "integer"}}


def _fraction(field: Any, document: Document) -> Shape:
    if document.is_dumping:
        return {"type": "string" if field.as_string else "number"}
    return {"type": ["number", "string"], NORMALISED: {"type": "number"}}


def _boolean(field: Any, document: Document) -> Shape:
    normal: Shape = {"type": "boolean"}
    is_usual = True in field.truthy and False in field.falsy
    if document.is_dumping and is_usual and isinstance(field, fields.Boolean):
        return normal
    if not field.truthy:
        return {NORMALISED: normal}
    spellings = sorted({*map(str, filter(_is_text, (*field.truthy, *field.falsy)))})
    numbers = [number for number in (0, 1) if number in field.truthy or number in field.falsy]
    others = [value for value in (*field.truthy, *field.falsy) if not _is_text(value) and value not in (0, 1)]
    if any(json_fault(value) for value in others):
        return {NORMALISED: normal}
    return {"enum": [*(bool(number) for number in numbers), *numbers, *others, *spellings], NORMALISED: normal}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _spelled(normal: Shape) -> Callable[[Any, Document], Shape]:
    """Text that is read generously and written in one form."""

    def shape(_field: Any, document: Document) -> Shape:
        return {**normal} if document.is_dumping else {"type": "string", NORMALISED: {**normal}}

    return shape


def _moment(field: Any, document: Document) -> Shape:
    if (field.format or field.DEFAULT_FORMAT) not in {"iso", "iso8601"}:
        return {}
    is_aware = isinstance(field, plain.AwareDateTime) and field.default_timezone is None
    return _spelled({"type": "string", "format": "date-time"} if is_aware else {"type": "string"})(field, document)


def _date(field: Any, document: Document) -> Shape:
    is_iso = (field.format or field.DEFAULT_FORMAT) in {"iso", "iso8601"}
    return _spelled({"type": "string", "format": "date"} if is_iso else {"type": "string"})(field, document)


def _duration(_field: Any, document: Document) -> Shape:
    normal: Shape = {"type": "number"}
    return normal if document.is_dumping else {"type": ["boolean", "number", "string"], NORMALISED: normal}


def _formatted(name: str) -> Callable[[Any, Document], Shape]:
    def shape(_field: Any, _document: Document) -> Shape:
        return {"type": "string", "format": name}

    return shape


def _url(field: Any, _document: Document) -> Shape:
    return {"type": "string"} if field.relative else {"type": "string", "format": "iri"}


def _enum(field: Any, _document: Document) -> Shape:
    if not field.by_value:
        return {"type": "string", "enum": [*field.enum.__members__]}
    values = [member.value for member in field.enum]
    return {"enum": values} if field.by_value is True and not any(map(json_fault, values)) else {}


def _constant(field: Any, document: Document) -> Shape:
    is_json = json_fault(field.constant) is None
    if document.is_dumping:
        return {"const": field.constant} if is_json else {}
    return {NORMALISED: {"const": field.constant}} if is_json else {}


def _list(field: Any, document: Document) -> Shape:
    return {"type": "array", "items": document.value(field.inner)}


def _tuple(field: Any, document: Document) -> Shape:
    members = [document.value(inner) for inner in field.tuple_fields]
    return {"type": "array", "prefixItems": members, "minItems": len(members), "maxItems": len(members)}


def _mapping(field: Any, document: Document) -> Shape:
    shape: Shape = {"type": "object"}
    if field.key_field is not None:
        names = document.value(field.key_field)
        if names not in ({"type": "string"}, {}):
            shape["propertyNames"] = names
    if field.value_field is not None:
        shape["additionalProperties"] = document.value(field.value_field)
    return shape


def _nested(field: Any, document: Document) -> Shape:
    schema = field.schema
    shape = document.reference(schema, field.unknown)
    return {"type": "array", "items": shape} if schema.many or field.many else shape


def _anything(_field: Any, _document: Document) -> Shape:
    return {}


#: The nearest class of a field decides, if nothing about the field differs from it.
KINDS: dict[type[Any], Callable[[Any, Document], Shape]] = {
    fields.String: _text,
    fields.Text: _text,
    fields.Key: _key,
    fields.Id: _id,
    fields.Int64: _int64,
    fields.EpochMillis: _epoch_millis,
    fields.Number: _number,
    fields.Json: _json,
    fields.Object: _object,
    fields.Boolean: _boolean,
    fields.Flag: _flag,
    fields.Email: _formatted("idn-email"),
    plain.String: _text,
    plain.Integer: _integer,
    plain.Float: _fraction,
    plain.Decimal: _fraction,
    plain.Boolean: _boolean,
    plain.UUID: _spelled({"type": "string", "format": "uuid"}),
    plain.DateTime: _moment,
    plain.NaiveDateTime: _moment,
    plain.AwareDateTime: _moment,
    plain.Date: _date,
    plain.Time: _spelled({"type": "string"}),
    plain.TimeDelta: _duration,
    plain.Email: _formatted("idn-email"),
    plain.Url: _url,
    plain.IPv4: _formatted("ipv4"),
    plain.IP: _text,
    plain.IPv6: _text,
    plain.Enum: _enum,
    plain.Constant: _constant,
    plain.List: _list,
    plain.Tuple: _tuple,
    plain.Dict: _mapping,
    plain.Nested: _nested,
    plain.Raw: _anything,
}
