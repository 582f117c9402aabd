"""What a quote says, from its head to its terms, as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from plugins.quotes.pdf.fonts import Fonts
from plugins.quotes.pdf.layout import BOTTOM, HEAD, LEFT, RIGHT, SMALL, TEXT, TITLE, Cursor, Mark, Page, Style


class Column(NamedTuple):
    """A column of numbers."""

    title: str
    right: float
    width: float


QTY, PRICE, TAX, SUM = (
    Column("Qty", 335, 70),
    Column("Unit price", 418, 78),
    Column("Tax", 455, 34),
    Column("Total", RIGHT, 86),
)
#: Of the texts beside them.
ITEM_WIDTH = 205.0
_VEHICLE = ("vehicle_plate", "vehicle_make", "vehicle_model", "vehicle_year")


def pages_of(quote: dict[str, Any], client_name: str, fonts: Fonts, tell: Callable[[int], None]) -> list[Page]:
    """The pages of a quote.

    Args:
        quote: as ``quote_get`` answers it.
        client_name: what the client is called.
        fonts: of all texts.
        tell: called after each item with how many are set; what it raises ends the work.
    """
    has_table = True

    def begin_page(cursor: Cursor) -> None:
        if len(cursor.pages) > 1 and has_table:
            _table_head(cursor)

    cursor = Cursor(fonts, begin_page)
    cursor.new_page()
    _head(cursor, quote, client_name)
    _table_head(cursor)
    for done, item in enumerate(quote["items"], 1):
        _item(cursor, item)
        tell(done)
    has_table = False
    _sums(cursor, quote)
    for title in ("terms", "notes"):
        _section(cursor, title.capitalize(), quote[title])
    return _numbered(cursor, quote["quote_number"])


def money(cents: int) -> str:
    """An amount with two decimals: ``-1234.50 €``."""
    units, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{units}.{rest:02d} €"


def _head(cursor: Cursor, quote: dict[str, Any], client_name: str) -> None:
    cursor.line(f"Quote {quote['quote_number']}", TITLE)
    cursor.down(8)
    vehicle = " ".join(quote[name] for name in _VEHICLE if quote[name])
    vin = quote["vehicle_vin"] and f"VIN {quote['vehicle_vin']}"
    facts = {
        "Date": _day(quote["created_at"]),
        "Valid until": "" if quote["valid_until"] is None else _day(quote["valid_until"]),
        "Client": client_name,
        "Vehicle": ", ".join(part for part in (vehicle, vin) if part),
    }
    for title, text in facts.items():
        if text:
            _fact(cursor, title, text)
    cursor.down(14)


def _fact(cursor: Cursor, title: str, text: str) -> None:
    indent = 80
    for number, line in enumerate(cursor.wrapped(text, TEXT, RIGHT - LEFT - indent)):
        cursor.line(line, TEXT, LEFT + indent)
        if number == 0:
            cursor.beside(title, HEAD, LEFT)


def _table_head(cursor: Cursor) -> None:
    cursor.line("Item", HEAD)
    for column in (QTY, PRICE, TAX, SUM):
        cursor.right(column.title, HEAD, column.right, column.width)
    cursor.down(5)
    cursor.rule()


def _item(cursor: Cursor, item: dict[str, Any]) -> None:
    """Its label beside its numbers, its description below; each line finds its page by itself."""
    for number, line in enumerate(cursor.wrapped(item["label"], TEXT, ITEM_WIDTH)):
        cursor.need(TEXT.height)
        cursor.line(line, TEXT)
        if number == 0:
            _numbers(cursor, item)
    for line in cursor.wrapped(item["description"], SMALL, ITEM_WIDTH) if item["description"] else ():
        cursor.need(SMALL.height)
        cursor.line(line, SMALL)
    cursor.down(4)


def _numbers(cursor: Cursor, item: dict[str, Any]) -> None:
    rate = item["tax_rate"]
    texts = {
        QTY: _plain(item["qty"], 3),
        PRICE: money(item["unit_price"]),
        TAX: "" if rate is None else f"{_plain(rate, 2)} %",
        SUM: money(item["line_total"]),
    }
    for column, text in texts.items():
        cursor.right(text, TEXT, column.right, column.width)


def _sums(cursor: Cursor, quote: dict[str, Any]) -> None:
    rows = (("Subtotal", "subtotal", TEXT), ("Tax", "tax_total", TEXT), ("Total", "total", Style(HEAD.font, 12)))
    gap = 6
    cursor.need(sum(style.height for *_, style in rows) + 2 * gap)
    cursor.down(gap)
    cursor.rule()
    for title, name, style in rows:
        cursor.line(title, style, PRICE.right - PRICE.width)
        cursor.right(money(quote[name]), style, RIGHT, 130)


def _section(cursor: Cursor, title: str, text: str | None) -> None:
    if not text:
        return
    cursor.down(14)
    cursor.need(HEAD.height + TEXT.height)
    cursor.line(title, HEAD)
    for line in cursor.wrapped(text, TEXT, RIGHT - LEFT):
        cursor.need(TEXT.height)
        cursor.line(line, TEXT)


def _numbered(cursor: Cursor, quote_number: str) -> list[Page]:
    """The pages, each with its number at its foot."""
    pages = cursor.pages
    for number, page in enumerate(pages, 1):
        text = f"{quote_number} - page {number} of {len(pages)}"
        left = (LEFT + RIGHT - cursor.fonts.width(SMALL.font, SMALL.size, text)) / 2
        page.marks.append(Mark(left, BOTTOM - 30, text, SMALL))
    return pages


def _day(epoch_ms: int) -> str:
    return datetime.fromtimestamp(epoch_ms / 1000, UTC).date().isoformat()


def _plain(number: float, places: int) -> str:
    """A decimal without zeros at its end."""
    return f"{number:.{places}f}".rstrip("0").rstrip(".")
