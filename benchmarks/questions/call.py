"""Does a validated call, envelope and all, cost less than marshmallow's load of its arguments alone?

Repeat: python -m benchmarks --only call

The lines without a goal show where it stands: a bare call is the floor, a pluggy hook what a bus made of hooks would
pay for each command, and ``Schema.load`` of marshmallow's own fields what a contract without this package costs.
"""

from __future__ import annotations

import functools

import pluggy
from marshmallow import Schema, fields, validate

from benchmarks.domain import NOTE, STATUSES, NoteCheck, accepted, check, opened
from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.timing import take_turns

UNIT = "µs"
LINES = (
    Line("plain function"),
    Line("pluggy hook, one implementation", "plain function"),
    Line("Schema.load, marshmallow's own fields", "Schema.load"),
    Line("Bus.call", "Schema.load", must=at_most(0.6), aim=at_most(0.25)),
    Line("Bus.call", "Schema.load, marshmallow's own fields"),
)


class PlainNote(Schema):
    """The five fields as marshmallow brings them."""

    note_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=validate.Length(1, 200))
    priority = fields.Integer(required=True, strict=True, validate=validate.Range(1, 5))
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    tags = fields.List(fields.String(), load_default=None, allow_none=True)


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    schema, plain = NoteCheck.Params(), PlainNote()
    hook = _hook()
    with opened(f"sqlite:///{stage.folder}/bus.sqlite") as bus:
        accepted(bus.call("note_check", NOTE))
        return take_turns(
            stage,
            {
                "plain function": functools.partial(check, **NOTE),
                "pluggy hook, one implementation": functools.partial(hook, **NOTE),
                "Schema.load": functools.partial(schema.load, NOTE),
                "Schema.load, marshmallow's own fields": functools.partial(plain.load, NOTE),
                "Bus.call": functools.partial(bus.call, "note_check", NOTE),
            },
        )


def _hook() -> pluggy.HookCaller:
    """A hook with the signature of the command and one implementation."""
    spec, implementation = pluggy.HookspecMarker("bench"), pluggy.HookimplMarker("bench")

    class Specification:
        @spec
        def check(self, note_id, title, priority, status, tags):  # noqa: ANN001, ANN202
            """One command as a hook."""

    class Implementation:
        check = staticmethod(implementation(check))

    manager = pluggy.PluginManager("bench")
    manager.add_hookspecs(Specification)
    manager.register(Implementation())
    return manager.hook.check
