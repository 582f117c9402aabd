"""Values made from a schema, the smallest first, with those at the edges of what it accepts among them.

Not here: which of them a contract takes (bus/lock/proofs.py); the schema may accept more than the contract.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any, cast

from bus.lock.fitting import fits
from bus.lock.views import View, view

#: Texts of every form that contracts ask for.
TEXTS = (
    *("", "a", "1", "00000000-0000-4000-8000-000000000000", "2026-01-31", "10:00", "2026-01-31T10:00:00+00:00"),
    *("2026-01-31T10:00:00Z", "2026-01-31T10:00:00", "10:00:00", "a@b.org", "https://b.org", "1.5", "true", "2026"),
    *("asc", "UTC", "{}", "[]", "#aabbcc", "+4912345678", "A-1", "en", "127.0.0.1"),
)
NUMBERS = (0, 1, -1, 0.5, 60, 1_000, 1_767_225_600_000)
#: Longest text, and most items, that are made.
MOST_CHARACTERS, MOST_ITEMS = 2_000, 100
#: Deepest nesting of what is made.
_DEEPEST, _FULL_DEPTH = 12, 4
#: Longest text that is made to be too long.
MOST_BEYOND = 1_100_000
#: Keyword -> the step that leads out of what it allows.
_OUTWARD = {
    "maxLength": 1,
    "minLength": -1,
    "maxItems": 1,
    "minItems": -1,
    "maximum": 1,
    "minimum": -1,
    "exclusiveMaximum": 0,
    "exclusiveMinimum": 0,
}
#: The name of a member of a free map.
A_NAME = "a"
_ANY = view({}, {})
#: Stands for a member that is left out.
ABSENT: Any = object()


def smallest(schema: View, depth: int = 0) -> Any:
    """The smallest value that the schema accepts; None where none was found."""
    return next(values(schema, depth), None)


def fullest(schema: View, depth: int = 0) -> Any:
    """A value in which every member stands that the schema names, not far down."""
    if depth < _FULL_DEPTH and "object" in schema.kinds and schema.schema.get("properties"):
        return {name: fullest(schema.members[name], depth + 1) for name in schema.schema["properties"]}
    if depth < _FULL_DEPTH and "array" in schema.kinds and "items" in schema.schema:
        return [fullest(schema.items, depth + 1)] * max(schema.rules.get("minItems", 1), 1)
    return smallest(schema)


def values(schema: View, depth: int = 0) -> Iterator[Any]:
    """Some values that the schema accepts, null last."""
    if depth > _DEEPEST:
        return
    makers = itertools.chain(
        (schema.choices or {}).values(),
        *(values(one, depth + 1) for one in schema.alternatives),
        () if schema.normalised is None else values(schema.normalised, depth + 1),
        _scalars(schema),
        _lists(schema, depth),
        _objects(schema, depth),
    )
    for value in makers:
        if fits(value, schema):
            yield value
    if "null" in schema.kinds:
        yield None


def beyond(schema: View) -> Iterator[Any]:
    """Values just outside of what the schema accepts: one character, item or step too many, or too few."""
    for part in (schema, schema.normalised or _ANY):
        for keyword, step in _OUTWARD.items():
            edge = part.rules.get(keyword)
            if edge is not None:
                yield from _made_of(part, keyword, edge + step)


def placed(schema: View, document: Any, path: list[str], value: Any) -> Any:
    """A document with a value at a place; what is missing on the way there is made as small as possible.

    Args:
        schema: of the document.
        document: what there is; ABSENT: nothing.
        path: names, ``[]`` for the first item of a list and ``*`` for a member of a free map.
        value: ABSENT takes away what is there.
    """
    if not path:
        return value
    name, rest = path[0], path[1:]
    if name == "[]":
        items = cast("list[Any]", document) if isinstance(document, list) else []
        first = placed(schema.items, items[0] if items else ABSENT, rest, value)
        return [first, *items[1:]]
    members = cast("dict[str, Any]", document if isinstance(document, dict) else smallest(schema) or {})
    place, name = (schema.others or _ANY, A_NAME) if name == "*" else (_member(schema, name), name)
    member = placed(place, members.get(name, ABSENT), rest, value)
    if member is ABSENT:
        return {key: one for key, one in members.items() if key != name}
    return members | {name: member}


def split(path: str) -> list[str]:
    """The steps of a path as changes write it."""
    return [step for step in path.replace("[]", ".[]").split(".") if step]


def at(schema: View, path: list[str]) -> View:
    """The schema at a place; one that accepts anything where it names no such place."""
    for step in path:
        schema = schema.items if step == "[]" else _member(schema, step) if step != "*" else schema.others or _ANY
    return schema


def _member(schema: View, name: str) -> View:
    return schema.members[name] if name in schema.schema.get("properties", {}) else _ANY


def _scalars(schema: View) -> Iterator[Any]:
    rules = schema.rules
    if "boolean" in schema.kinds:
        yield from (False, True)
    edges = [rules[name] for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") if name in rules]
    for number in (*NUMBERS, *edges, *(edge + step for edge in edges for step in (1, -1))):
        yield math.floor(number) if "fraction" not in schema.kinds else number
    yield from TEXTS
    lengths = {rules.get(name, 0) for name in ("minLength", "maxLength")}
    for length in sorted(length for length in lengths if 0 < length <= MOST_CHARACTERS):
        yield "a" * length


def _made_of(schema: View, keyword: str, amount: float) -> Iterator[Any]:
    if keyword.endswith("Length") and amount <= MOST_BEYOND:
        yield "a" * int(amount)
    elif keyword.endswith("Items") and amount <= MOST_BEYOND:
        yield [smallest(schema.items)] * int(amount)
    elif not keyword.endswith(("Length", "Items")):
        yield amount


def _lists(schema: View, depth: int) -> Iterator[Any]:
    if "array" not in schema.kinds:
        return
    yield []
    some = list(itertools.islice(values(schema.items, depth + 1), 20))
    yield from ([one] for one in some)
    counts = {schema.rules.get(name, 0) for name in ("minItems", "maxItems")}
    for count in sorted(count for count in counts if 1 < count <= MOST_ITEMS) if some else ():
        yield [some[0]] * count


def _objects(schema: View, depth: int) -> Iterator[Any]:
    if "object" not in schema.kinds:
        return
    required = schema.schema.get("required", ())
    names = schema.schema.get("properties", {})
    least = {name: smallest(_member(schema, name), depth + 1) for name in required}
    yield least
    # Not before somebody asks for more: an object may hold objects like itself.
    further = {name: smallest(schema.members[name], depth + 1) for name in names if name not in required}
    yield from (least | {name: member} for name, member in further.items())
    yield least | further
    if depth == 0:
        yield fullest(schema)
    if schema.others is not None and not names:
        yield {A_NAME: smallest(schema.others, depth + 1)}
