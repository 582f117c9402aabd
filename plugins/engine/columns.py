"""The kinds of columns this domain has beyond plain numbers and text. Each means the same on SQLite and PostgreSQL.

Rows come out of these columns as they stand in results: moments as ISO text, JSON as values.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


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


class Digest(TypeDecorator[Any]):
    """SHA-256 of a text: what is unique and looked up in place of the text.

    A key may have any length, a path alone 4,096 bytes; an entry of a PostgreSQL index ends at 2,704.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The digest of a text."""
        return None if value is None else hashlib.sha256(value.encode()).digest()
