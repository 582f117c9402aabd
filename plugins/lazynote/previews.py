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

#: Signs in whose place a preview has a blank.
_MARKUP = "*_`#>~-[]()!"


class Mark(NamedTuple):
    """``[label](target)`` with what opens it: the characters ``start`` to ``end - 1``."""

    start: int
    end: int
    label: str
    target: str


def previews(content: str) -> tuple[str | None, str | None]:
    """The preview's text and image; None for what there is not."""
    if "](" not in content:  # neither an image nor a link, as in most notes
        return _shown(content), None
    without_images = "".join(_replaced(content, images(content), is_label_shown=False))
    plain = "".join(_replaced(without_images, links(without_images), is_label_shown=True))
    return _shown(plain), _image(content)


def _image(content: str) -> str | None:
    """Where the first image is; a blank one is none, whatever follows."""
    first = next(images(content), None)
    return None if first is None else trimmed(first.target) or None


def _shown(plain: str) -> str | None:
    """The first words without markup, one blank between them."""
    read = 2 * MAX_PREVIEW  # most notes need no more of it
    while True:
        shown = " ".join(pieces(_without_markup(plain[:read])))
        if len(shown) > MAX_PREVIEW or read >= len(plain):
            return shown[:MAX_PREVIEW] or None
        read *= 8


def _without_markup(text: str) -> str:
    for sign in _MARKUP:  # a fourth of the time of ``str.translate``, which looks at each character
        text = text.replace(sign, " ")
    return text


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
