"""Databases that stand for many tests: emptied before each, and looked at beside commands.

Over a connection the bus keeps: making one for each statement took more time than many a test.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bus.database.tables import call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bus.application import Bus


def execute(bus: Bus, statement: sa.Executable) -> list[Any]:
    """The rows of a statement, in a transaction of its own."""
    with bus.database.writer().transaction() as kept:
        result = kept.core.execute(statement)
        return list(result) if result.returns_rows else []


def empty(bus: Bus, tables: Sequence[sa.Table]) -> None:
    """Remove all rows, and what the bus remembers of calls, in one transaction.

    Args:
        bus: of the database.
        tables: each behind those it refers to.
    """
    statements = _deletions(tuple(tables))
    with bus.database.writer().transaction() as kept:
        # PostgreSQL takes them all at once.
        for text in statements if bus.database.kind == "sqlite" else ("; ".join(statements),):
            kept.core.exec_driver_sql(text)


@functools.cache
def _deletions(tables: tuple[sa.Table, ...]) -> list[str]:
    return [str(sa.delete(table)) for table in (call, *reversed(tables))]
