"""What goes over queues and streams, as an AsyncAPI 3 document.

A queue is a channel: commands come in, each with the envelope that its job ends with as its reply. The events of a job
are a channel of the gateway. A domain event is a channel of its own, as far as commands subscribe it.

Schemas are read as JSON Schema draft 7 there, which the words used here mean the same to.

Not here: commands called over HTTP (bus/documents/openapi.py).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from bus.command import Command
from bus.contract import INTERNAL
from bus.documents import envelopes
from bus.documents.components import Components
from bus.documents.json_schema import args_schema, data_schema
from bus.documents.kinds import Shape
from bus.documents.samples import sample_args
from bus.plugin import Plugin

_ABOUT = "Commands that are queued, the events of their jobs, and the events of domains that commands subscribe."
_GATEWAY: Shape = {
    "host": "{host}",
    "protocol": "http",
    "variables": {"host": {"default": "localhost:8000"}},
    "description": "The gateway.",
}
_MOMENT: Shape = {"type": "integer", "description": "Milliseconds since 1970-01-01T00:00:00Z."}
_STATE: Shape = {
    "type": "object",
    "properties": {
        **envelopes.JOB["properties"],
        "attempt": {"type": "integer"},
        "is_cancelled": {"type": "boolean"},
        "run_at": _MOMENT,
    },
    "required": ["id", "state", "attempt", "is_cancelled", "run_at"],
}
_PROGRESS: Shape = {
    "type": "object",
    "properties": {
        "done": {"type": "integer"},
        "total": {"type": ["integer", "null"]},
        "message": {"type": ["string", "null"]},
        "at": _MOMENT,
    },
    "required": ["done", "total", "message", "at"],
}


def asyncapi_document(commands: Iterable[Command], plugins: Iterable[Plugin] = ()) -> dict[str, Any]:
    """The document for those of the commands that can be queued; the same each time.

    Args:
        commands: a registry, or some of one.
        plugins: whose subscriptions are told; none: none are.
    """
    queued = [one for one in commands if not one.contract.secret and one.contract.access != INTERNAL]
    components = Components()
    messages = {f"{_name(one)}.request": _request(one, components) for one in queued}
    messages |= {f"{_name(one)}.answer": _answer(one, components) for one in queued}
    messages |= _job_messages(components)
    subscriptions = sorted((event, name) for plugin in plugins for event, name in plugin.subscriptions.items())
    messages |= {f"event.{event}": _event(event) for event, _ in subscriptions}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "charterbus", "version": version("charterbus"), "description": _ABOUT},
        "defaultContentType": "application/json",
        "servers": {"gateway": _GATEWAY},
        "channels": {**_queues(queued), "jobs": _jobs(queued), **_events(subscriptions)},
        "operations": {
            **{_name(one): _operation(one) for one in queued},
            "job_events": _told(),
            **{f"event.{event}.{name}": _heard(event, name) for event, name in subscriptions},
        },
        "components": {"messages": messages, "schemas": components.schemas},
    }


def _name(command: Command) -> str:
    return command.name if command.newer is None else f"{command.name}.v{command.version}"


def _queues(commands: list[Command]) -> Shape:
    return {
        f"queue.{queue}": {
            "address": queue,
            "description": "A queue of commands. Publish with the mode `queue`, over any way in.",
            "messages": _message_refs(f"{_name(one)}.request" for one in commands if one.queue.name == queue),
        }
        for queue in sorted({one.queue.name for one in commands})
    }


def _jobs(commands: list[Command]) -> Shape:
    return {
        "address": "/jobs/{job_id}/events",
        "description": "A job as it goes on: server-sent events.",
        "servers": [{"$ref": "#/servers/gateway"}],
        "parameters": {"job_id": {"description": "As the answer to the request named it."}},
        "messages": _message_refs(
            ["job.state", "job.progress", "job.envelope", *(f"{_name(one)}.answer" for one in commands)]
        ),
    }


def _events(subscriptions: list[tuple[str, str]]) -> Shape:
    return {
        f"event.{event}": {"address": event, "messages": _message_refs([f"event.{event}"])}
        for event, _ in subscriptions
    }


def _message_refs(names: Iterable[str]) -> Shape:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _operation(command: Command) -> Shape:
    channel, name = f"queue.{command.queue.name}", _name(command)
    summary = (inspect.getdoc(command.contract) or name).partition("\n")[0]
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
        "tags": [{"name": command.plugin}],
        "messages": [{"$ref": f"#/channels/{channel}/messages/{name}.request"}],
        "reply": {
            "channel": {"$ref": "#/channels/jobs"},
            "messages": [{"$ref": f"#/channels/jobs/messages/{name}.answer"}],
        },
        "x-delivery": command.contract.delivery.value,
        "x-attempts": command.queue.attempts,
        "x-queued-by-default": command.queue.by_default,
    }


def _told() -> Shape:
    names = ("job.state", "job.progress", "job.envelope")
    return {
        "action": "send",
        "channel": {"$ref": "#/channels/jobs"},
        "summary": "Tell whoever follows a job what has changed.",
        "messages": [{"$ref": f"#/channels/jobs/messages/{name}"} for name in names],
    }


def _heard(event: str, command: str) -> Shape:
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/event.{event}"},
        "summary": f"Queue {command}, in the unit of work that announced the event.",
    }


def _request(command: Command, components: Components) -> Shape:
    """A request as it is published."""
    name = _name(command)
    args = components.put(f"{command.name}.v{command.version}.args", args_schema(command.contract))
    request = envelopes.request()
    request["properties"] |= {
        "command": {"const": command.name},
        "version": {"const": command.version},
        "args": args,
        "mode": {"const": "queue"},
    }
    payload = components.put(f"{name}.request", request)
    example = {"command": command.name, "version": command.version, "args": sample_args(command.contract)}
    return {"name": name, "payload": payload, "examples": [{"payload": example | {"mode": "queue"}}]}


def _answer(command: Command, components: Components) -> Shape:
    """The envelope that a job ends with."""
    data = components.put(f"{command.name}.v{command.version}.data", data_schema(command.contract))
    envelope = envelopes.any_envelope()
    envelope["properties"] |= {
        "command": {"const": command.name},
        "version": {"const": command.version},
        "data": {"anyOf": [data, {"type": "null"}]},
    }
    return {"name": "envelope", "payload": components.put(f"{_name(command)}.answer", envelope)}


def _job_messages(components: Components) -> Shape:
    schemas = {"state": _STATE, "progress": _PROGRESS, "envelope": envelopes.any_envelope()}
    return {
        f"job.{name}": {"name": name, "payload": components.put(f"job.{name}", schema)}
        for name, schema in schemas.items()
    }


def _event(event: str) -> Shape:
    members: Shape = {"event": {"const": event}, "payload": {"type": "object"}}
    return {"name": event, "payload": {"type": "object", "properties": members, "required": ["event", "payload"]}}
