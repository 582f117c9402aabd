"""Does a call with bad arguments cost little more than marshmallow's load that raises?

Repeat: python -m benchmarks --only invalid_call
"""

from __future__ import annotations

import functools
from contextlib import suppress

from marshmallow import Schema, ValidationError

from benchmarks.domain import NOTE, NoteCheck, opened
from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.timing import take_turns

UNIT = "µs"
LINES = (
    Line("Bus.call, one field wrong", "Schema.load, one field wrong", must=at_most(1.5), aim=at_most(1.2)),
    Line("Bus.call, all fields wrong", "Schema.load, all fields wrong", must=at_most(1.5), aim=at_most(1.2)),
)
BAD = {
    "one field wrong": NOTE | {"priority": 9},
    "all fields wrong": {"note_id": "6f1c", "title": "", "priority": "3", "status": "lost", "tags": [1]},
}


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    schema = NoteCheck.Params()
    with opened(f"sqlite:///{stage.folder}/bus.sqlite") as bus:
        contenders = {}
        for which, args in BAD.items():
            if bus.call("note_check", args).code != "VALIDATION_ERROR":
                raise RuntimeError(f"{which}: the arguments are accepted")
            contenders[f"Bus.call, {which}"] = functools.partial(bus.call, "note_check", args)
            contenders[f"Schema.load, {which}"] = functools.partial(_load, schema, args)
        return take_turns(stage, contenders)


def _load(schema: Schema, args: dict[str, object]) -> None:
    with suppress(ValidationError):
        schema.load(args)
