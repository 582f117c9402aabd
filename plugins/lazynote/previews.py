"""What a list shows of a note: its first words without markup, and its first image.

Source: LazyNote specification, "Previews". Its two expressions are scanned here by hand: a content of a million opening
brackets would keep a regular expression busy for hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from contracts.lazynote.white_space import pieces, trimmed

#: Characters of a preview.
MAX_PREVIEW = 100

_NO_MARKUP = str.maketrans(dict.fromkeys("*_`#>~-[]()!", " "))


class Mark(NamedTuple):
    """``[label](target)`` with what opens it: the characters ``start`` to ``end - 1``."""

    start: int
    end: int
    label: str
    target: str


def previews(content: str) -> tuple[str | None, str | None]:
    """The preview's text and image; None for what there is not."""
    return _text(content), _image(content)


def _image(content: str) -> str | None:
    """Where the first image is; a blank one is none, whatever follows."""
    first = next(images(content), None)
    return None if first is None else trimmed(first.target) or None


def _text(content: str) -> str | None:
    plain = content
    if "](" in content:
        without_images = "".join(_replaced(content, images(content), is_label_shown=False))
        plain = "".join(_replaced(without_images, links(without_images), is_label_shown=True))
    return _shown(plain)[:MAX_PREVIEW] or None


def _shown(plain: str) -> str:
    """The text without markup, one blank between words; more than a preview needs is left out."""
    read = 2 * MAX_PREVIEW  # most notes need no more of it
    while True:
        shown = " ".join(pieces(plain[:read].translate(_NO_MARKUP)))
        if len(shown) > MAX_PREVIEW or read >= len(plain):
            return shown
        read *= 8


def images(text: str) -> Iterator[Mark]:
    r"""Every match of ``!\[[^\]]*\]\(([^)]+)\)``."""
    return _marks(text, "![", shortest_label=0)


def links(text: str) -> Iterator[Mark]:
    r"""Every match of ``\[([^\]]+)\]\(([^)]+)\)``."""
    return _marks(text, "[", shortest_label=1)


def _marks(text: str, opening: str, *, shortest_label: int) -> Iterator[Mark]:
    at = text.find(opening)
    bracket = parenthesis = 0  # the next closing ones; looked for again only when they lie behind
    while at >= 0:
        label = at + len(opening)
        if bracket < label:
            bracket = text.find("]", label)
        if bracket < 0:
            return
        target, found = bracket + 2, at + 1
        if bracket - label >= shortest_label and text.startswith("(", bracket + 1):
            if parenthesis < target:
                parenthesis = text.find(")", target)
            if parenthesis < 0:
                return
            if parenthesis > target:
                found = parenthesis + 1
                yield Mark(at, found, text[label:bracket], text[target:parenthesis])
        at = text.find(opening, found)


def _replaced(text: str, marks: Iterator[Mark], *, is_label_shown: bool) -> Iterator[str]:
    """The pieces of a text in which each mark is replaced by its label, or by a blank."""
    end = 0
    for mark in marks:
        yield text[end : mark.start]
        yield mark.label if is_label_shown else " "
        end = mark.end
    yield text[end:]
