"""charterbus: commands by name, answered by plugins, run now or by workers, always with one envelope.

Everything public stands here; names are imported when they are first used, so that a process pays for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bus import fields
    from bus.application import Bus
    from bus.context import Context
    from bus.contract import (
        AT_LEAST_ONCE,
        AUTHENTICATED,
        EXACTLY_ONCE,
        EXCLUDE,
        INTERNAL,
        LOCAL,
        MANY,
        ONE,
        OPERATORS,
        PUBLIC,
        RAISE,
        READ,
        WRITE,
        Access,
        CallLimit,
        Contract,
        QueuePolicy,
        Rate,
        Schema,
        roles,
    )
    from bus.database import Db
    from bus.envelope import ABSENT, Envelope, Peer, Request
    from bus.errors import BusError, Refusal, SetupError
    from bus.plugin import Plugin
    from bus.principal import Principal
    from bus.schedules.declared import Schedule
    from bus.settings import Settings

__version__ = "0.1.0"

_HOMES = {
    "bus.application": ("Bus",),
    "bus.context": ("Context",),
    "bus.contract": (
        "AT_LEAST_ONCE",
        "AUTHENTICATED",
        "EXACTLY_ONCE",
        "EXCLUDE",
        "INTERNAL",
        "LOCAL",
        "MANY",
        "ONE",
        "OPERATORS",
        "PUBLIC",
        "RAISE",
        "READ",
        "WRITE",
        "Access",
        "CallLimit",
        "Contract",
        "QueuePolicy",
        "Rate",
        "Schema",
        "roles",
    ),
    "bus.database": ("Db",),
    "bus.envelope": ("ABSENT", "Envelope", "Peer", "Request"),
    "bus.errors": ("BusError", "Refusal", "SetupError"),
    "bus.plugin": ("Plugin",),
    "bus.principal": ("Principal",),
    "bus.schedules.declared": ("Schedule",),
    "bus.settings": ("Settings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ABSENT",
    "AT_LEAST_ONCE",
    "AUTHENTICATED",
    "EXACTLY_ONCE",
    "EXCLUDE",
    "INTERNAL",
    "LOCAL",
    "MANY",
    "ONE",
    "OPERATORS",
    "PUBLIC",
    "RAISE",
    "READ",
    "WRITE",
    "Access",
    "Bus",
    "BusError",
    "CallLimit",
    "Context",
    "Contract",
    "Db",
    "Envelope",
    "Peer",
    "Plugin",
    "Principal",
    "QueuePolicy",
    "Rate",
    "Refusal",
    "Request",
    "Schedule",
    "Schema",
    "Settings",
    "SetupError",
    "fields",
    "roles",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "fields":
        return import_module("bus.fields")
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'bus' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(home), name)
    return value
