"""A request as it goes on the wire, and whether it can.

Not here: how it is sent (bus/client/http_messages.py, line_messages.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bus import wire
from bus.client.ambient import correlation_of
from bus.envelope import Envelope
from bus.errors import InvalidArguments
from bus.requests import refused_envelope

#: What a call may say that is no member of its request: it travels beside it, or not at all.
_BESIDE = ("session_token", "timeout_ms")


def members_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are given, with a correlation id; null counts as left out, but for ``id``."""
    members = {name: value for name, value in given.items() if (value is not None or name == "id")}
    for name in _BESIDE:
        members.pop(name, None)
    among = cast("Mapping[str, Any]", members["args"]) if isinstance(members.get("args"), Mapping) else None
    members["correlation_id"] = correlation_of(members.get("correlation_id"), among)
    return members


def refused_here(members: dict[str, Any]) -> Envelope | None:
    """The answer to arguments that cannot be sent; None: they can."""
    try:
        wire.encode(members)
    except (TypeError, ValueError, RecursionError) as error:
        return refused_envelope(
            members, InvalidArguments(f"the arguments are not JSON: {error}", {"args": ["must be JSON"]})
        )
    return None
