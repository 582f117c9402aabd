"""The shape of a contract: all that callers, queued jobs and stored answers rest on, as plain JSON.

Left out is what nobody can rest on: descriptions, the time limit, how often it may be called or is tried, priorities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bus.contract import EXCLUDE
from bus.documents.json_schema import args_schema, data_schema

if TYPE_CHECKING:
    from bus.contract import Contract

#: Keywords of JSON Schema that describe and do not decide.
_WORDS = frozenset({"$schema", "$id", "$comment", "title", "description", "examples", "deprecated"})
#: Keywords whose members are schemas by names of the author's own.
_NAMED = frozenset({"properties", "$defs", "patternProperties"})
#: Keywords whose value is data, and no schema.
_DATA = frozenset({"default", "enum", "const", "required"})


def shape(contract: type[Contract]) -> dict[str, Any]:
    """What the contract promises."""
    return {
        "name": contract.name,
        "version": contract.version,
        "access": {"kind": contract.access.kind, "roles": sorted(contract.access.roles)},
        "effect": contract.effect.value,
        "units": contract.units.value,
        "delivery": contract.delivery.value,
        "secret": bool(contract.secret),
        "unknown": "exclude" if contract.unknown == EXCLUDE else "raise",
        "queue": _queue(contract),
        "deprecated": contract.deprecated,
        "sunset": contract.sunset,
        "errors": sorted({error.code for error in contract.errors}),
        "args": without_words(args_schema(contract)),
        "data": without_words(data_schema(contract)),
    }


def _queue(contract: type[Contract]) -> dict[str, Any]:
    """What publishers and waiting jobs notice of the queue."""
    policy = contract.queue
    return {
        "name": policy.name,
        "by_default": bool(policy.by_default),
        # Only a limit of one keeps jobs in their order.
        "order_key": policy.key if policy.limit == 1 else None,
        "unique": policy.unique,
    }


def without_words(schema: Any) -> Any:
    """A JSON Schema without what only describes."""
    if isinstance(schema, list):
        return [without_words(one) for one in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    return {
        keyword: _kept(keyword, value)
        for keyword, value in sorted(cast("dict[str, Any]", schema).items())
        if keyword not in _WORDS
    }


def _kept(keyword: str, value: Any) -> Any:
    if keyword in _NAMED and isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: without_words(members[name]) for name in sorted(members)}
    if keyword == "required":
        return sorted(value)
    return value if keyword in _DATA else without_words(value)
