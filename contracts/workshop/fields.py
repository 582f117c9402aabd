"""The fields of arguments about work: trimmed texts, days and clock times, tags, emails, parts of lists.

Texts are loaded without the white space around them; where null may stand, a blank is null.

Not here: the fields of answers (rows.py); those are never read from callers.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from bus.contract import Schema
from bus.fields import EpochMillis, Int64, List, Text, validate

#: Latest moment of the year 9999, epoch milliseconds.
MAX_MOMENT = 253_402_300_799_999
MIN_YEAR, MAX_YEAR = 1900, 2100
#: Characters of a tag.
MAX_TAG = 50

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_EMAIL = re.compile(r"[A-Za-z0-9_%+-][A-Za-z0-9._%+-]*@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_YEAR = re.compile(r"[0-9]{4}")


class Trimmed(Text):
    """Text without the white space around it, not blank.

    Args:
        most: characters it may have; None: any number.
    """

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "blank": "must not be blank",
        "long": "must have at most {most} characters",
    }
    #: What ``read`` asks of a text, as a pattern of JSON Schema; empty: nothing.
    form: ClassVar[str] = ""

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not text:
            if self.allow_none:
                return None
            raise self.make_error("blank")
        if self.most is not None and len(text) > self.most:
            raise self.make_error("long", most=self.most)
        return self.read(text)

    def json_schema(self) -> dict[str, Any]:
        """Texts with and without white space around them, blank ones where they mean null."""
        from contracts.patterns import padded, text_of_form, trimmed_text

        form = self.form or "|".join(map(re.escape, self._words()))
        schema = text_of_form(form, self.most) if form else trimmed_text(1, self.most)
        if self.allow_none:
            schema.pop("pattern")
            if form:
                schema["pattern"] = padded(f"(?:{form})?")
        return schema

    def _words(self) -> list[str]:
        """Those of which one is asked for, as they are spelled; none: any text will do."""
        sets = [check.choices for check in self.validators if isinstance(check, validate.OneOf)]
        is_read_as_sent = type(self).read is Trimmed.read
        return [word for word in sets[0] if word is not None] if sets and is_read_as_sent else []

    def read(self, text: str) -> str:
        """What a text that is not blank is loaded as.

        Raises:
            ValidationError: the text is none of those that the field takes.
        """
        return text


class Day(Trimmed):
    """A calendar date that exists, ``YYYY-MM-DD``."""

    default_error_messages = {"form": "must be a date that exists, YYYY-MM-DD"}  # noqa: RUF012  # as above
    form = _DAY.pattern

    def json_schema(self) -> dict[str, Any]:
        """A date."""
        schema = super().json_schema()
        schema["x-normalised"]["format"] = "date"
        return schema

    def read(self, text: str) -> str:
        """The date as it stands."""
        try:
            date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            raise self.make_error("form") from None
        return text


class ClockTime(Trimmed):
    """A time of day, ``HH:MM``."""

    default_error_messages = {"form": "must be a time from 00:00 to 23:59, HH:MM"}  # noqa: RUF012  # as above
    form = _CLOCK.pattern

    def read(self, text: str) -> str:
        """The time as it stands."""
        if not _CLOCK.fullmatch(text):
            raise self.make_error("form")
        return text


class Email(Trimmed):
    """An email address, loaded in lower case."""

    default_error_messages = {"form": "must be an email address"}  # noqa: RUF012  # as above
    form = _EMAIL.pattern

    def json_schema(self) -> dict[str, Any]:
        """An email address."""
        schema = super().json_schema()
        schema["x-normalised"]["format"] = "email"
        return schema

    def read(self, text: str) -> str:
        """The address in lower case."""
        if not _EMAIL.fullmatch(text) or ".." in text:
            raise self.make_error("form")
        return text.lower()


class Year(Trimmed):
    """A year from 1900 to 2100 as text; a whole number is taken as well."""

    default_error_messages = {"form": "must be a year from 1900 to 2100"}  # noqa: RUF012  # as above
    form = "19[0-9]{2}|20[0-9]{2}|2100"

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return super()._deserialize(str(value) if type(value) is int else value, attr, data, **kwargs)

    def json_schema(self) -> dict[str, Any]:
        """A year as text, or as a number."""
        return super().json_schema() | {"type": ["integer", "string"], "minimum": MIN_YEAR, "maximum": MAX_YEAR}

    def read(self, text: str) -> str:
        """The year as text."""
        if not _YEAR.fullmatch(text) or not MIN_YEAR <= int(text) <= MAX_YEAR:
            raise self.make_error("form")
        return text


class Tags(List):
    """A list of tags, or text that is a JSON list of them."""

    default_error_messages = {"json": "must be a list, or text that is a JSON list"}  # noqa: RUF012  # as above

    def __init__(self, **options: Any) -> None:
        super().__init__(Trimmed(most=MAX_TAG), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                value = None
            if not isinstance(value, list):
                raise self.make_error("json")
        return super()._deserialize(value, attr, data, **kwargs)

    def json_schema(self) -> dict[str, Any]:
        """The list, or text that is one."""
        items: dict[str, Any] = {"items": Trimmed(most=MAX_TAG).json_schema()}
        return {"type": ["array", "string"], **items, "x-normalised": {"type": "array", **items}}


class SortOrder(Trimmed):
    """``asc`` or ``desc``, in any letter case."""

    default_error_messages = {"form": "must be asc or desc"}  # noqa: RUF012  # as above
    form = "[aA][sS][cC]|[dD][eE][sS][cC]"

    def json_schema(self) -> dict[str, Any]:
        """One of both."""
        schema = super().json_schema()
        schema["x-normalised"] = {"type": "string", "enum": ["asc", "desc"]}
        return schema

    def read(self, text: str) -> str:
        """In lower case."""
        if text.lower() not in ("asc", "desc"):
            raise self.make_error("form")
        return text.lower()


def word(words: tuple[str, ...], **options: Any) -> Trimmed:
    """One of these words."""
    return Trimmed(validate=validate.OneOf(words), **options)


def one_of_or_null(words: tuple[str, ...]) -> Trimmed:
    """One of these words; null or absent: none of them."""
    return Trimmed(load_default=None, allow_none=True, validate=validate.OneOf((*words, None)))


def text_or_null(most: int | None = None) -> Trimmed:
    """Text that may be left out."""
    return Trimmed(most=most, load_default=None, allow_none=True)


def moment_or_null() -> EpochMillis:
    """A moment that may be left out."""
    return EpochMillis(load_default=None, allow_none=True, validate=validate.Range(0, MAX_MOMENT))


class Paged(Schema):
    """Which page of a list, and how long pages are; what lies outside is moved to the nearer end."""

    page = Int64(load_default=None, allow_none=True)
    limit = Int64(load_default=None, allow_none=True)


class Sorted(Paged):
    """In which order the rows of the list stand."""

    sort_by = Trimmed(load_default=None, allow_none=True)  # an unknown one: created_at
    sort_order = SortOrder(load_default=None, allow_none=True)  # desc


class PageCounts(Schema):
    """What the answer of a list says beside its rows."""

    total_count = Int64(required=True)  # of all pages
    page = Int64(required=True)
    limit = Int64(required=True)
    total_pages = Int64(required=True)
