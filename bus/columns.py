"""Kinds of columns for the tables of plugins, each meaning the same on SQLite and on PostgreSQL.

Not here: migrations, which spell their columns out, so that they stay what they were.
"""

import re
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Text, func
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bus import wire

__all__ = ["KEY_TEXT", "ROW_ID", "JsonText", "holds", "one_of"]

#: Numbers of rows: SQLite numbers rows by itself only in a column of exactly its type INTEGER.
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")

#: Text that is compared and sorted: by code points, A to Z alone folded by lower(), whatever PostgreSQL's locale is.
KEY_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class JsonText(TypeDecorator[Any]):
    """A JSON value with the order of its members; unset is SQL null, and None never becomes JSON's null.

    Text and not a JSON type: PostgreSQL's ``jsonb`` re-orders members, SQLite's reading of the word JSON turns
    ``"1"`` into a number.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """JSON text of a value."""
        return None if value is None else wire.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value of stored JSON text."""
        return None if value is None else wire.decode_stored(value)


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition that a column holds one of these words, for a ``CheckConstraint``."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


#: Longest pattern that SQLite is given; it takes a few times as many.
_MOST_IN_PATTERN = 1_000
_SPECIAL = re.compile(r"[*?\[]")


def holds(dialect: str, column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    """The condition that a text holds another one, letter for letter; nothing in it means anything else.

    Args:
        dialect: ``ctx.db.dialect``.
        column: the text that is searched.
        part: the text that is looked for.
    """
    if dialect == "postgresql":
        return func.strpos(column, part) > 0
    if len(part) > _MOST_IN_PATTERN:
        return func.instr(column, part) > 0
    pattern = _SPECIAL.sub(lambda special: f"[{special[0]}]", part)  # a quarter quicker than instr()
    return column.op("GLOB", is_comparison=True)(f"*{pattern}*")
