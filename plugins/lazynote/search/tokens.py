"""The tokens of a text: what the words of a search are compared with.

A character is a word character, ignored, or separates. Each CJK character is a token of its own, and so is each
maximal run of other word characters. A token is folded: forms, case and accents that readers take for equal are equal.

Not here: what a query is made of (query.py); which databases index the tokens how (index.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from unicodedata import category, normalize

#: Characters of a folded token; what follows is cut off.
MAX_LENGTH = 64
#: Words whose folding is remembered, then they are forgotten together: about 8 MB, at most.
MAX_KNOWN = 50_000

#: Invisible characters that stand inside words: soft hyphen, zero-width ones, variation selectors.
_IGNORED = ((0x00AD, 0x00AD), (0x200B, 0x200D), (0xFEFF, 0xFEFF), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
#: Scripts written without blanks, and Hangul.
_CJK = (
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3105, 0x312F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x323AF),
)
#: The combining accents of Latin, Greek and Cyrillic.
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))


class Token(NamedTuple):
    """A folded token, and where it stands in the text: the characters ``start`` to ``end - 1``."""

    text: str
    start: int
    end: int


def _lies_in(code_point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code_point <= last for first, last in ranges)


def _is_ignored(code_point: int) -> bool:
    return _lies_in(code_point, _IGNORED)


def _is_word(code_point: int) -> bool:
    kind = category(chr(code_point))
    return (kind[0] in "LNM" or kind == "Co") and not _is_ignored(code_point)


class _Words(dict[int, "str | None"]):
    """For ``str.translate``: a text becomes its tokens between blanks; what it has learned it keeps."""

    def __missing__(self, code_point: int) -> str | None:
        self[code_point] = spelled = self._spelled(code_point)
        return spelled

    @staticmethod
    def _spelled(code_point: int) -> str | None:
        if _is_ignored(code_point):
            return None
        if not _is_word(code_point):
            return " "
        return f" {chr(code_point)} " if _lies_in(code_point, _CJK) else chr(code_point)


class _Classes(dict[int, str]):
    """For ``str.translate``: each character becomes the letter of its class, so that places stay what they are."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = letter = self._letter(code_point)
        return letter

    @staticmethod
    def _letter(code_point: int) -> str:
        if _is_ignored(code_point):
            return "i"
        if not _is_word(code_point):
            return " "
        return "c" if _lies_in(code_point, _CJK) else "w"


_WORDS, _CLASSES = _Words(), _Classes()
_OF_WORDS = frozenset("cw")
_TOKEN = re.compile("c|w(?:[wi]*w)?")
#: For ``bytes.translate``: small letters and digits stay, capitals become small, all else separates.
_ASCII = "".join(chr(at).lower() if chr(at).isalnum() else " " for at in range(128)).encode() + bytes(128)
_NOTHING_IGNORED = {code_point: None for first, last in _IGNORED for code_point in range(first, last + 1)}


def search_text(content: str) -> tuple[str, int]:
    """What is stored beside a content: its tokens with one blank around each, and how many they are."""
    if content.isascii():
        return _ascii_search_text(content)
    tokens = folded(content)
    return f" {' '.join(tokens)} ", len(tokens)


def _ascii_search_text(content: str) -> tuple[str, int]:
    """The same, much faster: letters and digits are the only word characters, and case is all there is to fold."""
    words = content.encode().translate(_ASCII).split()
    text = b" %b " % b" ".join(words)
    if _has_long_word(text):
        text = b" %b " % b" ".join(word[:MAX_LENGTH] for word in words)
    return text.decode(), len(words)


def _has_long_word(text: bytes) -> bool:
    """Whether a token has to be cut: some way of its length leads from one blank to no other."""
    at, last = 0, len(text) - 1
    while at < last:
        at = text.rfind(b" ", at + 1, at + MAX_LENGTH + 2)
        if at < 0:
            return True
    return False


def folded(text: str) -> list[str]:
    """The folded tokens of a text, in their order."""
    return list(filter(None, map(_FOLDS.__getitem__, text.translate(_WORDS).split())))


def located(text: str, first: int = 0) -> Iterator[Token]:
    """The folded tokens of a text with their places, from the ``first`` on and only as far as they are asked for."""
    classes = text.translate(_CLASSES)
    has_ignored = "i" in classes
    runs = _TOKEN.finditer(classes)
    if text.isascii():  # each run is a token; of others some fold to nothing
        runs, first = islice(runs, first, None), 0
    for found in runs:
        start, end = found.span()
        run = text[start:end]
        token = _FOLDS[run.translate(_NOTHING_IGNORED) if has_ignored else run]
        if not token:
            continue
        if first:
            first -= 1
        else:
            yield Token(token, start, end)


def _fold(run: str) -> str:
    if run.isascii():
        return run.lower()[:MAX_LENGTH]
    plain = normalize("NFD", normalize("NFKC", run).casefold()).translate(_ACCENTS)
    return "".join(c for c in normalize("NFC", plain) if _CLASSES[ord(c)] in _OF_WORDS)[:MAX_LENGTH]


class _Folds(dict[str, str]):
    """Runs and their folded tokens; the same words come again and again."""

    def __missing__(self, run: str) -> str:
        token = _fold(run)
        if len(run) <= MAX_LENGTH:
            if len(self) >= MAX_KNOWN:
                self.clear()
            self[run] = token
        return token


_FOLDS = _Folds()
