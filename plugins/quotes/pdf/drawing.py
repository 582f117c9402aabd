"""Pages as the bytes of a PDF: equal pages give equal bytes, whenever and wherever they are drawn."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from plugins.quotes.pdf.layout import LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, Page

_RULE_WIDTH = 0.6


def drawn(pages: list[Page], title: str, tell: Callable[[int], None]) -> bytes:
    """The document.

    Args:
        pages: what stands on them.
        title: of the document, as readers show it.
        tell: called after each page with how many are drawn; what it raises ends the work.
    """
    file = io.BytesIO()
    # invariant: no date of today, no random id.
    canvas = Canvas(file, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1)
    canvas.setTitle(title)
    for done, page in enumerate(pages, 1):
        _draw(canvas, page)
        canvas.showPage()
        tell(done)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, page: Page) -> None:
    canvas.setLineWidth(_RULE_WIDTH)
    for rule in page.rules:
        canvas.line(LEFT, rule.y, RIGHT, rule.y)
    for mark in page.marks:
        canvas.setFont(mark.style.font, mark.style.size)
        canvas.setFillGray(mark.style.grey)
        canvas.drawString(mark.x, mark.y, mark.text)
