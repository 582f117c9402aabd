"""The paths of the gateway that are no command of a plugin: whole requests, jobs, the catalogue, health.

Not here: the commands (bus/documents/operations.py).
"""

from __future__ import annotations

from bus.command import Command
from bus.documents.codes import bus_codes
from bus.documents.components import Components
from bus.documents.json_schema import data_schema
from bus.documents.kinds import Shape
from bus.documents.operations import answer_of, plain_answers
from bus.gateway.dispatching import MOST_TOGETHER
from bus.gateway.jobs import MOST_WAIT_MS
from bus.registry import Registry
from bus.requests import MAX_INT32

_ENVELOPE = {"$ref": "#/components/schemas/Envelope"}
_REQUEST = {"$ref": "#/components/schemas/Request"}
#: What is called by name, and where it is found.
_JOB_ID: Shape = {"name": "job_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_NAME: Shape = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "Of a command, also with a version.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
_REFUSED: Shape = {"$ref": "#/components/responses/Refused"}
#: A name or an id may be spelled so that the path is none of the gateway's.
_MISSING: Shape = {"$ref": "#/components/responses/Missing"}
_DESCRIBED: Shape = {"$ref": "#/components/responses/Described"}
_VERSION: Shape = {"name": "version", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MAX_INT32}}
_HEADERS: list[Shape] = [{"$ref": f"#/components/parameters/{name}"} for name in ("CorrelationId", "Traceparent")]


def other_paths(registry: Registry, components: Components) -> Shape:
    """What OpenAPI says of every path that is no command."""
    return {
        "/dispatch": {"post": _dispatch()},
        "/dispatch/batch": {"post": _batch()},
        "/jobs/{job_id}": {"get": _job(registry, components)},
        "/jobs/{job_id}/events": {"get": _events()},
        "/commands": {"get": _catalogue(registry, components)},
        "/commands/{name}": {"get": _command(), "post": _any_command()},
        "/livez": {"get": _health("livez", "Whether the process answers.")},
        "/readyz": {"get": _health("readyz", "Whether commands can be answered.", is_certain=False)},
    }


def _dispatch() -> Shape:
    answers = {
        "200": _json("The command has run.", _ENVELOPE),
        "202": _json("The command is queued.", _ENVELOPE),
    }
    parameters = ["IdempotencyKey", "Prefer"]
    return _posted("dispatch", "Answer one whole request.", _REQUEST, answers, parameters)


def _any_command() -> Shape:
    """A command that has no path of its own here, because it was found after the document."""
    answers = {"200": _json("The command has run.", _ENVELOPE), "202": _json("The command is queued.", _ENVELOPE)}
    body = {"type": ["object", "null"], "description": "Its arguments."}
    shown = _posted("call", "Call a command by its name.", body, answers, ["IdempotencyKey", "Prefer"])
    shown["requestBody"]["required"] = False
    return shown | {"parameters": [_NAME, _VERSION, *shown["parameters"]]}


def _batch() -> Shape:
    # What is no request is answered as well, with an envelope that says so.
    requests = {"type": "array", "items": {"anyOf": [_REQUEST, {}]}, "maxItems": MOST_TOGETHER}
    answers = {"200": _json("An envelope for each request, in their order.", {"type": "array", "items": _ENVELOPE})}
    return _posted("dispatch_batch", "Answer many whole requests, each for itself.", requests, answers, [])


def _posted(name: str, summary: str, body: Shape, answers: Shape, parameters: list[str]) -> Shape:
    more = [{"$ref": f"#/components/parameters/{one}"} for one in parameters]
    return {
        "operationId": _id(name),
        "tags": ["requests"],
        "summary": summary,
        "security": [{}, {"session": []}],
        "parameters": [*_HEADERS, *more],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _with_refusals(answers),
    }


def _job(registry: Registry, components: Components) -> Shape:
    wait = {
        "name": "wait_ms",
        "in": "query",
        "description": "Answer when the job has ended, or after so many milliseconds.",
        "schema": {"type": "integer", "minimum": 0, "maximum": MOST_WAIT_MS},
    }
    answers = {"200": _json("The job as it is.", _answer_of(registry, "job_get", components))}
    return _read("job", "jobs", "Show a job, at once or when it has ended.", [_JOB_ID, wait], answers)


def _events() -> Shape:
    last = {
        "name": "Last-Event-ID",
        "in": "header",
        "description": "The id of the last event that was seen: what is new since then is told.",
        "schema": {"type": "string"},
    }
    stream = {
        "description": "`state`, `progress`, and at the end `envelope`, or `refused`.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
    answers = {"200": stream, "204": {"description": "Everything has been seen."}}
    return _read("job_events", "jobs", "Follow a job: server-sent events.", [_JOB_ID, last], answers)


def _catalogue(registry: Registry, components: Components) -> Shape:
    answers = {"200": _json("A line about each command.", _answer_of(registry, "command_list", components))}
    return _read("commands", "catalogue", "List the commands.", [], answers)


def _command() -> Shape:
    return _read("command", "catalogue", "Describe one command.", [_NAME, _VERSION], {"200": _DESCRIBED})


def description(command: Command) -> Shape:
    """What OpenAPI says of describing one command: GET at its own path."""
    shown = _read(
        f"describe_{command.key}", command.plugin, f"Describe {command.name}.", [_VERSION], {"200": _DESCRIBED}
    )
    return shown | {"deprecated": bool(command.warnings)}


def described(registry: Registry, components: Components) -> Shape:
    """The answer that describes a command."""
    command = registry.find("command_describe")
    document = data_schema(command.contract)
    schemas: Shape = {name: {"type": "object"} for name in ("args_schema", "data_schema")}
    document["properties"] = document["properties"] | schemas
    document["required"] = [*document["required"], *schemas]
    schema = answer_of(command, components.put("CommandWithSchemas", document))
    return _json("What callers may know of it, and its schemas.", schema)


def _answer_of(registry: Registry, name: str, components: Components) -> Shape:
    command = registry.find(name)
    data = components.put(f"{name}.v{command.version}.data", data_schema(command.contract))
    return answer_of(command, data)


def _read(name: str, tag: str, summary: str, parameters: list[Shape], answers: Shape) -> Shape:
    return {
        "operationId": _id(name),
        "tags": [tag],
        "summary": summary,
        "security": [{}, {"session": []}],
        "parameters": [*parameters, *_HEADERS],
        "responses": _with_refusals(answers),
    }


def _id(name: str) -> str:
    """A name that no command can have: theirs hold no more than a version behind an @."""
    return f"{name}@gateway"


def _with_refusals(answers: Shape) -> Shape:
    """With every status that a refusal may have: those of a domain are among them."""
    statuses = sorted({one.status for one in bus_codes()})
    return {**answers, **{str(status): _REFUSED for status in statuses}, "404": _MISSING, **plain_answers()}


def _health(name: str, summary: str, *, is_certain: bool = True) -> Shape:
    status: Shape = {"type": "object", "properties": {"status": {"type": "string"}}, "required": ["status"]}
    answers = {"200": _json("Yes.", status)}
    if not is_certain:
        answers["503"] = _json("Not now.", status)
    return {
        "operationId": _id(name),
        "tags": ["health"],
        "summary": summary,
        "security": [],
        "responses": {**answers, **plain_answers()},
    }


def _json(description: str, schema: Shape) -> Shape:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
