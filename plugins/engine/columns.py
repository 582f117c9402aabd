"""The kinds of columns this domain has beyond plain numbers and text. Each means the same on SQLite and PostgreSQL.

Rows come out of these columns as they stand in results: moments as ISO text, JSON as values.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bus import wire

#: Ids: SQLite numbers rows by itself only in a column of exactly its type INTEGER.
ROW_ID = BigInteger().with_variant(Integer(), "sqlite")

#: Text that is searched and sorted: by code points, A to Z alone folded by lower(), whatever PostgreSQL's locale is.
KEY_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def iso_text(epoch_ms: int) -> str:
    """ISO 8601 in UTC with milliseconds: ``2026-02-20T09:30:00.123Z``."""
    seconds, millis = divmod(epoch_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{millis:03d}Z"


class Moment(TypeDecorator[Any]):
    """A point in time: epoch milliseconds in, ISO text out."""

    impl = BigInteger
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        """ISO text of the stored number."""
        return None if value is None else iso_text(value)


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


class Digest(TypeDecorator[Any]):
    """SHA-256 of a text: what is unique and looked up in place of the text.

    A key may have any length, a path alone 4,096 bytes; an entry of a PostgreSQL index ends at 2,704.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The digest of a text."""
        return None if value is None else hashlib.sha256(value.encode()).digest()
