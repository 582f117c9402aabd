"""The command lines of the entry field, and what each would do.

    > new note <content>
    > task <content>
    > schedule MM/DD/YYYY HH:mm <title>
    > schedule MM/DD/YYYY HH:mm-HH:mm <title>

Keywords are English in any letter case, digits are ASCII, and white space is whatever Unicode calls so. Times are those
of a zone: one that the zone skips is no time, and one that occurs twice is the first.

Not here: doing it (entry.py).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from contracts.lazynote.errors import (
    EmptyCommand,
    MissingPrefix,
    NoteContentEmpty,
    ScheduleDatetimeInvalid,
    ScheduleFormatInvalid,
    ScheduleRangeInvalid,
    ScheduleTitleEmpty,
    TaskContentEmpty,
    UnknownEntryCommand,
)
from contracts.lazynote.v1.entry import is_command
from contracts.lazynote.white_space import BLANK, NO_BLANK, trimmed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# Letters are spelled out: ignoring case, Unicode takes the Kelvin sign for a K.
_KEYWORD = re.compile(
    f"([nN][eE][wW]{BLANK}+[nN][oO][tT][eE]|[tT][aA][sS][kK]|[sS][cC][hH][eE][dD][uU][lL][eE])(?!{NO_BLANK})"
)
_SCHEDULE = re.compile(
    rf"(?P<date>[0-9]{{2}}/[0-9]{{2}}/[0-9]{{4}}){BLANK}+(?P<start>[0-9]{{2}}:[0-9]{{2}})(?:-(?P<end>[0-9]{{2}}:[0-9]{{2}}))?"
    rf"(?:{BLANK}+(?P<title>{NO_BLANK}.*))?",
    re.DOTALL,
)
_LINE_END = re.compile("[\n\v\f\r\x85\u2028\u2029]")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # local and UTC times are subtracted by hand: years 1 and 9999 have no neighbours
_MILLISECOND = timedelta(milliseconds=1)


class Parsed(NamedTuple):
    """What a line would do."""

    #: ``new_note``, ``create_task`` or ``schedule``.
    action: str
    target_command: str
    #: For the target command.
    args: dict[str, Any]


def parse(line: str, timezone_name: str) -> Parsed:
    """Read a command line.

    Args:
        line: as it was typed.
        timezone_name: IANA name of the zone its times are meant in.

    Raises:
        Refusal: the line is no command; the class says why.
    """
    keyword, rest = _split(line)
    if keyword == "task":
        return Parsed("create_task", "entry_create_task", {"content": _filled(rest, TaskContentEmpty)})
    if keyword == "schedule":
        return Parsed("schedule", "entry_schedule", _event(rest, timezone_name))
    return Parsed("new_note", "entry_create_note", {"content": _filled(rest, NoteContentEmpty)})


def _split(line: str) -> tuple[str, str]:
    """The keyword in small letters, and what follows it, trimmed."""
    line = trimmed(line)
    if not is_command(line):
        raise MissingPrefix
    body = trimmed(line[1:])
    if not body:
        raise EmptyCommand
    keyword = _KEYWORD.match(body)
    if keyword is None:
        raise UnknownEntryCommand
    return keyword[0].lower(), trimmed(body[keyword.end() :])


def _filled(content: str, refusal: type[NoteContentEmpty | TaskContentEmpty]) -> str:
    if not content:
        raise refusal
    return content


def _event(rest: str, timezone_name: str) -> dict[str, Any]:
    """The arguments of ``entry_schedule``."""
    given = _SCHEDULE.fullmatch(rest)
    if given is None or _LINE_END.search(given["title"] or ""):
        raise ScheduleFormatInvalid
    if not given["title"]:
        raise ScheduleTitleEmpty
    from zoneinfo import ZoneInfo  # most processes read no command line

    zone = ZoneInfo(timezone_name)
    start_ms = _epoch_ms(given["date"], given["start"], zone)
    end_ms = None if given["end"] is None else _epoch_ms(given["date"], given["end"], zone)
    if end_ms is not None and end_ms <= start_ms:
        raise ScheduleRangeInvalid
    return {"title": given["title"], "start_epoch_ms": start_ms, "end_epoch_ms": end_ms}


def _epoch_ms(date: str, time: str, zone: ZoneInfo) -> int:
    """The moment at which the zone's clocks first show this."""
    month, day, year = map(int, date.split("/"))
    hour, minute = map(int, time.split(":"))
    try:
        shown = datetime(year, month, day, hour, minute)  # noqa: DTZ001  # as _EPOCH
    except ValueError:
        raise ScheduleDatetimeInvalid from None
    offset, later_offset = (_offset(shown.replace(fold=fold), zone) for fold in (0, 1))
    if offset < later_offset:  # clocks are put forward over it
        raise ScheduleDatetimeInvalid
    return (shown - _EPOCH - offset) // _MILLISECOND


def _offset(shown: datetime, zone: ZoneInfo) -> timedelta:
    offset = zone.utcoffset(shown)
    assert offset is not None
    return offset
