"""What a reply is: an envelope, one that says to come back, or nothing of a bus's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bus.client.failures import NoAnswer
from bus.envelope import Envelope

#: Characters of a strange reply that a message repeats.
MOST_SHOWN = 200


def is_envelope(value: Any) -> bool:
    """Whether a reply is an envelope, as far as its first member tells."""
    return isinstance(value, Mapping) and "ok" in value


def error_of(value: Any) -> Mapping[str, Any] | None:
    """The error of a reply; None: it is no envelope, or has none."""
    return cast("Mapping[str, Any]", value).get("error") if is_envelope(value) else None


def is_still_running(error: Mapping[str, Any] | None) -> bool:
    """Whether the first call of an idempotency key still runs: its answer will be ours."""
    if error is None or error["code"] != "IDEMPOTENCY_CONFLICT":
        return False
    details: Mapping[str, Any] = error["details"] or {}
    return details.get("state") == "running"


def envelope_of(reply: Any) -> Envelope:
    """The envelope that a reply is.

    Raises:
        NoAnswer: it is none.
    """
    try:
        return Envelope.from_dict(reply)
    except (KeyError, TypeError):
        raise strange(reply) from None


def strange(reply: Any) -> NoAnswer:
    """What to say of a reply that is no answer of a bus."""
    shown = repr(reply)[:MOST_SHOWN]
    return NoAnswer(f"the answer is not a bus's: {shown}; is the address right?", was_sent=True, is_passing=False)
