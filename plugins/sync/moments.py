"""Times as answers show them; tables hold epoch milliseconds."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso_text(epoch_ms: int) -> str:
    """ISO 8601 in UTC with milliseconds, from the year 1 on: ``2026-03-01T09:00:00.000Z``."""
    moment = _EPOCH + timedelta(milliseconds=epoch_ms)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
