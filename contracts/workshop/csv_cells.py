"""One cell of a CSV file and the value it stands for: text, a whole number, true or false, a list of texts.

An empty cell is no value. What spreadsheets would run as a formula is written behind an apostrophe, which is taken off
again when it is read; so is one of several where a text begins like that by itself. Hence every value comes back.
"""

import enum
import re

from bus.contract import Schema
from bus.fields import Flag, Int64, List, fields_of

#: What a cell stands for.
Value = str | int | bool | list[str]

_WHOLE = re.compile(r"-?[0-9]{1,18}")
#: Apostrophes, and behind them what makes a cell a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PIECE = re.compile(r"\\[;\\]|[;\\]|[^;\\]+")
_ESCAPED = ("\\;", "\\\\")
_FLAGS = {"true": True, "false": False}


class Kind(enum.Enum):
    """What the cells of a column stand for."""

    TEXT = "text"
    NUMBER = "number"
    #: ``true`` or ``false``, in any letter case.
    FLAG = "flag"
    #: Texts, separated by ``;``; a backslash makes ``;`` and the backslash part of a text.
    LIST = "list"


def kinds_of(schema: type[Schema]) -> dict[str, Kind]:
    """What the members of an object stand for in cells, by their names."""
    special = ((List, Kind.LIST), (Flag, Kind.FLAG), (Int64, Kind.NUMBER))
    return {
        name: next((kind for cls, kind in special if isinstance(field, cls)), Kind.TEXT)
        for name, field in fields_of(schema()).items()
    }


def value_of(kind: Kind, cell: str) -> Value | None:
    """What a cell stands for; one that does not fit its column stays text, and whoever takes the value refuses it."""
    text = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
    if not text.strip():
        return None
    if kind is Kind.LIST:
        return _split(text)
    word = text.strip()
    if kind is Kind.NUMBER and _WHOLE.fullmatch(word):
        return int(word)
    if kind is Kind.FLAG:
        return _FLAGS.get(word.lower(), text)
    return text


def cell_of(value: Value | None) -> str:
    """A value as a cell."""
    text = _text_of(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _text_of(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ";".join(re.sub(r"[;\\]", r"\\\g<0>", part) for part in value)
        case _:
            return str(value)


def _split(text: str) -> list[str]:
    parts = [""]
    for piece in _PIECE.findall(text):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece in _ESCAPED else piece
    return parts
