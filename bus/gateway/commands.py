"""``POST /commands/{name}``: the arguments are the body, everything else stands in headers and the query.

The hot path of the gateway: plain ASGI, no framework in between.

Not here: whole requests and batches (bus/gateway/dispatching.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus import logs
from bus.envelope import Envelope
from bus.errors import BusError, HandlerFailed, PayloadTooLarge
from bus.gateway.headers import Head, read_head
from bus.gateway.queries import read_query, whole
from bus.gateway.replies import CLOSE, Reply, plain, reply
from bus.requests import MAX_INT32, read_request, refused_envelope
from bus.wire import LoneSurrogate, decode

if TYPE_CHECKING:
    from bus.application import Bus

log = logs.get("bus.gateway")

_JSON_TYPE = b"application/json"


def command_reply(bus: Bus, scope: Any, name: str, body: bytes | None) -> Reply:
    """Run one command for an HTTP request.

    Args:
        bus: answers it.
        scope: of ASGI.
        name: of the command, also ``name@version``.
        body: its arguments; None: more bytes than a request may have.
    """
    head = read_head(scope)
    if isinstance(head, str):
        return plain(400, head)
    fault = unreadable(head, body)
    if fault is not None:
        return fault
    members: dict[str, Any] = {"command": name, **head.members}
    try:
        members["args"] = read_json(bus, body, place="args") if body or body is None else {}
        if head.wants_async:
            members["mode"] = "queue"
        if scope["query_string"]:
            members["version"] = whole(read_query(scope, "version"), "version", 1, MAX_INT32)
    except BusError as error:
        return _finished(bus, refused_envelope(members, error), head, scope, body)
    return _finished(bus, answered(bus, members, head), head, scope, body)


def unreadable(head: Head, body: bytes | None) -> Reply | None:
    """The answer to a body that is not in a form we read; None when it is."""
    if not body:
        return None
    if head.content_encoding not in (None, b"identity"):
        return plain(415, "bodies are read as they are; send this one without a Content-Encoding")
    is_json = head.content_type == _JSON_TYPE or (head.content_type or b"").endswith(b"+json")
    return None if is_json else plain(415, "send the body as JSON, with Content-Type: application/json")


def read_json(bus: Bus, body: bytes | None, *, deeper: int = 0, place: str | None = None) -> Any:
    """The value of a body.

    Args:
        bus: has the limits.
        body: None: one that has more bytes than it may.
        deeper: levels of nesting beyond those of a request.
        place: where in a request the value stands; None: it is a whole one.

    Raises:
        InvalidArguments: it is no JSON.
        PayloadTooLarge: it is beyond a limit.
    """
    settings = bus.settings
    if body is None:
        limit = settings.max_request_bytes
        raise PayloadTooLarge(f"the body has more than {limit} bytes; send less at once", {"max_bytes": limit})
    try:
        return decode(body, max_bytes=settings.max_request_bytes, max_depth=settings.max_depth + deeper)
    except LoneSurrogate as error:
        if place is None:
            raise
        (found,) = (error.details or {})["fields"]
        raise LoneSurrogate(None, f"{place}.{found}" if found else place) from None


def answered(bus: Bus, members: Any, head: Head, *, is_local: bool = False) -> Envelope:
    """The envelope for the members of a request from the network; never raises."""
    try:
        request = read_request(members, is_local=is_local)
    except BusError as error:
        return refused_envelope(members, error)
    request.peer = head.peer
    token = None if head.trace_id is None else logs.trace.set(head.trace_id)
    try:
        return bus.answer(request)
    except Exception as error:  # noqa: BLE001  # a fault in the bus itself must not end the connection
        return failed(members, error)
    finally:
        if token is not None:
            logs.trace.reset(token)


def failed(members: Any, error: BaseException) -> Envelope:
    """The answer where the bus itself failed; what happened goes to the log."""
    message = "the bus failed to answer; the log has the cause"
    envelope = refused_envelope(members, HandlerFailed(message))
    log.error(message, exc_info=error, correlation_id=envelope.correlation_id, command=envelope.command)
    return envelope


def _finished(bus: Bus, envelope: Envelope, head: Head, scope: Any, body: bytes | None) -> Reply:
    answer = reply(envelope, bus.registry, head, scope.get("root_path", ""))
    if body is None:
        answer.headers.append(CLOSE)
    return answer
