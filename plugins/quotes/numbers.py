"""The numbers of quotes: a counter that is raised in the transaction that makes the quote.

Whoever takes a number holds the counter until the commit, so a refused quote gives its number back, and no two quotes
have the same one. No number is given twice, whatever becomes of its quote.
"""

from __future__ import annotations

from sqlalchemy import text

from bus.context import Context

_NEXT = text(
    "INSERT INTO quotes_counters (name, value) VALUES ('quotes', 1) "
    "ON CONFLICT (name) DO UPDATE SET value = quotes_counters.value + 1 RETURNING value"
)


def next_number(ctx: Context) -> int:
    """The number after the last one."""
    return ctx.db.scalar(_NEXT)


def written(number: int) -> str:
    """A number as people read it: ``DEV-00001``."""
    return f"DEV-{number:05d}"
