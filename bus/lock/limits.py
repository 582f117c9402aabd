"""Lowest and highest: lengths, numbers of items, amounts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class _Limit(NamedTuple):
    name: str
    kinds: frozenset[str]
    #: Keywords that set it: itself allowed; itself refused (there may be none).
    including: str
    excluding: str
    is_lower: bool


_STRING, _ARRAY, _OBJECT = frozenset({"string"}), frozenset({"array"}), frozenset({"object"})
_NUMBER = frozenset({"integer", "fraction"})
_ALL = (
    _Limit("the shortest text", _STRING, "minLength", "", is_lower=True),
    _Limit("the longest text", _STRING, "maxLength", "", is_lower=False),
    _Limit("the fewest items", _ARRAY, "minItems", "", is_lower=True),
    _Limit("the most items", _ARRAY, "maxItems", "", is_lower=False),
    _Limit("the fewest members", _OBJECT, "minProperties", "", is_lower=True),
    _Limit("the most members", _OBJECT, "maxProperties", "", is_lower=False),
    _Limit("the lowest number", _NUMBER, "minimum", "exclusiveMinimum", is_lower=True),
    _Limit("the highest number", _NUMBER, "maximum", "exclusiveMaximum", is_lower=False),
)
#: Keywords that are compared here.
LIMITS = frozenset(keyword for limit in _ALL for keyword in (limit.including, limit.excluding) if keyword)


def compared_limits(
    old: Mapping[str, Any], new: Mapping[str, Any], kinds: frozenset[str]
) -> Iterator[tuple[str, bool, bool, str]]:
    """Limits that differ: name, whether it narrows, whether it widens, a sentence's end.

    Args:
        old: keywords of the old schema.
        new: those of the new one.
        kinds: of values that both accept.
    """
    for limit in _ALL:
        before, after = _edge(limit, old), _edge(limit, new)
        if before != after and limit.kinds & kinds:
            narrows = after > before if limit.is_lower else after < before
            yield limit.name, narrows, not narrows, f"was {_spoken(limit, before)} and is {_spoken(limit, after)}"


def _edge(limit: _Limit, rules: Mapping[str, Any]) -> tuple[float, int]:
    """Where it lies; the second number tells "itself refused" apart, in the direction in which that is narrower."""
    side = 1 if limit.is_lower else -1
    # Every text and list has 0 or more anyway.
    usual = 0 if limit.is_lower and not limit.kinds & _NUMBER else -side * math.inf
    edges = [(usual, 0)]
    if limit.including in rules:
        edges.append((rules[limit.including], 0))
    if limit.excluding in rules:
        edges.append((rules[limit.excluding], side))
    return max(edges) if limit.is_lower else min(edges)


def _spoken(limit: _Limit, edge: tuple[float, int]) -> str:
    value, is_excluded = edge
    if math.isinf(value):
        return "any"
    if is_excluded:
        return f"{'above' if limit.is_lower else 'below'} {value}"
    return str(value)
