"""What a JSON Schema says about the type of a value, and no more: limits, patterns and defaults are no types.

Not here: how a language spells it (bus/typesync/typescript.py, python.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True)
class Primitive:
    """``string``, ``integer``, ``number``, ``boolean`` or ``null``."""

    name: str


@dataclass(frozen=True)
class Literals:
    """One of some values, in their declared order; each a text, number, boolean or null."""

    values: tuple[str | int | float | bool | None, ...]


@dataclass(frozen=True)
class Named:
    """A type that is declared elsewhere."""

    name: str


@dataclass(frozen=True)
class Items:
    """A list of any length."""

    item: Type


@dataclass(frozen=True)
class Entries:
    """An object with any names."""

    value: Type


@dataclass(frozen=True)
class Member:
    """One member of an object."""

    name: str
    type: Type
    is_required: bool


@dataclass(frozen=True)
class Record:
    """An object with these members."""

    members: tuple[Member, ...]


@dataclass(frozen=True)
class Union:
    """Any of these, each once."""

    options: tuple[Type, ...]


Type = Anything | Primitive | Literals | Named | Items | Entries | Record | Union

#: Free JSON is free JSON, whether null is one of its values or not.
_EVERY_KIND = frozenset({"array", "boolean", "number", "object", "string"})
_SAYS_MORE = frozenset({"items", "properties", "additionalProperties"})


def read(schema: Any, named: Callable[[str], Type]) -> Type:
    """The type that a JSON Schema describes.

    Args:
        schema: an object, or true.
        named: the type that stands for the ``$defs`` entry of a name.
    """
    if not isinstance(schema, Mapping):
        return Anything()
    document = cast("Document", schema)
    if "$ref" in document:
        return named(str(document["$ref"]).rpartition("/")[2])
    if "const" in document:
        return _literals([document["const"]])
    if "enum" in document:
        return _literals(document["enum"])
    for word in ("anyOf", "oneOf"):
        if word in document:
            return _union([read(option, named) for option in document[word]])
    kinds: list[str] = [document["type"]] if isinstance(document.get("type"), str) else document.get("type", [])
    if _EVERY_KIND.issubset(kinds) and not _SAYS_MORE.intersection(document):
        return Anything()
    return _union([_of_kind(kind, document, named) for kind in kinds])


def _of_kind(kind: str, schema: Document, named: Callable[[str], Type]) -> Type:
    if kind == "array":
        return Items(read(schema.get("items"), named))
    if kind == "object":
        return _object(schema, named)
    return Primitive(kind)


def _object(schema: Document, named: Callable[[str], Type]) -> Type:
    properties = schema.get("properties", {})
    further = schema.get("additionalProperties", True)
    if not properties and further is not False:
        return Entries(read(further, named))
    required = schema.get("required", ())
    members = [Member(name, read(properties[name], named), name in required) for name in properties]
    # Further members of an object that names some are ignored by the bus: a caller who sends one has misspelt a name.
    return Record(tuple(members))


def _literals(values: list[Any]) -> Type:
    simple = all(value is None or isinstance(value, str | int | float) for value in values)
    return Literals(tuple(values)) if simple else Anything()


def _union(options: list[Type]) -> Type:
    flat = [part for option in options for part in (option.options if isinstance(option, Union) else (option,))]
    if not flat or Anything() in flat:
        return Anything()
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else Union(unique)
