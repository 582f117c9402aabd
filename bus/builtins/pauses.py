"""Contracts of the commands that hold queued work back and let it go. Times are epoch milliseconds."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus import fields
from bus.contract import OPERATORS, READ, WRITE, Contract, Schema
from bus.errors import Refusal

#: What a dotted path may hold: names of arguments, and places in lists.
PATH = fields.validate.Regexp(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,9}\Z", error="must be a dotted path")


class NotPaused(Refusal):
    """It was not held back. Callers look into ``pause_list``."""

    code = "not_paused"
    message = "{name} is not held back"


class What(Schema):
    """A command, or a command with one value of one argument."""

    command = fields.Key(required=True)
    # Dotted path of the argument; with ``value``, or not at all.
    path = fields.Text(validate=PATH)
    value = fields.Json(allow_none=True)

    @validates_schema
    def _both(self, data: dict[str, Any], **_options: Any) -> None:
        if ("path" in data) != ("value" in data):
            raise ValidationError("path and value belong together", "path")


class QueuePause(Contract):
    """Hold back a queue: its jobs wait, and new ones are still accepted."""

    name, version = "queue_pause", 1
    effect, access = WRITE, OPERATORS

    class Params(Schema):
        queue = fields.Key(required=True)
        reason = fields.Text(load_default="")


class QueueResume(Contract):
    """Let the jobs of a queue run again."""

    name, version = "queue_resume", 1
    effect, access = WRITE, OPERATORS
    errors = (NotPaused,)

    class Params(Schema):
        queue = fields.Key(required=True)


class CommandPause(Contract):
    """Hold back the jobs of a command, or those with one value of one argument; at once, on every worker."""

    name, version = "command_pause", 1
    effect, access = WRITE, OPERATORS

    class Params(What):
        reason = fields.Text(load_default="")


class CommandResume(Contract):
    """Let the jobs of a command run again."""

    name, version = "command_resume", 1
    effect, access = WRITE, OPERATORS
    errors = (NotPaused,)

    class Params(What):
        pass


class PauseItem(Schema):
    """One thing that is held back."""

    kind = fields.Text(required=True, validate=fields.validate.OneOf(("queue", "command")))
    name = fields.Text(required=True)
    path = fields.Text(required=True, allow_none=True)
    value = fields.Json(required=True, allow_none=True)
    reason = fields.Text(required=True)
    principal = fields.Text(required=True)
    created_at = fields.EpochMillis(required=True)


class PauseList(Contract):
    """List what is held back, and why."""

    name, version = "pause_list", 1
    effect, access = READ, OPERATORS

    class Result(Schema):
        items = fields.List(fields.Nested(PauseItem), required=True)
