"""Documents as their readers see them: text taken out of them, and pages rendered to pictures."""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import TYPE_CHECKING, Any

import pypdfium2

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels for a point.
SCALE = 3
#: Below it a pixel counts as ink; 255 is white.
INK = 170


class Paper:
    """An exported document."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.bytes = base64.b64decode(answer["content_base64"], validate=True)
        assert answer["content_type"] == "application/pdf"
        assert answer["byte_size"] == len(self.bytes)
        assert answer["sha256"] == hashlib.sha256(self.bytes).hexdigest()
        assert self.bytes.startswith(b"%PDF-")
        assert self.bytes.rstrip().endswith(b"%%EOF")
        self._document = pypdfium2.PdfDocument(self.bytes)

    def __len__(self) -> int:
        return len(self._document)

    @functools.cached_property
    def pages(self) -> list[str]:
        """The text of each page, its white space as single blanks."""
        return [" ".join(page.get_textpage().get_text_range().split()) for page in self._document]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return " ".join(self.pages)

    def holds(self, text: str) -> bool:
        """Whether the words of a text stand in the document, in their order, wherever its lines are broken."""
        return "".join(text.split()) in "".join(self.text.split())

    @functools.cached_property
    def pictures(self) -> list[Image]:
        """Each page as it is printed, in shades of grey."""
        return [page.render(scale=SCALE, grayscale=True).to_pil().convert("L") for page in self._document]

    def invisible(self, number: int) -> str:
        """The letters of a page in whose place there is no ink."""
        page, picture = self._document[number], self.pictures[number]
        letters = page.get_textpage()
        found = ""
        for place, char in enumerate(letters.get_text_range()):
            if char.isspace():
                continue
            left, bottom, right, top = letters.get_charbox(place, loose=True)
            height = page.get_height()
            box = [round(edge * SCALE) for edge in (left, height - top, right, height - bottom)]
            darkest, _ = picture.crop((box[0], box[1], max(box[2], box[0] + 1), box[3])).getextrema()
            found += char if darkest > INK else ""
        return found

    def ink(self, number: int, left: float, top: float, right: float, bottom: float) -> float:
        """How much of a part of a page is ink; the parts are points from the upper left corner."""
        part = self.pictures[number].crop(tuple(round(edge * SCALE) for edge in (left, top, right, bottom)))
        return sum(part.histogram()[:INK]) / (part.width * part.height)
