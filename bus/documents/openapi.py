"""The gateway as an OpenAPI 3.1 document: each command a path of its own, and what else there is.

The newest version of a command stands at its name, older ones at ``name@version``. INTERNAL commands do not exist for
callers, and so not here.

Not here: one command (bus/documents/operations.py), the other paths (bus/documents/paths.py).
"""

from __future__ import annotations

from importlib.metadata import version
from itertools import chain
from typing import Any

from bus.command import Command
from bus.contract import INTERNAL
from bus.documents import envelopes
from bus.documents.codes import Code, bus_codes, codes_of
from bus.documents.components import Components
from bus.documents.kinds import Shape
from bus.documents.operations import operation, path_of
from bus.documents.paths import described, description, other_paths
from bus.registry import Registry
from bus.requests import MAX_NAME

_ABOUT = """\
Named commands, each checked against a versioned contract and answered with one envelope.

Branch on `error.code`; the status follows it. `Prefer: respond-async` queues a command: the answer names its job.\
"""
_SESSION: Shape = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token of a live session, as the command that logs in gives it.",
}
#: What every operation refers to, by its name.
_SHARED: dict[str, Shape] = {
    "Answer": envelopes.answer(),
    "Accepted": envelopes.answer(is_accepted=True),
    "Refusal": envelopes.refusal(),
    "Problem": envelopes.problem(),
    "Envelope": envelopes.any_envelope(),
    "Request": envelopes.request(),
}


def openapi_document(registry: Registry) -> dict[str, Any]:
    """The document for the commands of a registry; the same each time."""
    components = Components()
    for name, schema in _SHARED.items():  # the first to have their names, because they are referred to by them
        components.put(name, schema)
    shown = [command for command in registry if command.contract.access != INTERNAL]
    commands = {path_of(one): {"post": operation(one, components), "get": description(one)} for one in shown}
    paths = {**commands, **other_paths(registry, components)}
    responses = {"Described": described(registry, components), "Plain": _plain(), **_refused()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "charterbus", "version": version("charterbus"), "description": _ABOUT},
        "tags": [{"name": name} for name in _tags(paths)],
        "x-codes": {one.code: {"status": one.status, "meaning": one.meaning} for one in _codes(shown)},
        "paths": paths,
        "components": {
            "schemas": components.schemas,
            "parameters": _parameters(),
            "headers": _headers(),
            "responses": {**components.responses, **responses},
            "securitySchemes": {"session": _SESSION},
        },
    }


def _codes(commands: list[Command]) -> list[Code]:
    """Every code that an answer may have, by name; of the bus's own, what the bus means by it."""
    known = {one.code: one for one in chain(*map(codes_of, commands), bus_codes())}
    return [known[code] for code in sorted(known)]


def _tags(paths: Shape) -> list[str]:
    return sorted({tag for path in paths.values() for method in path.values() for tag in method["tags"]})


def _parameters() -> Shape:
    def header(name: str, description: str, **schema: Any) -> Shape:
        return {"name": name, "in": "header", "description": description, "schema": {"type": "string", **schema}}

    return {
        "IdempotencyKey": header(
            "Idempotency-Key", "Calls that repeat it get the first answer.", minLength=1, maxLength=MAX_NAME
        ),
        "CorrelationId": header("X-Correlation-ID", "To find the call in the logs; one that cannot be is replaced."),
        "Prefer": header("Prefer", "`respond-async` queues the command."),
        "Traceparent": header("traceparent", "The trace of the caller (W3C); what is none is ignored."),
    }


def _headers() -> Shape:
    def header(description: str, kind: str = "string") -> Shape:
        return {"description": description, "schema": {"type": kind}}

    return {
        "CorrelationId": header("To find the call in the logs."),
        "Location": header("Where the job is shown."),
        "PreferenceApplied": header("respond-async, where it was asked for."),
        "RetryAfter": header("Seconds to wait.", "integer"),
    }


def _refused() -> Shape:
    """Refusals of any command; what is missing may be the path itself, which is said in plain text."""
    schemas = {"application/json": "Refusal", "application/problem+json": "Problem"}
    content = {kind: {"schema": {"$ref": f"#/components/schemas/{name}"}} for kind, name in schemas.items()}
    missing = {**content, "text/plain": {"schema": {"type": "string"}}}
    return {
        "Refused": {"description": "The envelope says why not.", "content": content},
        "Missing": {"description": "There is no such thing, or no such path.", "content": missing},
    }


def _plain() -> Shape:
    text = {"schema": {"type": "string"}}
    return {
        "description": "What came was no request for a command; a sentence says why.",
        "content": {"text/plain": text},
    }
