"""Pages before they are drawn: which text stands where. A cursor goes down, and where a page ends the next one begins.

Points, from the lower left corner of an A4 page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from plugins.quotes.pdf.fonts import BOLD, PLAIN, Fonts
from plugins.quotes.pdf.wrapping import lines_of

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 50.0, 545.0, 792.0, 70.0
#: From one line to the next, in sizes of its letters.
LEADING = 1.4


class Style(NamedTuple):
    """How a text looks."""

    font: str
    size: float
    #: From 0, black, to 1, white.
    grey: float = 0.0

    @property
    def height(self) -> float:
        """Points from one line to the next."""
        return self.size * LEADING


TITLE, HEAD, TEXT, SMALL = Style(BOLD, 18), Style(BOLD, 9), Style(PLAIN, 10), Style(PLAIN, 8.5, 0.35)


class Mark(NamedTuple):
    """A line of text, its left end on the base line."""

    x: float
    y: float
    text: str
    style: Style


class Rule(NamedTuple):
    """A thin line across the page."""

    y: float


class Page(NamedTuple):
    """What stands on one page."""

    marks: list[Mark]
    rules: list[Rule]


class Cursor:
    """The place where the next line stands.

    Args:
        fonts: of all texts.
        begin_page: called when a page begins, to set what stands at its head.
    """

    def __init__(self, fonts: Fonts, begin_page: Callable[[Cursor], None]) -> None:
        self.fonts = fonts
        self._begin_page = begin_page
        self.pages: list[Page] = []
        self.y = 0.0

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append(Page([], []))
        self.y = TOP
        self._begin_page(self)

    def need(self, height: float) -> None:
        """Go on where so many points are left, on this page or a new one."""
        if self.y - height < BOTTOM:
            self.new_page()

    def down(self, height: float) -> None:
        """Leave some points free."""
        self.y -= height

    def rule(self) -> None:
        """A thin line, and a little room below it."""
        self.pages[-1].rules.append(Rule(self.y))
        self.y -= 4

    def line(self, text: str, style: Style, x: float = LEFT) -> None:
        """One line of text, at the cursor's height, which goes down by it."""
        self.down(style.height)
        self.beside(text, style, x)

    def beside(self, text: str, style: Style, x: float) -> None:
        """A text beside the last line."""
        if text:
            self.pages[-1].marks.append(Mark(x, self.y, text, style))

    def right(self, text: str, style: Style, right: float, width: float) -> None:
        """A text beside the last line, ending at ``right``; letters shrink where it is wider than its column."""
        taken = self.fonts.width(style.font, style.size, text)
        if taken > width:
            style = style._replace(size=style.size * width / taken)
        self.beside(text, style, right - min(taken, width))

    def wrapped(self, text: str, style: Style, width: float) -> Iterator[str]:
        """The lines of a text as people wrote it."""
        shown = "\n".join(self.fonts.shown(line) for line in text.splitlines())
        return lines_of(shown, width, lambda part: self.fonts.width(style.font, style.size, part))
