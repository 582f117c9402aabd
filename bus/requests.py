"""A decoded JSON object becomes a request, or is refused with every fault named.

A member that is null counts as left out (but for ``id``, which is echoed as it came). Unknown members are refused: a
misspelt ``idempotency_key`` must not be lost in silence. Two members never fail a call by their form: a correlation id
that cannot be one is replaced, and a session token that cannot be one opens nothing.

Not here: reading JSON (bus/wire.py), whether the command exists (bus/registry.py), its arguments (bus/validation).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeGuard

from bus import ids
from bus.envelope import ABSENT, Envelope, Request
from bus.errors import BusError, InvalidArguments

#: Longest command and idempotency key, characters.
MAX_NAME = 200
#: What a correlation id may be; anything else is replaced, because a call does not fail for its name.
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")
#: Longest session token, characters.
MAX_TOKEN = 4_096
#: Latest moment and longest delay in milliseconds: what every JSON reader keeps exactly, 285,000 years.
MAX_MS = 2**53 - 1
#: Priorities and versions fit in 32 bits.
MAX_INT32 = 2**31 - 1

#: Control characters and lone surrogates: log lines, headers and databases cannot hold them.
_UNCLEAN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

#: What an envelope repeats of a request that was refused, beside its id and its correlation id.
_ECHOED = ("command", "version")
#: Members that callers may put into ``args``; the bus lifts them out.
LIFTED = ("session_token", "correlation_id")

#: Says what is wrong with a value; None: nothing.
Check = Callable[[Any], str | None]


def read_request(members: Any, *, is_local: bool = True) -> Request:
    """The request that a JSON value stands for.

    Args:
        members: the decoded value, as it came.
        is_local: whether the way it came is trusted (in process, stdio, command line).

    Raises:
        InvalidArguments: it is no object, a member has the wrong type, or there is a member that does not exist.
    """
    if not _is_object(members):
        raise InvalidArguments('a request must be a JSON object with the member "command"', {"": ["must be an object"]})
    given: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, value in members.items():
        if value is None and name != "id":
            continue
        if name in LIFTED:
            given[name] = lifted(name, value)
            continue
        given[name] = value
        fault = _CHECKS.get(name, _unknown)(value)
        if fault is not None:
            faults[name] = fault
    if "command" not in given:
        faults["command"] = "required"
    if "delay_ms" in given and "run_at" in given:
        faults.setdefault("run_at", "must be left out where delay_ms is given")
    if faults:
        raise _refusal(faults)
    return Request(**given, is_local=is_local)


def lifted(name: str, value: Any) -> str:
    """The session token or correlation id that a value stands for, wherever in the request it stood."""
    if name == "correlation_id":
        return value if isinstance(value, str) and _CORRELATION_ID.fullmatch(value) else ids.correlation_id()
    is_sound = isinstance(value, str) and len(value) <= MAX_TOKEN and _UNCLEAN.search(value) is None
    return value if is_sound else ""


def fault_of(name: str, value: Any) -> str | None:
    """What is wrong with the value of a member that is not null; None when nothing is."""
    return _CHECKS.get(name, _unknown)(value)


def refused_envelope(members: Any, error: BusError) -> Envelope:
    """The answer to something that did not become a request: with its ``id`` and command, as far as they can be read.

    Args:
        members: the decoded value; ABSENT when there is none because it was no JSON.
        error: why it was refused.
    """
    readable: dict[str, Any] = members if _is_object(members) else {"id": None}
    sound = {name: value for name, value in readable.items() if name in _ECHOED and fault_of(name, value) is None}
    command: str | None = sound.get("command")
    correlation_id = readable.get("correlation_id")
    return Envelope.failure(
        command and command.partition("@")[0],
        sound.get("version"),
        error,
        lifted("correlation_id", correlation_id),
        readable.get("id", ABSENT),
    )


def _refusal(faults: dict[str, str]) -> InvalidArguments:
    shown = {name[:MAX_NAME]: [fault] for name, fault in list(faults.items())[:20]}
    sentences = "; ".join(f"{name}: {messages[0]}" for name, messages in shown.items())
    return InvalidArguments(f"Invalid request: {sentences}", shown)


def _text(longest: int) -> Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "must be a string"
        if not 1 <= len(value) <= longest:
            return f"must have 1 to {longest} characters"
        return None if _UNCLEAN.search(value) is None else "must not hold control characters or lone surrogates"

    return check


def _whole(low: int, high: int) -> Check:
    def check(value: Any) -> str | None:
        if type(value) is not int:
            return "must be a whole number"
        return None if low <= value <= high else f"must lie between {low} and {high}"

    return check


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _object(value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be an object"


def _unknown(_value: Any) -> str | None:
    return f"unknown; a request has {', '.join(_CHECKS)}"


def _mode(value: Any) -> str | None:
    return None if value in ("sync", "queue") else 'must be "sync" or "queue"'


def _anything(_value: Any) -> str | None:
    return None


_CHECKS: dict[str, Check] = {
    "command": _text(MAX_NAME),
    "version": _whole(1, MAX_INT32),
    "args": _object,
    "session_token": _anything,
    "correlation_id": _anything,
    "idempotency_key": _text(MAX_NAME),
    "mode": _mode,
    "delay_ms": _whole(0, MAX_MS),
    "run_at": _whole(0, MAX_MS),
    "priority": _whole(-MAX_INT32, MAX_INT32),
    "id": _anything,
}
