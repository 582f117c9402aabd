"""Texts broken into lines: after white space, beside an ideograph, and within a word only where it fills a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

#: Categories of characters that never begin a line: closing brackets and stops, marks that lengthen or repeat.
_CLOSING = ("Pe", "Pf", "Po", "Lm")
#: And of those that never end one: opening brackets.
_OPENING = ("Ps", "Pi")


def lines_of(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The lines of a text that has line breaks of its own; an empty text has one line.

    Args:
        text: as it is shown.
        width: of a line, in points.
        measure: the width of a text, in points.
    """
    for line in text.split("\n"):
        yield from _wrapped(line, width, measure)


def _wrapped(line: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    start, used, gap = 0, 0.0, 0
    for place, char in enumerate(line):
        if _may_break(line, place):
            gap = place
        used += measure(char)
        while used > width and place > start and char != " ":
            end = gap if gap > start else place
            yield line[start:end].rstrip(" ")
            start, used = end, measure(line[end : place + 1])
    yield line[start:].rstrip(" ")


def _may_break(line: str, place: int) -> bool:
    """Whether a line may end before this place."""
    if place == 0:
        return False
    before, after = line[place - 1], line[place]
    if before == " ":
        return after != " "
    if not (_is_wide(before) or _is_wide(after)):
        return False
    return unicodedata.category(after) not in _CLOSING and unicodedata.category(before) not in _OPENING


def _is_wide(char: str) -> bool:
    return char > "\u10ff" and unicodedata.east_asian_width(char) in "WF"
