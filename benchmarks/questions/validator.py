"""How near does generated Python come to msgspec's C, and how far is it ahead of marshmallow?

Repeat: python -m benchmarks --only validator

Twice: with the UUID kept as text (``Id``, what contracts use; msgspec checks the same pattern) and made into an object
(``UUID``; msgspec does the same).
"""

from __future__ import annotations

import functools
import uuid
from typing import Annotated, Any, Literal

import msgspec

from benchmarks.domain import NOTE, NoteCheck
from benchmarks.line import Line, at_least, at_most
from benchmarks.stage import Stage
from benchmarks.timing import take_turns
from bus import fields
from bus.validation import compile_loader

UNIT = "µs"
LINES = (
    Line("compiled, Id", "Schema.load, Id", must=at_least(8), aim=at_least(15), is_speedup=True),
    Line("compiled, UUID", "Schema.load, UUID", must=at_least(8), aim=at_least(15), is_speedup=True),
    Line("compiled, Id", "msgspec.convert, Id", must=at_most(5), aim=at_most(2.5)),
    Line("compiled, UUID", "msgspec.convert, UUID", must=at_most(5), aim=at_most(2.5)),
)


class ObjectNote(NoteCheck.Params):
    """The same fields, with a UUID object."""

    note_id = fields.UUID(required=True)


class TextStruct(msgspec.Struct, forbid_unknown_fields=True):
    """The same fields for msgspec, the UUID as text."""

    note_id: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    priority: Annotated[int, msgspec.Meta(ge=1, le=5)]
    status: Literal["open", "done", "archived"]
    tags: list[str] | None = None


class ObjectStruct(msgspec.Struct, forbid_unknown_fields=True):
    """The same fields for msgspec, the UUID as an object."""

    note_id: uuid.UUID
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    priority: Annotated[int, msgspec.Meta(ge=1, le=5)]
    status: Literal["open", "done", "archived"]
    tags: list[str] | None = None


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    text, made = NoteCheck.Params(), ObjectNote()
    contenders: dict[str, Any] = {
        "compiled, Id": functools.partial(compile_loader(text), NOTE),
        "compiled, UUID": functools.partial(compile_loader(made), NOTE),
        "Schema.load, Id": functools.partial(text.load, NOTE),
        "Schema.load, UUID": functools.partial(made.load, NOTE),
        "msgspec.convert, Id": functools.partial(msgspec.convert, NOTE, TextStruct),
        "msgspec.convert, UUID": functools.partial(msgspec.convert, NOTE, ObjectStruct),
    }
    return take_turns(stage, contenders)
