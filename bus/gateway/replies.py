"""An envelope becomes an HTTP answer: status by its code, headers by its contract, JSON or a problem document.

What was no request for a command is answered in plain text.

Not here: which status a code has (bus/gateway/statuses.py).
"""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from bus import logs
from bus.envelope import Envelope
from bus.errors import HandlerFailed
from bus.gateway.statuses import ACCEPTED, OK, PASSING, RETRY_AFTER_S, status_of
from bus.wire import encode

if TYPE_CHECKING:
    from bus.command import Command
    from bus.gateway.headers import Head
    from bus.registry import Registry

log = logs.get("bus.gateway")

#: Smaller bodies would hardly shrink, bytes.
GZIP_ABOVE = 1_024
#: Of zlib's 1 to 9: beyond this one, time grows faster than size falls.
GZIP_LEVEL = 5
#: zlib's window of 32 KiB, in gzip's frame.
_GZIP_FRAME = 16 + zlib.MAX_WBITS

Headers = list[tuple[bytes, bytes]]
JSON = (b"content-type", b"application/json")
PROBLEM = (b"content-type", b"application/problem+json")
PLAIN = (b"content-type", b"text/plain; charset=utf-8")
#: Answers belong to whoever asked, and nobody on the way keeps them.
NO_STORE = (b"cache-control", b"no-store")
NO_SNIFF = (b"x-content-type-options", b"nosniff")
#: After it the connection ends; what the client still sends is not read.
CLOSE = (b"connection", b"close")
_GZIPPED = (b"content-encoding", b"gzip")
_VARY = (b"vary", b"accept, accept-encoding")


class Reply(NamedTuple):
    """An HTTP answer, whole."""

    status: int
    headers: Headers
    body: bytes


def plain(status: int, sentence: str, *headers: tuple[bytes, bytes]) -> Reply:
    """An answer to what is not ours to understand."""
    body = f"{sentence}\n".encode()
    return Reply(status, [PLAIN, NO_SNIFF, NO_STORE, (b"content-length", b"%d" % len(body)), *headers], body)


def overloaded(sentence: str) -> Reply:
    """An answer to whom there is no place for now; what it still sends is not read."""
    return plain(HTTPStatus.SERVICE_UNAVAILABLE, sentence, (b"retry-after", b"%d" % RETRY_AFTER_S), CLOSE)


def json_reply(value: Any, head: Head, *headers: tuple[bytes, bytes], is_secret: bool = False) -> Reply:
    """Plain JSON that is no single envelope."""
    return sized(OK, [JSON, NO_STORE, *headers], encode(value), may_shrink=head.takes_gzip and not is_secret)


def reply(envelope: Envelope, registry: Registry, head: Head, root: str = "") -> Reply:
    """The answer that an envelope is.

    Args:
        envelope: what the bus answered.
        registry: knows the contract of the command.
        head: how the answer is wanted.
        root: where the gateway is mounted, for the paths it names.
    """
    error = envelope.error
    headers: Headers = [JSON, NO_STORE, (b"x-correlation-id", envelope.correlation_id.encode("latin-1", "replace"))]
    status = OK
    if error is not None:
        status = status_of(error["code"])
        headers += _advice(status, error["details"])
        if head.wants_problem:
            headers[0] = PROBLEM
    elif envelope.job is not None and envelope.data is None:
        status = ACCEPTED
        headers.append((b"location", f"{root}/jobs/{envelope.job['id']}".encode("latin-1", "replace")))
    if head.wants_async and envelope.job is not None:
        headers.append((b"preference-applied", b"respond-async"))
    if envelope.warnings:
        headers += _notice(registry, envelope, root)
    body = _body(envelope, head, status)
    may_shrink = len(body) > GZIP_ABOVE and not _is_secret(registry, envelope)
    return sized(status, headers, body, may_shrink=head.takes_gzip and may_shrink)


async def send_reply(reply: Reply, send: Any) -> None:
    """Send an answer that is whole."""
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    await send({"type": "http.response.body", "body": reply.body})


def sized(status: int, headers: Headers, body: bytes, *, may_shrink: bool) -> Reply:
    """An answer with the length of its body, which may be compressed if it is worth it."""
    if len(body) > GZIP_ABOVE:
        headers.append(_VARY)
        if may_shrink:
            body = _gzipped(body)
            headers.append(_GZIPPED)
    headers.append((b"content-length", b"%d" % len(body)))
    return Reply(status, headers, body)


def _body(envelope: Envelope, head: Head, status: int) -> bytes:
    members = envelope.to_dict()
    try:
        return encode(_problem(envelope, status) if head.wants_problem and envelope.error else members)
    except (TypeError, ValueError, RecursionError):
        message = "the command ran, but its answer is no JSON; the log has the cause"
        log.exception(message, correlation_id=envelope.correlation_id, command=envelope.command)
        failed = Envelope.failure(envelope.command, envelope.version, HandlerFailed(message), envelope.correlation_id)
        return encode(failed.to_dict())


def _problem(envelope: Envelope, status: int) -> dict[str, Any]:
    """RFC 9457: the same facts under the names that its readers know."""
    assert envelope.error is not None
    code = envelope.error["code"]
    return {
        "type": f"urn:charterbus:code:{quote(code, safe='')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": envelope.error["message"],
        "instance": f"urn:charterbus:call:{quote(envelope.correlation_id, safe=':@/')}",
        "code": code,
        "details": envelope.error["details"],
        "command": envelope.command,
        "version": envelope.version,
        "correlation_id": envelope.correlation_id,
        "warnings": envelope.warnings,
        "job": envelope.job,
    }


def _advice(status: int, details: dict[str, Any] | None) -> Headers:
    """When to come back, and with what."""
    seconds = details.get("retry_after_seconds") if details else None
    if type(seconds) is int and seconds >= 0:
        return [(b"retry-after", b"%d" % seconds)]
    if status in PASSING:
        return [(b"retry-after", b"%d" % RETRY_AFTER_S)]
    return [(b"www-authenticate", b"Bearer")] if status == HTTPStatus.UNAUTHORIZED else []


def _notice(registry: Registry, envelope: Envelope, root: str) -> Headers:
    """That a version will go, when, and what comes after it (RFC 9745, RFC 8594, RFC 5829)."""
    command = _command(registry, envelope)
    if command is None or not command.warnings:
        return []
    # RFC 9745 wants the moment since when; contracts tell that they are deprecated, not since when.
    headers: Headers = [(b"deprecation", b"@0")]
    if command.contract.sunset is not None:
        moment = datetime.combine(date.fromisoformat(command.contract.sunset), time(tzinfo=UTC))
        headers.append((b"sunset", format_datetime(moment, usegmt=True).encode()))
    if command.newer is not None:
        successor = f'<{root}/commands/{quote(command.name, safe="")}>; rel="successor-version"'
        headers.append((b"link", successor.encode("latin-1", "replace")))
    return headers


def _is_secret(registry: Registry, envelope: Envelope) -> bool:
    """Whether compression could betray something: its length tells of what repeats (BREACH)."""
    command = _command(registry, envelope)
    return command is not None and command.contract.secret


def _command(registry: Registry, envelope: Envelope) -> Command | None:
    return registry.spellings.get(f"{envelope.command}@{envelope.version}")


def _gzipped(body: bytes) -> bytes:
    shrink = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_FRAME)
    return shrink.compress(body) + shrink.flush()
