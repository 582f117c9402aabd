"""What is wrong with a document of JSON Schemas, by the lines of its file.

Not here: writing it (bus/typesync/documents.py).
"""

# jsonschema leaves the values that it looks at open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from bus.typesync.documents import own_schema


def schema_defects(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of each defect of a document, an entry of ``$defs`` a line."""
    try:
        document: Any = json.loads(text)
    except ValueError as error:
        yield getattr(error, "lineno", 1), f"no JSON: {error}"
        return
    known = cast("dict[str, Any]", document) if isinstance(document, dict) else {}
    entries: Any = known.get("$defs")
    if not isinstance(entries, dict):
        yield 1, "no object with $defs"
        return
    for name, entry in cast("dict[str, Any]", entries).items():
        for message in _of_entry(known, name, entry):
            yield _line(text, name), f"{name}: {message}"


def _of_entry(document: dict[str, Any], name: str, entry: Any) -> Iterator[str]:
    from jsonschema import Draft202012Validator

    dangling = [place for place in _references(entry) if not _leads_somewhere(place, document)]
    if dangling:
        yield from (f"the reference {place} leads nowhere" for place in dangling)
        return
    faults = list(_of_schema(entry))
    yield from (f"no valid JSON Schema: {fault}" for fault in faults)
    if faults:
        return
    for example in entry.get("examples", ()):
        fault = _fault(Draft202012Validator(own_schema(entry, name)), example)
        if fault is not None:
            yield f"an example does not fit: {fault}"


def _of_schema(schema: Any) -> Iterator[str]:
    """What is wrong with a schema, part by part: most parts are alike, and the dialect's own schema is slow."""
    if not isinstance(schema, dict):
        fault = _alone("true" if schema is True else json.dumps(schema))
    else:
        members = cast("dict[str, Any]", schema)
        skeleton = {keyword: _hollow(keyword, value) for keyword, value in members.items() if keyword != "examples"}
        fault = _alone(json.dumps(skeleton, sort_keys=True))
        for keyword, value in members.items():
            for part in _parts(keyword, value):
                yield from _of_schema(part)
    if fault is not None:
        yield fault


def _hollow(keyword: str, value: Any) -> Any:
    """What a keyword says, without the schemas inside of it."""
    if keyword in _BY_NAME and isinstance(value, dict):
        return {}
    if keyword in _LISTS and isinstance(value, list) and value:
        return [True]
    return True if keyword in _SINGLE and isinstance(value, dict) else value


def _parts(keyword: str, value: Any) -> list[Any]:
    """The schemas inside of what a keyword says."""
    if keyword in _BY_NAME and isinstance(value, dict):
        return [*cast("dict[str, Any]", value).values()]
    if keyword in _LISTS and isinstance(value, list):
        return cast("list[Any]", value)
    return [value] if keyword in _SINGLE and isinstance(value, dict) else []


_BY_NAME = frozenset({"$defs", "patternProperties", "properties"})
_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE = frozenset({"additionalProperties", "contains", "items", "not", "propertyNames"})


@functools.cache
def _alone(schema: str) -> str | None:
    """What is wrong with a schema whose inner ones are hollow; None: nothing."""
    return _fault(_dialect(), json.loads(schema))


@functools.cache
def _dialect() -> Any:
    """The validator of schemas."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(Draft202012Validator.META_SCHEMA)


def _fault(validator: Any, value: Any) -> str | None:
    """What is wrong with a value; None: nothing."""
    from jsonschema.exceptions import best_match

    found: Any = best_match(validator.iter_errors(value))
    return None if found is None else str(found.message)


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in cast("list[Any]", part):
            yield from _references(one)
    elif isinstance(part, Mapping):
        for name, value in cast("Mapping[str, Any]", part).items():
            if name == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)


def _leads_somewhere(place: str, document: Any) -> bool:
    if not place.startswith("#/"):
        return False
    for step in place[2:].split("/"):
        if not isinstance(document, dict) or step not in document:
            return False
        document = cast("dict[str, Any]", document)[step]
    return True


def _line(text: str, name: str) -> int:
    before = text.partition(f"\n  {json.dumps(name)}:")[0]
    return before.count("\n") + 2
