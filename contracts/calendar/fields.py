"""The fields of arguments about time: dates and times of day with or without an offset, zones; and ids.

Not here: what instants texts stand for (plugins/calendar/instants.py).
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re
import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from bus.fields import Text
from contracts.workshop.fields import Trimmed

#: A date and a time of day; seconds, their fractions and an offset may follow. Groups: up to the minutes, seconds,
#: offset.
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9])(:[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r"(Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_LINK = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


class DayOrMoment(Text):
    """ISO 8601: a date, or a date and a time of day with or without an offset."""

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "form": "must be a date and time that exist, 2026-06-22T09:00:00Z, or a date",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        moment = _MOMENT.fullmatch(text)
        if moment is None and not _DAY.fullmatch(text):
            raise self.make_error("form")
        if not _exists(text if moment is None else moment[1]):
            raise self.make_error("form")
        return text

    def json_schema(self) -> dict[str, Any]:
        """What looks like one of both."""
        examples = ["2026-06-22T09:00:00Z", "2026-06-22T10:00:00Z"]
        return {"type": "string", "pattern": f"^(?:{_DAY.pattern}|{_MOMENT.pattern})$", "examples": examples}


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime"})  # no zone, but whichever this machine has


class Zone(Text):
    """The IANA name of a time zone."""

    default_error_messages = {"form": "must be the name of a time zone"}  # noqa: RUF012  # as above

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text != "UTC" and text not in _zones():
            raise self.make_error("form")
        return text

    def json_schema(self) -> dict[str, Any]:
        """What looks like a name; which there are changes from year to year."""
        return {"type": "string", "pattern": "^[A-Za-z0-9_+/-]+$", "examples": ["Europe/Paris", "UTC"]}


class Color(Trimmed):
    """A colour, ``#RRGGBB``."""

    default_error_messages = {"form": "must be a colour, #RRGGBB"}  # noqa: RUF012  # as above
    form = _COLOR.pattern

    def read(self, text: str) -> str:
        """As it stands."""
        if not _COLOR.fullmatch(text):
            raise self.make_error("form")
        return text


class Link(Trimmed):
    """An address on the web."""

    default_error_messages = {"form": "must be an http or https URL"}  # noqa: RUF012  # as above

    def json_schema(self) -> dict[str, Any]:
        """What begins like one."""
        from contracts.patterns import BLANKS

        schema = super().json_schema()
        normal = {"type": "string", "format": "uri", "pattern": '^https?://[!"$-.0->@-~][!-~]*$'}
        # Python takes the long s for an s where it looks at no letter case.
        begin = rf"^[{BLANKS}]*[hH][tT][tT][pP][sS\u017f]?://[^{BLANKS}/?#]"
        return schema | {"pattern": f"{begin}|^[{BLANKS}]*$" if self.allow_none else begin, "x-normalised": normal}

    def read(self, text: str) -> str:
        """As it stands."""
        if not _LINK.fullmatch(text):
            raise self.make_error("form")
        return text


def id_of_row(**options: Any) -> Trimmed:
    """The id of a row: any text, because one that matches nothing is found nowhere."""
    return Trimmed(most=100, **options)
