"""What instants the texts of a caller stand for.

Text with an offset is an instant; text without one is local time in a zone; a bare date is the first or the last second
of the day. Instants are kept to the millisecond: what starts and ends within one takes no time.

A local time that a clock shows twice is the first of the two; one that it skips is where it would be had it not.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bus.errors import InvalidArguments

DAY_MS = 86_400_000
FIRST_SECOND, LAST_SECOND = "T00:00:00", "T23:59:59"

_BARE = re.compile(r"[0-9-]{10}")
_PARTS = re.compile(r"(.{16})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-].{4,5})?")
_EPOCH, _MILLISECOND = datetime(1970, 1, 1), timedelta(milliseconds=1)  # noqa: DTZ001  # local time of any zone


def is_bare(text: str) -> bool:
    """Whether the text is a date without a time of day."""
    return _BARE.fullmatch(text) is not None


def instant_ms(text: str, zone: str) -> int:
    """Epoch milliseconds of a date and time of day that exists.

    Args:
        text: ISO 8601, as ``contracts.calendar.fields.DayOrMoment`` lets it through.
        zone: of a text without an offset.
    """
    parts = _PARTS.fullmatch(text)
    assert parts is not None
    minutes, seconds, fraction, offset = parts.groups()
    local = datetime.fromisoformat(minutes) + timedelta(seconds=int(seconds or 0))
    millis = int((fraction or "0").ljust(3, "0")[:3])
    ahead = _ahead(offset) if offset else local.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    return (local - _EPOCH - ahead) // _MILLISECOND + millis


def _ahead(offset: str) -> timedelta:
    """How far a clock with this offset is ahead of UTC."""
    if offset == "Z":
        return timedelta()
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return ahead if offset[0] == "+" else -ahead


def placed(event: dict[str, Any]) -> dict[str, Any]:
    """The columns that say when the event is.

    Raises:
        InvalidArguments: it has a bare date without taking the whole day, or does not start before it ends.
    """
    for name in ("start_datetime", "end_datetime"):
        if is_bare(event[name]) and not event["all_day"]:
            raise _fault(name, "must have a time of day unless all_day is true")
    start = event["start_datetime"] + (FIRST_SECOND if is_bare(event["start_datetime"]) else "")
    end = event["end_datetime"] + (LAST_SECOND if is_bare(event["end_datetime"]) else "")
    start_utc, end_utc = instant_ms(start, event["timezone"]), instant_ms(end, event["timezone"])
    if start_utc >= end_utc:
        raise _fault("end_datetime", "must be later than start_datetime")
    return {"start_datetime": start, "end_datetime": end, "start_utc": start_utc, "end_utc": end_utc}


def stretch(start: str, end: str) -> tuple[int, int]:
    """From when to when a list looks, epoch milliseconds; without an offset in UTC, the last day whole.

    Raises:
        InvalidArguments: it ends before it starts.
    """
    start_ms = instant_ms(start + (FIRST_SECOND if is_bare(start) else ""), "UTC")
    end_ms = instant_ms(end + FIRST_SECOND, "UTC") + DAY_MS if is_bare(end) else instant_ms(end, "UTC")
    if start_ms > end_ms - is_bare(end):  # the day that is included ends where the next one begins
        raise _fault("end_date", "must not be before start_date")
    return start_ms, end_ms


def _fault(name: str, fault: str) -> InvalidArguments:
    return InvalidArguments(f"{name} {fault}", {name: [fault]})
