"""One command as an operation of OpenAPI: ``POST /commands/{name}``, all that may go in and come out.

Not here: the paths that are no command (bus/documents/paths.py), the document around both (openapi.py).
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from typing import Any
from urllib.parse import quote

from bus.command import Command
from bus.contract import Contract
from bus.documents.codes import Code, codes_of
from bus.documents.components import Components
from bus.documents.json_schema import args_schema, data_schema
from bus.documents.kinds import Shape
from bus.documents.samples import sample_args, sample_data
from bus.gateway.statuses import ACCEPTED, OK

#: Answers to what was no request for a command, in plain text.
PLAIN = (400, 408, 415, 421, 431)
#: Stands where an id of a call is shown.
_CORRELATION_ID = "ipc-0198c0de-0000-7000-8000-000000000002"
_JOB = {"id": "0198c0de-0000-7000-8000-000000000003", "state": "queued"}


def path_of(command: Command) -> str:
    """Where a command is called; the newest version by its name alone."""
    name = command.name if command.newer is None else command.key
    return f"/commands/{quote(name, safe='@')}"


def operation(command: Command, components: Components) -> Shape:
    """What OpenAPI says of one version of a command."""
    contract = command.contract
    codes = codes_of(command)
    summary, _, _ = (inspect.getdoc(contract) or command.name).partition("\n")
    return {
        "operationId": command.name if command.newer is None else command.key,
        "tags": [command.plugin],
        "summary": summary,
        "description": _description(command),
        "deprecated": bool(command.warnings),
        "security": _security(contract),
        "parameters": [*_parameters(command), _version(command)],
        "requestBody": _body(command, components),
        "responses": _responses(command, components, codes),
        **_facts(contract),
        "x-codes": [one.code for one in codes],
    }


def _description(command: Command) -> str:
    """The contract's own words, and what else people should know."""
    contract = command.contract
    access = contract.access.kind + (f" ({', '.join(sorted(contract.access.roles))})" if contract.access.roles else "")
    told = [inspect.getdoc(contract) or "", *command.warnings, f"Access: {access}. Effect: {contract.effect.value}."]
    if contract.queue.by_default:
        told.append("It is queued; the answer names the job.")
    return "\n\n".join(filter(None, told))


def _security(contract: type[Contract]) -> list[Shape]:
    return [{}, {"session": []}] if contract.access.kind == "public" else [{"session": []}]


def _parameters(command: Command) -> list[Shape]:
    names = ["CorrelationId", "Traceparent"]
    if command.takes_key:
        names.append("IdempotencyKey")
    if not command.contract.secret:
        names.append("Prefer")
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _version(command: Command) -> Shape:
    return {
        "name": "version",
        "in": "query",
        "description": "The version the call was written for; without it, the newest."
        if command.newer is None
        else "May repeat what the path says.",
        "schema": {"type": "integer", "enum": [command.version]},
    }


def _body(command: Command, components: Components) -> Shape:
    schema = args_schema(command.contract)
    example = {"smallest": {"summary": "As little as may be sent.", "value": sample_args(command.contract)}}
    args = components.put(f"{command.name}.v{command.version}.args", schema)
    # No body and null are no arguments.
    content: Shape = {"schema": args if "required" in schema else {"anyOf": [args, {"type": "null"}]}}
    content["examples"] = example
    return {"required": "required" in schema, "content": {"application/json": content}}


def _responses(command: Command, components: Components, codes: list[Code]) -> Shape:
    data = components.put(f"{command.name}.v{command.version}.data", data_schema(command.contract))
    example = _envelope(command, data=sample_data(command.contract))
    answers: Shape = {str(OK): _response("The command has run.", answer_of(command, data), example)}
    if not command.contract.secret:
        schema = answer_of(command, {"type": "null"}, "Accepted")
        answers[str(ACCEPTED)] = _response("The command is queued.", schema, _envelope(command, job=_JOB))
        answers[str(ACCEPTED)]["headers"] = _headers("Location", "PreferenceApplied", "CorrelationId")
    return {**answers, **refusals(codes, components), **plain_answers()}


def answer_of(command: Command, data: Shape, envelope: str = "Answer") -> Shape:
    """The envelope of an answer that is ``ok``, with the data of one command."""
    members = {"command": {"const": command.name}, "version": {"const": command.version}, "data": data}
    return {"$ref": f"#/components/schemas/{envelope}", "properties": members}


def _envelope(command: Command, **members: Any) -> Shape:
    """An example of an answer that is ``ok``."""
    return {
        "ok": True,
        "command": command.name,
        "version": command.version,
        "data": None,
        "error": None,
        "warnings": [*command.warnings],
        "correlation_id": _CORRELATION_ID,
        "job": None,
        **members,
    }


def _response(description: str, schema: Shape, example: Any) -> Shape:
    content = {"schema": schema, "examples": {"smallest": {"value": example}}}
    return {
        "description": description,
        "headers": _headers("CorrelationId"),
        "content": {"application/json": content},
    }


def refusals(codes: list[Code], components: Components) -> Shape:
    """The answers that are not ``ok``, by their status."""
    by_status: defaultdict[int, list[Code]] = defaultdict(list)
    for one in codes:
        by_status[one.status].append(one)
    return {
        str(status): components.put_response(f"Refused{status}", _refused(by_status[status]))
        for status in sorted(by_status)
    }


def _refused(codes: list[Code]) -> Shape:
    spelled = [one.code for one in codes]
    only_these = {"properties": {"error": {"properties": {"code": {"enum": spelled}}}}}
    problems = {"properties": {"code": {"enum": spelled}}}
    return {
        "description": ", ".join(spelled),
        "headers": _headers("CorrelationId", *(["RetryAfter"] if codes[0].status in (429, 503) else [])),
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Refusal", **only_these}},
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem", **problems}},
        },
    }


def plain_answers() -> Shape:
    """The answers to what was no request for a command."""
    return {str(status): {"$ref": "#/components/responses/Plain"} for status in PLAIN}


def _headers(*names: str) -> Shape:
    spelled = {
        "CorrelationId": "X-Correlation-ID",
        "Location": "Location",
        "PreferenceApplied": "Preference-Applied",
        "RetryAfter": "Retry-After",
    }
    return {spelled[name]: {"$ref": f"#/components/headers/{name}"} for name in names}


def _facts(contract: type[Contract]) -> Shape:
    """What no word of OpenAPI says."""
    facts: Shape = {
        "x-access": contract.access.kind,
        "x-roles": sorted(contract.access.roles),
        "x-effect": contract.effect.value,
        "x-units": contract.units.value,
        "x-secret": contract.secret,
        "x-queue": contract.queue.name,
        "x-queued-by-default": contract.queue.by_default,
        "x-time-limit-ms": contract.time_limit_ms,
    }
    if contract.limit is not None:
        facts["x-limit"] = {"count": contract.limit.count, "per_ms": contract.limit.per_ms, "name": contract.limit.name}
    if contract.sunset is not None:
        facts["x-sunset"] = contract.sunset
    return facts
