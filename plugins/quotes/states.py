"""The states of a quote and the moves between them: the one table that every change of a status goes through.

A sent quote whose time is over is expired from that moment on, whether or not that is stored yet.

Not here: storing it (expiring.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, case, literal_column, or_

from contracts.quotes.errors import QuoteInvalidState
from contracts.quotes.words import ACCEPTED, DRAFT, EXPIRED, REJECTED, SENT
from plugins.quotes.tables import quotes

#: Status -> those it may become by a command.
MOVES: dict[str, tuple[str, ...]] = {
    DRAFT: (SENT, REJECTED),
    SENT: (ACCEPTED, REJECTED),
    ACCEPTED: (),
    REJECTED: (),
    EXPIRED: (),
}

# A constant of the statement: no database takes an index over sent quotes for a status that it is told later.
_IS_SENT = quotes.c.status == literal_column(f"'{SENT}'")


def is_over(quote: Row[Any], now_ms: int) -> bool:
    """Whether the time to accept the quote has passed; its last moment belongs to it."""
    return quote.valid_until is not None and quote.valid_until < now_ms


def status_of(quote: Row[Any], now_ms: int) -> str:
    """What the quote is at this moment."""
    return EXPIRED if quote.status == SENT and is_over(quote, now_ms) else quote.status


def require_draft(quote: Row[Any], now_ms: int) -> None:
    """Go on only if the quote may still be edited.

    Raises:
        QuoteInvalidState: it may not.
    """
    if quote.status != DRAFT:
        raise QuoteInvalidState(status=status_of(quote, now_ms))


def require_move(quote: Row[Any], new: str, now_ms: int) -> None:
    """Go on only if the quote may become that; nobody is sent an offer that is over.

    Raises:
        QuoteInvalidState: it may not.
    """
    status = status_of(quote, now_ms)
    if new not in MOVES[status] or (new == SENT and is_over(quote, now_ms)):
        raise QuoteInvalidState(status=status)


def over_at(now_ms: int) -> ColumnElement[bool]:
    """Sent quotes whose time is over."""
    return _IS_SENT & (quotes.c.valid_until < now_ms)


def is_status(status: str, now_ms: int) -> ColumnElement[bool]:
    """Quotes that are this at this moment."""
    if status == EXPIRED:
        return quotes.c.status.in_((EXPIRED, SENT)) & or_(quotes.c.status == EXPIRED, quotes.c.valid_until < now_ms)
    if status == SENT:
        return _IS_SENT & or_(quotes.c.valid_until.is_(None), quotes.c.valid_until >= now_ms)
    return quotes.c.status == status


def status_at(now_ms: int) -> ColumnElement[str]:
    """What a quote is at this moment, for lists sorted by it."""
    return case((over_at(now_ms), EXPIRED), else_=quotes.c.status)
