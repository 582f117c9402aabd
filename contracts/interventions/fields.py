"""The fields of arguments about interventions: words in any letter case, lines of text."""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Mapping
from typing import Any

from bus.fields import Int64, List, Number, Object, Text, validate
from contracts.workshop.fields import Trimmed


class Word(Trimmed):
    """One of some words, in any letter case, loaded in lower case; it may be left out."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(load_default=None, allow_none=True, validate=validate.OneOf((*words, None)))

        self._spellings = words

    def read(self, text: str) -> str:
        """In lower case."""
        return text.lower()

    def json_schema(self) -> dict[str, Any]:
        """One of the words, or a blank."""
        from contracts.patterns import any_case, padded

        form = "|".join(map(any_case, self._spellings))
        normal = {"type": "string", "enum": [*self._spellings]}
        return {"type": "string", "pattern": padded(f"(?:{form})?"), "x-normalised": normal}


class Line(Text):
    """Text without the white space around it, perhaps blank."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).strip()

    def json_schema(self) -> dict[str, Any]:
        """Any text."""
        from contracts.patterns import trimmed_text

        return trimmed_text()


def object_or_null() -> Object:
    """An object that may be left out."""
    return Object(load_default=None, allow_none=True)


def photos_or_null() -> List:
    """The URLs or names of photos, that may be left out."""
    return List(Trimmed(), load_default=None, allow_none=True)


def lines_or_null() -> List:
    """Lines that may be left out."""
    return List(Line(), load_default=None, allow_none=True)


def number_or_null(least: float, most: float | None = None) -> Number:
    """A number that may be left out."""
    return Number(load_default=None, allow_none=True, validate=validate.Range(least, most))


def count_or_null(least: int, most: int) -> Int64:
    """A whole number that may be left out."""
    return Int64(load_default=None, allow_none=True, validate=validate.Range(least, most))
