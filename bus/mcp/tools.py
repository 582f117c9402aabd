"""A command as a tool of the Model Context Protocol, and its envelope as the tool's result.

The result is the envelope itself, as structure and as text for programs that only read text; a refusal is a result
with ``isError``, so that whoever called can read the code and do better.

Not here: which commands are offered (bus/mcp/offer.py).
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from mcp_types import CallToolResult, TextContent, Tool, ToolAnnotations

from bus.documents.json_schema import args_schema, data_schema
from bus.wire import encode

if TYPE_CHECKING:
    from bus.command import Command
    from bus.envelope import Envelope

_TEXT_OR_NULL = {"type": ["string", "null"]}
_ERROR = {
    "type": ["object", "null"],
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "details": {"type": ["object", "null"]}},
    "required": ["code", "message", "details"],
}
_JOB = {
    "type": ["object", "null"],
    "properties": {"id": {"type": "string"}, "state": {"type": "string"}},
    "required": ["id", "state"],
}


def tool_of(name: str, command: Command) -> Tool:
    """The tool that a command is.

    Args:
        name: of the tool.
        command: in its newest version.
    """
    contract = command.contract
    return Tool(
        name=name,
        description=_description(command),
        input_schema=args_schema(contract),
        output_schema=envelope_schema(data_schema(contract)),
        annotations=ToolAnnotations(
            read_only_hint=command.is_read,
            # Nobody knows what a command that writes does to what was there: the careful answer.
            destructive_hint=not command.is_read,
            idempotent_hint=command.is_read,
            open_world_hint=contract.external,
        ),
    )


def result_of(envelope: Envelope) -> CallToolResult:
    """The result that an envelope is."""
    members = envelope.to_dict()
    text = TextContent(type="text", text=encode(members).decode())
    return CallToolResult(content=[text], structured_content=members, is_error=not envelope.ok)


def envelope_schema(data: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of envelopes whose ``data`` has this one."""
    inner = {name: value for name, value in data.items() if name not in ("$schema", "$defs")}
    # References inside point to the root's $defs, and the root is here now.
    definitions = {"$defs": data["$defs"]} if "$defs" in data else {}
    members: dict[str, Any] = {
        "ok": {"type": "boolean"},
        "command": _TEXT_OR_NULL,
        "version": {"type": ["integer", "null"]},
        "data": {"anyOf": [inner, {"type": "null"}]},
        "error": _ERROR,
        "warnings": {"type": "array", "items": {"type": "string"}},
        "correlation_id": {"type": "string"},
        "job": _JOB,
    }
    return {"type": "object", "properties": members, "required": list(members), **definitions}


def _description(command: Command) -> str:
    """What the command does and how it refuses, in words."""
    contract = command.contract
    parts = [inspect.getdoc(contract) or command.name]
    if contract.queue.by_default:
        parts.append("It is queued: the answer names a job, and job_get tells how it stands.")
    refusals = [f"{error.code}: {(inspect.getdoc(error) or '').partition(chr(10))[0]}" for error in contract.errors]
    if refusals:
        parts.append("\n".join(["It may refuse with", *refusals]))
    return "\n\n".join(parts)
