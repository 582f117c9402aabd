"""The query of a URL: names and whole numbers. What is unknown or given twice is refused, as in every request."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from bus.errors import InvalidArguments

#: Digits that any number we ask for has at most.
MAX_DIGITS = 10


def read_query(scope: Any, *names: str) -> dict[str, str]:
    """What the query of an ASGI scope gives, by name.

    Raises:
        InvalidArguments: it gives something else than ``names``, or something twice.
    """
    found: dict[str, str] = {}
    for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
        if name not in names or name in found:
            fault = "given twice" if name in found else f"unknown; this query has {', '.join(names) or 'no members'}"
            shown = name[:100]
            raise InvalidArguments(f"Invalid request: {shown}: {fault}", {shown: [fault]})
        found[name] = value
    return found


def whole(query: dict[str, str], name: str, low: int, high: int) -> int | None:
    """The whole number of a name; None: it is not given.

    Raises:
        InvalidArguments: it is none, or not between the bounds.
    """
    text = query.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS and low <= int(text) <= high):
        fault = f"must be a whole number from {low} to {high}"
        raise InvalidArguments(f"Invalid request: {name}: {fault}", {name: [fault]})
    return int(text)
