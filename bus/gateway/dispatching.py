"""``POST /dispatch``: one whole request as on every other way in; ``POST /dispatch/batch``: many, in order.

Each request of a batch is answered for itself: one that is refused or fails alone leaves the others as they are.

Not here: reading bodies and answering one request (bus/gateway/commands.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bus.envelope import ABSENT, Envelope
from bus.errors import BusError, InvalidArguments, PayloadTooLarge
from bus.gateway.commands import answered, read_json, unreadable
from bus.gateway.headers import Head, read_head
from bus.gateway.queries import read_query
from bus.gateway.replies import CLOSE, Reply, json_reply, plain, reply
from bus.requests import refused_envelope
from bus.wire import LoneSurrogate

if TYPE_CHECKING:
    from bus.application import Bus

#: Requests in one batch.
MOST_TOGETHER = 1_000
#: Members of a request that a header may give for all of a batch.
_SHARED = ("session_token", "correlation_id")


def dispatch_reply(bus: Bus, scope: Any, body: bytes | None) -> Reply:
    """Answer one whole request; what the headers say decides over its members."""
    head = read_head(scope)
    if isinstance(head, str):
        return plain(400, head)
    fault = unreadable(head, body)
    if fault is not None:
        return fault
    members: Any = ABSENT
    try:
        read_query(scope)
        members = read_json(bus, body)
        envelope = answered(bus, _with_head(members, head), head)
    except LoneSurrogate as error:
        envelope = refused_envelope(error.members, error)
    except BusError as error:
        envelope = refused_envelope(members, error)
    answer = reply(envelope, bus.registry, head, scope.get("root_path", ""))
    if body is None:
        answer.headers.append(CLOSE)
    return answer


def batch_reply(bus: Bus, scope: Any, body: bytes | None) -> Reply:
    """Answer up to 1,000 whole requests in their order: a list of envelopes, or one envelope when it is no batch."""
    head = read_head(scope)
    if isinstance(head, str):
        return plain(400, head)
    fault = unreadable(head, body)
    if fault is not None:
        return fault
    try:
        read_query(scope)
        requests = _batch(read_json(bus, body, deeper=1), head)
    except BusError as error:
        refused = reply(refused_envelope(head.members, error), bus.registry, head)
        if body is None:
            refused.headers.append(CLOSE)
        return refused
    envelopes = [answered(bus, _with_shared(members, head), head) for members in requests]
    return json_reply([one.to_dict() for one in envelopes], head, is_secret=_has_secret(bus, envelopes))


def _with_head(members: Any, head: Head) -> Any:
    """The members of a request with those of the headers in their place."""
    given = _object(members)
    if given is None or not (head.members or head.wants_async):
        return members
    both = given | head.members
    return both | {"mode": "queue"} if head.wants_async and both.get("mode") is None else both


def _with_shared(members: Any, head: Head) -> Any:
    shared = {name: head.members[name] for name in _SHARED if name in head.members}
    given = _object(members) if shared else None
    return members if given is None else given | shared


def _object(members: Any) -> dict[str, Any] | None:
    return cast("dict[str, Any]", members) if isinstance(members, dict) else None


def _batch(value: Any, head: Head) -> list[Any]:
    """The requests of a batch.

    Raises:
        InvalidArguments: it is no list, or a header means something that only one call can have.
        PayloadTooLarge: there are too many.
    """
    if not isinstance(value, list):
        raise InvalidArguments("a batch must be a JSON list of requests", {"": ["must be a list"]})
    if "idempotency_key" in head.members:
        raise InvalidArguments(
            "a key belongs to one call; give the requests of a batch their own idempotency_key",
            {"idempotency_key": ["must stand in each request of a batch, not in the headers"]},
        )
    requests = cast("list[Any]", value)
    if len(requests) > MOST_TOGETHER:
        raise PayloadTooLarge(
            f"the batch has more than {MOST_TOGETHER} requests; send less at once", {"max_requests": MOST_TOGETHER}
        )
    return requests


def _has_secret(bus: Bus, envelopes: list[Envelope]) -> bool:
    found = (bus.registry.spellings.get(f"{one.command}@{one.version}") for one in envelopes)
    return any(command is not None and command.contract.secret for command in found)
