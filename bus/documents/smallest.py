"""The smallest text of a pattern: what a reader of the pattern would write down first.

It knows the patterns that are found in these documents: characters, sets, groups, alternatives, counts.
"""

from __future__ import annotations

import functools
import re

#: What stands for a set, the first that is in it.
_PREFERRED = "a0A-_.:/#@+ " + "".join(map(chr, range(33, 127)))
_SET = re.compile(r"\[\^?(?:\\.|[^\\\]])+\]", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_COUNT = re.compile(r"\{([0-9]+)(?:,[0-9]*)?\}|[*?+]")
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}


@functools.cache
def smallest_text(pattern: str) -> str | None:
    """A short text in which the pattern is found; None: it is of a kind not known here."""
    try:
        text, place = _alternatives(pattern, 0)
    except ValueError:
        return None
    return text if place == len(pattern) and re.search(pattern, text) else None


def _alternatives(pattern: str, place: int) -> tuple[str, int]:
    """The text of the first alternative, and the place behind the last one."""
    text, place = _row(pattern, place)
    while pattern[place : place + 1] == "|":
        _, place = _row(pattern, place + 1)
    return text, place


def _row(pattern: str, place: int) -> tuple[str, int]:
    parts: list[str] = []
    while place < len(pattern) and pattern[place] not in "|)":
        part, place = _part(pattern, place)
        count = _COUNT.match(pattern, place)
        if count is not None:
            place = count.end()
            part *= int(count[1] or (count[0] == "+"))
        parts.append(part)
    return "".join(parts), place


def _part(pattern: str, place: int) -> tuple[str, int]:
    char = pattern[place]
    if char in "^$":
        return "", place + 1
    if char == "(":
        start = place + 3 if pattern.startswith("(?:", place) else place + 1
        text, end = _alternatives(pattern, start)
        if pattern[start : start + 1] == "?" or pattern[end : end + 1] != ")":
            raise ValueError(pattern)
        return text, end + 1
    for known, read in ((_SET, _of_set), (_ESCAPED, _of_escaped)):
        found = known.match(pattern, place)
        if found is not None:
            return read(found), found.end()
    if char in "*+?{[\\":
        raise ValueError(pattern)
    return ("a" if char == "." else char), place + 1


def _of_set(found: re.Match[str]) -> str:
    one = re.compile(found[0])
    return next((char for char in _PREFERRED if one.fullmatch(char)), "")


def _of_escaped(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    if number:
        return chr(int(number, 16))
    return {"d": "0", "w": "a", "s": " "}.get(found[3]) or _CONTROLS.get(found[3], found[3])
