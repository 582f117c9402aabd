"""Times as answers show them; tables hold epoch milliseconds."""

from datetime import UTC, datetime


def iso_text(epoch_ms: int) -> str:
    """ISO 8601 in UTC with milliseconds: ``2026-03-01T09:00:00.000Z``."""
    seconds, millis = divmod(epoch_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{millis:03d}Z"
