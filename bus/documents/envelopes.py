"""The schemas of requests and envelopes: an answer, an accepted job, a refusal, and any of them.

Not here: what one command makes of them (bus/documents/operations.py).
"""

from __future__ import annotations

from typing import Any

from bus.builtins.contracts import STATES
from bus.documents.kinds import Shape
from bus.envelope import Envelope
from bus.requests import MAX_INT32, MAX_MS, MAX_NAME

_TEXT: Shape = {"type": "string"}
_WARNINGS: Shape = {"type": "array", "items": _TEXT, "description": "What callers should know, for people to read."}
JOB: Shape = {
    "type": "object",
    "description": "A queued command.",
    "properties": {"id": {"type": "string", "format": "uuid"}, "state": {"type": "string", "enum": [*STATES]}},
    "required": ["id", "state"],
}
_ERROR: Shape = {
    "type": "object",
    "description": "Why not.",
    "properties": {
        "code": {"type": "string", "description": "For programs: it never changes."},
        "message": {"type": "string", "description": "For people."},
        "details": {"type": ["object", "null"]},
    },
    "required": ["code", "message", "details"],
    "additionalProperties": False,
}
_NULL: Shape = {"type": "null"}


def answer(*, is_accepted: bool = False) -> Shape:
    """The envelope of an answer that is ``ok``; one that only says that a command was queued has no data."""
    job = JOB if is_accepted else {"anyOf": [JOB, _NULL]}
    data = _NULL if is_accepted else {"type": "object"}
    return _envelope({"ok": {"const": True}, "data": data, "error": _NULL, "job": job})


def refusal() -> Shape:
    """The envelope of an answer that is not ``ok``."""
    job = {"anyOf": [JOB, _NULL]}
    return _envelope({"ok": {"const": False}, "data": _NULL, "error": _ERROR, "job": job})


def any_envelope() -> Shape:
    """The envelope of whatever answer."""
    anything = {"type": ["object", "null"]}
    error, job = {"anyOf": [_ERROR, _NULL]}, {"anyOf": [JOB, _NULL]}
    return _envelope({"ok": {"type": "boolean"}, "data": anything, "error": error, "job": job})


def problem() -> Shape:
    """A refusal as RFC 9457 has it."""
    nullable = {"command": ["string", "null"], "version": ["integer", "null"], "details": ["object", "null"]}
    members: Shape = {
        **dict.fromkeys(("type", "title", "detail", "instance", "correlation_id"), _TEXT),
        **{name: {"type": types} for name, types in nullable.items()},
        "status": {"type": "integer"},
        "code": _TEXT,
        "warnings": _WARNINGS,
        "job": {"anyOf": [JOB, _NULL]},
    }
    return {"type": "object", "properties": members, "required": sorted(members)}


def request() -> Shape:
    """A whole request."""
    text = {"type": "string", "minLength": 1, "maxLength": MAX_NAME}
    members: Shape = {
        "command": text | {"description": "Also with a version: note_create@1."},
        "version": {"type": "integer", "minimum": 1, "maximum": MAX_INT32, "description": "Left out: the newest."},
        "args": {"type": "object"},
        "session_token": {},
        "correlation_id": {},
        "idempotency_key": text | {"description": "Calls that repeat it get the first answer."},
        "mode": {"type": "string", "enum": ["sync", "queue"], "description": "Left out: as the contract says."},
        "delay_ms": {"type": "integer", "minimum": 0, "maximum": MAX_MS},
        "run_at": {"type": "integer", "minimum": 0, "maximum": MAX_MS},
        "priority": {"type": "integer", "minimum": -MAX_INT32, "maximum": MAX_INT32},
        "id": {"description": "Echoed in the envelope."},
    }
    for name, member in members.items():
        if name != "command":
            _allow_null(member)
    return {"type": "object", "properties": members, "required": ["command"], "additionalProperties": False}


def _allow_null(member: Shape) -> None:
    """Null counts as left out."""
    if "type" in member:
        member["type"] = [member["type"], "null"]
    if "enum" in member:
        member["enum"] = [*member["enum"], None]


def _envelope(members: Shape) -> Shape:
    known: Shape = {
        "id": {"description": "That of the request, if it had one."},
        "command": {"type": ["string", "null"]},
        "version": {"type": ["integer", "null"]},
        "warnings": _WARNINGS,
        "correlation_id": {"type": "string", "description": "To find the call in the logs."},
        **members,
    }
    properties: dict[str, Any] = {name: known[name] for name in (*Envelope.KEYS, "id")}
    return {"type": "object", "properties": properties, "required": [*Envelope.KEYS], "additionalProperties": False}
