"""The schema of one value: its kind, its validators, null, and what its field says about itself.

A class of fields that reads values its own way tells what it takes with ``json_schema(self) -> dict``: the JSON values
that its ``_deserialize`` takes, null and validators aside. Where values are turned into one spelling, the member
``x-normalised`` is a schema of that spelling, which must be taken as well; validators speak of it. A class that reads
its own way and tells nothing may take anything, and so says the document.

Not here: the kinds everybody knows (bus/documents/kinds.py), whole objects (bus/documents/json_schema.py).
"""

# marshmallow's annotations leave what its fields hold open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from copy import deepcopy
from typing import Any, Protocol, cast

from marshmallow import Schema, missing
from marshmallow import fields as plain

from bus.documents.constraints import constrain
from bus.documents.kinds import KINDS, NORMALISED, NOT_NULL, Shape
from bus.fields import Json
from bus.storable import json_fault
from bus.validation.stock import is_stock

#: What a class of fields may replace to read values its own way.
_READING = ("_deserialize", "deserialize", "_validate", "_validate_all", "_validate_missing")

#: What an empty one of these can stand for.
_CONTAINERS: dict[Any, tuple[type[Any], ...]] = {
    list: (plain.List, Json),
    dict: (plain.Mapping, plain.Nested, Json),
}


class Document(Protocol):
    """What a value needs of the document it stands in."""

    #: Whether it tells of answers and not of arguments.
    is_dumping: bool

    def value(self, field: Any) -> Shape:
        """The schema of a value inside of another one."""
        ...

    def reference(self, schema: Schema, unknown: str | None) -> Shape:
        """The schema of an object that has a name of its own."""
        ...


def value_schema(field: Any, document: Document) -> Shape:
    """The schema of what a field takes, or of what it gives."""
    shape = _shape(field, document)
    if field.allow_none:
        _allow_null(shape)
    return _annotated(shape, field, document)


def _says_itself(field: Any) -> bool:
    """Whether a class of the field tells what it takes, and none nearer than that reads another way."""
    for cls in type(field).__mro__:
        if "json_schema" in vars(cls):
            return True
        if any(reader in vars(cls) for reader in _READING):
            return False
    return False


def asks_for_a_value(field: Any) -> bool:
    """Whether the field does what every field does where nothing is given: refuse that, if it is required."""
    cls = type(field)
    return all(getattr(cls, name) is getattr(plain.Field, name) for name in ("deserialize", "_validate_missing"))


def _shape(field: Any, document: Document) -> Shape:
    """What there may be beside null, validators included; empty: anything."""
    if field.pre_load:
        return {}
    if _says_itself(field):
        shape = deepcopy(cast("Shape", field.json_schema()))
        if NORMALISED in shape:
            constrain(shape[NORMALISED], field.validators)
        return shape
    kind = next((cls for cls in type(field).__mro__ if cls in KINDS), None)
    if kind is None or not is_stock(field, kind):
        return {}
    shape = KINDS[kind](field, document)
    if not (document.is_dumping and getattr(field, "as_string", False)):  # validators look at the number
        constrain(shape.get(NORMALISED, shape), field.validators)
    return shape


def _allow_null(shape: Shape) -> None:
    for part in (shape, shape.get(NORMALISED)):
        if not part:
            continue
        if "const" in part:
            part["enum"] = [part.pop("const")]
        if "$ref" in part:
            part["anyOf"] = [{"$ref": part.pop("$ref")}, {"type": "null"}]
        elif "anyOf" in part:
            part["anyOf"] = [*part["anyOf"], {"type": "null"}]
        if "enum" in part and None not in part["enum"]:
            part["enum"] = [*part["enum"], None]
        if "type" in part:
            types = part["type"] if isinstance(part["type"], list) else [part["type"]]
            part["type"] = [*types, "null"]
            if {*NOT_NULL} <= {*types}:
                del part["type"]


def _annotated(shape: Shape, field: Any, document: Document) -> Shape:
    description = field.metadata.get("description")
    if isinstance(description, str):
        shape["description"] = description
    if document.is_dumping:
        return shape
    default = _default(field)
    if default is not missing:
        shape["default"] = default
    code = getattr(field, "code", None)
    if code is not None:
        shape["x-code"] = code
    return shape


def _default(field: Any) -> Any:
    """What an absent value means, as a caller would write it; missing: nobody can say."""
    default = field.load_default
    if default is list or default is dict:
        default = default() if isinstance(field, _CONTAINERS[default]) else missing
    if default is missing or callable(default) or json_fault(default) is not None:
        return missing
    # A field that reads its own way may have turned a number into another one.
    is_as_sent = default is None or isinstance(default, str) or not _says_itself(field)
    return default if is_as_sent else missing
