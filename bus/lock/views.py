"""One place of a JSON Schema as a comparison needs it: references followed, null told apart, numbers split.

Contracts make a small part of JSON Schema 2020-12 (bus/documents/json_schema.py); what is not understood here is kept
as it is, so that it counts as changed when its text changes.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from bus.documents.kinds import NORMALISED

#: Every kind of JSON value; a fraction is a number that is not whole.
KINDS = frozenset({"null", "boolean", "integer", "fraction", "string", "array", "object"})
#: Keywords read here or by the comparison itself; what is left is compared as text.
_READ = frozenset({"$ref", "$defs", "type", "enum", "const", "anyOf", "oneOf", "default", "x-code", NORMALISED})
_OF_OBJECTS = frozenset({"properties", "required", "additionalProperties"})
#: The greatest depth of references to references.
_MOST_REFERENCES = 100

_NULL = frozenset({"null"})
_NOTHING: dict[str, Any] = {"not": {}}


@dataclass(frozen=True)
class View:
    """A schema at one place."""

    schema: Mapping[str, Any]
    #: Definitions that references lead to, by name.
    definitions: Mapping[str, Any]
    #: Kinds of values that it may accept.
    kinds: frozenset[str]
    #: JSON text -> value, null left out; None: any.
    choices: Mapping[str, Any] | None
    #: Alternatives of which a value must fit one; empty: there are none.
    branches: tuple[Any, ...]

    # Each part is made once: thousands of documents are held against one schema.

    @functools.cached_property
    def rules(self) -> dict[str, Any]:
        """Keywords that are neither types, choices, members nor items."""
        left_out = _READ | _OF_OBJECTS | {"items"}
        return {keyword: value for keyword, value in self.schema.items() if keyword not in left_out}

    @functools.cached_property
    def members(self) -> dict[str, View]:
        """The schemas of members that have a name."""
        return _Members(self.schema.get("properties", {}), self.definitions)

    @functools.cached_property
    def alternatives(self) -> list[View]:
        """The schemas of which a value must fit one; empty: there are none."""
        return [view(one, self.definitions) for one in self.branches]

    @functools.cached_property
    def items(self) -> View:
        """The schema of a list's items."""
        return view(self.schema.get("items", {}), self.definitions)

    @functools.cached_property
    def normalised(self) -> View | None:
        """The one spelling that several are turned into; None: values are taken as they are."""
        return view(self.schema[NORMALISED], self.definitions) if NORMALISED in self.schema else None

    @functools.cached_property
    def others(self) -> View | None:
        """The schema of members that have no name here; None: there may be none."""
        rest = self.schema.get("additionalProperties", {})
        return None if rest is False else view({} if rest is True else rest, self.definitions)

    @property
    def accepts_anything(self) -> bool:
        """Whether there is no value that it refuses."""
        return self.kinds == KINDS and self.choices is None and not (self.branches or self.rules or self._has_members)

    @property
    def _has_members(self) -> bool:
        return any(keyword in self.schema for keyword in (*_OF_OBJECTS, "items"))


class _Members(dict[str, View]):
    """Views of members, made when they are asked for: an object may hold objects like itself."""

    def __init__(self, schemas: Mapping[str, Any], definitions: Mapping[str, Any]) -> None:
        super().__init__()
        self._schemas = schemas
        self._definitions = definitions

    def __missing__(self, name: str) -> View:
        made = self[name] = view(self._schemas[name], self._definitions)
        return made


def view(schema: Any, definitions: Mapping[str, Any]) -> View:
    """How a schema looks; ``true`` and ``false`` are schemas, too."""
    merged = _followed({} if schema is True else _NOTHING if schema is False else schema, definitions)
    choices = _choices(merged)
    kinds = _kinds(merged, choices)
    keyword = "anyOf" if "anyOf" in merged else "oneOf"
    alternatives = cast("list[Any]", merged.get(keyword, []))
    allowed = [view(one, definitions).kinds for one in alternatives]
    branches = [one for one, its in zip(alternatives, allowed, strict=True) if its != _NULL]
    if alternatives and not any("null" in its for its in allowed):
        kinds -= {"null"}
    if len(branches) == 1:  # it, or null
        rest = {name: value for name, value in merged.items() if name != keyword}
        inner = view(branches[0], definitions)
        kinds &= inner.kinds | ({"null"} if len(alternatives) > 1 else frozenset[str]())
        return View({**inner.schema, **rest}, definitions, kinds, inner.choices, inner.branches)
    return View(merged, definitions, kinds, _without_null(choices), tuple(branches))


def whole(document: Mapping[str, Any]) -> View:
    """How a document looks that has its own definitions."""
    return view(document, document.get("$defs", {}))


def _followed(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to in it."""
    merged = dict(schema)
    for _ in range(_MOST_REFERENCES):
        if "$ref" not in merged:
            break
        name = merged.pop("$ref").rpartition("/")[2]
        merged = {**definitions.get(name, _NOTHING), **merged}
    return merged


def _choices(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return None if values is None else {json.dumps(value, sort_keys=True): value for value in values}


def _without_null(choices: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if choices is None else {text: value for text, value in choices.items() if value is not None}


def _kinds(schema: Mapping[str, Any], choices: dict[str, Any] | None) -> frozenset[str]:
    told: Any = schema.get("type")
    if told is None:
        kinds = KINDS
    else:
        names = {told} if isinstance(told, str) else set(cast("list[str]", told))
        kinds = frozenset(names - {"number"} | ({"integer", "fraction"} if "number" in names else set()))
    if choices is not None:
        kinds &= frozenset(kind_of(value) for value in choices.values())
    return kinds


def kind_of(value: Any) -> str:
    """The kind of a value, as ``KINDS`` names it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if float(value).is_integer() else "fraction"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
