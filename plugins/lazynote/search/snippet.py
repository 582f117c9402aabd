"""What is shown of an atom that was found: some twenty tokens around the first place, all places in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from contracts.lazynote.white_space import pieces
from plugins.lazynote.search.places import places
from plugins.lazynote.search.query import Phrase
from plugins.lazynote.search.tokens import Token, located, search_text

#: Tokens in front of the first place, and in all.
BEFORE, LENGTH = 4, 20


def snippet(content: str, phrases: Sequence[Phrase]) -> str:
    """The window of the content, on one line; dots where it is cut."""
    text, count = search_text(content)
    found, phrase = next(places(text.split(), phrases), (0, ()))
    first = max(0, found - BEFORE)
    last = min(count, max(first + LENGTH, found + len(phrase)))
    window = list(islice(located(content, first), last - first))
    start = window[0].start if first else 0
    end = window[-1].end if last < count else len(content)
    shown = " ".join(pieces(_bracketed(content, start, end, window, phrases)))
    return f"{'... ' if first else ''}{shown}{' ...' if last < count else ''}"


def _bracketed(content: str, start: int, end: int, window: Sequence[Token], phrases: Sequence[Phrase]) -> str:
    parts: list[str] = []
    for first, last in _merged(_occurrences(window, phrases)):
        left, right = window[first].start, window[last].end
        parts += [content[start:left], "[", content[left:right], "]"]
        start = right
    return "".join([*parts, content[start:end]])


def _occurrences(window: Sequence[Token], phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """First and last token of each occurrence inside the window, in their order."""
    found = places([token.text for token in window], phrases)
    return sorted((at, at + len(phrase) - 1) for at, phrase in found)


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that share a token become one."""
    merged: list[tuple[int, int]] = []
    for first, last in ranges:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
