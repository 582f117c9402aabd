"""The fields of this domain's arguments: ids in any spelling, trimmed text, tags, kinds, time zones, pages.

Not here: what the fields of answers are (rows.py); those are never read from callers.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import functools
import re
import unicodedata
import zoneinfo
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from bus.fields import Id, Int64, Text, validate
from contracts.lazynote.white_space import WHITE_SPACE, trimmed

#: Characters that the content of an atom, a name, a tag may have.
MAX_CONTENT, MAX_NAME, MAX_TAG = 1_000_000, 255, 100
KINDS = ("note", "task", "event")
STATUSES = ("todo", "in_progress", "done", "cancelled")
DELETE_MODES = ("dissolve", "delete_all")
#: The folder that ``workspace_explorer`` invents for notes outside of every folder.
UNCATEGORIZED = "__uncategorized__"

_DIGITS = re.compile(r"[0-9a-f]{32}\Z")
_GROUPS = re.compile(r"(.{8})(.{4})(.{4})(.{4})(.{12})")
_ANY_UUID = "[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def _padded(form: str) -> str:
    from contracts.patterns import padded

    return padded(form, WHITE_SPACE)


class AnyId(Id):
    """A UUID in any letter case, with hyphens or without, blanks around it; loaded in its one spelling."""

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "type": "must be a string",
        "invalid": "must be a UUID",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        spelled = trimmed(value).lower() if isinstance(value, str) else value
        if isinstance(spelled, str) and _DIGITS.match(spelled):
            spelled = _GROUPS.sub(r"\1-\2-\3-\4-\5", spelled)
        return super()._deserialize(spelled, attr, data, **kwargs)

    def json_schema(self) -> dict[str, Any]:
        """A UUID in any of its spellings."""
        return {"type": "string", "pattern": _padded(_ANY_UUID), "x-normalised": {"type": "string", "format": "uuid"}}


class ExplorerParent(AnyId):
    """The id of a node, or the name of the folder that the explorer invents."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and trimmed(value) == UNCATEGORIZED:
            return UNCATEGORIZED
        return super()._deserialize(value, attr, data, **kwargs)

    def json_schema(self) -> dict[str, Any]:
        """A UUID in any of its spellings, or the name."""
        normal = [{"type": "string", "format": "uuid"}, {"const": UNCATEGORIZED}]
        return {
            "type": "string",
            "pattern": _padded(f"{_ANY_UUID}|{UNCATEGORIZED}"),
            "x-normalised": {"anyOf": normal},
        }


class Trimmed(Text):
    """Text without the white space around it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return trimmed(super()._deserialize(value, attr, data, **kwargs))

    def json_schema(self) -> dict[str, Any]:
        """Any text of the length that is asked for."""
        from contracts.patterns import trimmed_text

        lengths = [check.min or 0 for check in self.validators if isinstance(check, validate.Length)]
        return trimmed_text(max(lengths, default=0), blanks=WHITE_SPACE)


class Compared(Text):
    """Text that is compared with what is stored and never stored itself: of any characters."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return value

    def json_schema(self) -> dict[str, Any]:
        """Any text."""
        return {"type": "string"}


class LateName(Trimmed):
    """A display name that is judged after everything else: a bad one is loaded as a blank."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        try:
            name = super()._deserialize(value, attr, data, **kwargs)
        except ValidationError:
            if not isinstance(value, str):
                raise
            return ""
        return name if len(name) <= MAX_NAME else ""

    def json_schema(self) -> dict[str, Any]:
        """Any text; what it may be is judged later."""
        from contracts.patterns import trimmed_text

        return {"type": "string", "x-normalised": trimmed_text(1, MAX_NAME, WHITE_SPACE)["x-normalised"]}


def tag_name(text: str) -> str:
    """The one spelling of a tag: trimmed, NFC, lower case.

    Lower case can fall apart into letter and accent (``J`` with a caron does), so NFC comes last as well: what is
    stored can be asked for as it is.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", trimmed(text)).lower())


class TagSought(Text):
    """A tag that atoms may carry or not, loaded in its one spelling."""

    default_error_messages = {  # noqa: RUF012  # as above
        "blank": "must not be blank",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        tag = tag_name(super()._deserialize(value, attr, data, **kwargs))
        if not tag:
            raise self.make_error("blank")
        return tag

    def json_schema(self) -> dict[str, Any]:
        """Text that is not blank."""
        from contracts.patterns import trimmed_text

        return trimmed_text(1, blanks=WHITE_SPACE)


class Tag(TagSought):
    """A tag for atoms to carry."""

    default_error_messages = {  # noqa: RUF012  # as above
        "length": f"must have 1 to {MAX_TAG} characters",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        tag = super()._deserialize(value, attr, data, **kwargs)
        if len(tag) > MAX_TAG:
            raise self.make_error("length")
        return tag

    def json_schema(self) -> dict[str, Any]:
        """Text that is not blank."""
        from contracts.patterns import trimmed_text

        return trimmed_text(1, MAX_TAG, WHITE_SPACE)


def searched_kind(text: str) -> str | None:
    """The kind that a search is narrowed to; None: all.

    Raises:
        ValueError: there is no such kind.
    """
    kind = trimmed(text).lower()
    if kind == "all":
        return None
    if kind not in KINDS:
        raise ValueError(kind)
    return kind


class SearchedKind(Text):
    """``all`` or a kind, in any letter case; loaded as the kind, or as None for all."""

    default_error_messages = {  # noqa: RUF012  # as above
        "kind": f"must be all, {', '.join(KINDS)}",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return searched_kind(text)
        except ValueError:
            raise self.make_error("kind") from None

    def json_schema(self) -> dict[str, Any]:
        """One of the words."""
        from contracts.patterns import any_case

        words = ["all", *KINDS]
        normal = {"type": "string", "enum": words}
        return {"type": "string", "pattern": _padded("|".join(map(any_case, words))), "x-normalised": normal}


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime"})  # no zone, but whichever this machine has


def is_zone(name: str) -> None:
    """Nothing, for the name of a time zone.

    Raises:
        ValidationError: there is no such zone.
    """
    if name != "UTC" and name not in _zones():
        raise ValidationError("must be the name of a time zone")


def limit(code: str | None = None) -> Int64:
    """Rows that a page shall have at most; null, 0 and absent: as many as is usual."""
    return Int64(load_default=None, allow_none=True, validate=validate.Range(min=0), code=code)


def offset(code: str | None = None) -> Int64:
    """Rows that a page leaves out; null and absent: none."""
    return Int64(load_default=None, allow_none=True, validate=validate.Range(min=0), code=code)
