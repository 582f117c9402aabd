"""A contract in words and plain values, for ``command_list`` and ``command_describe``."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from bus.fields import fields_of

if TYPE_CHECKING:
    from marshmallow import Schema

    from bus.command import Command
    from bus.registry import Registry


def summarised(registry: Registry, command: Command) -> dict[str, Any]:
    """One line about a command."""
    contract = command.contract
    return {
        "name": command.name,
        "versions": registry.versions(command.name),
        "plugin": command.plugin,
        "summary": (inspect.getdoc(contract) or "").partition("\n")[0],
        "effect": contract.effect.value,
        "access": contract.access.kind,
    }


def described(registry: Registry, command: Command) -> dict[str, Any]:
    """Everything a caller may know about one version of a command."""
    contract = command.contract
    return {
        **summarised(registry, command),
        "version": command.version,
        "roles": sorted(contract.access.roles),
        "units": contract.units.value,
        "is_secret": contract.secret,
        "deprecated": contract.deprecated,
        "queue": contract.queue.name,
        "time_limit_ms": int(command.limit_s * 1000),
        "params": _fields(command.params),
        "result": _fields(contract.Result()),
        "errors": [
            {"code": error.code, "meaning": (inspect.getdoc(error) or "").partition("\n")[0]}
            for error in contract.errors
        ],
    }


def _fields(schema: Schema) -> list[dict[str, Any]]:
    return [
        {
            "name": field.data_key or name,
            "type": type(field).__name__.lower(),
            "is_required": field.required,
            "is_nullable": bool(field.allow_none),
            "code": getattr(field, "code", None),
        }
        for name, field in fields_of(schema, load=False).items()
    ]
