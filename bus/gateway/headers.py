"""What the headers of a request say: members of the bus's request, and how the answer is wanted.

A header decides over the member of the same meaning in the body, and that over one among the arguments; a session
token or a correlation id that is refused is not replaced by the next. Of two headers that contradict each other
neither can be believed.

Not here: what a member may be (bus/requests.py), the headers of answers (bus/gateway/replies.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from bus.envelope import Peer

#: Headers that say something about the call, and so may be given once.
_SINGLE = frozenset(
    (b"authorization", b"content-encoding", b"content-type", b"idempotency-key", b"traceparent", b"x-correlation-id")
)
#: W3C Trace Context, level 1: version, trace id, parent id, flags; later versions may have more behind.
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?")
_RESPOND_ASYNC = re.compile(rb"(?:^|[,;])\s*respond-async\s*(?:[,;]|$)", re.IGNORECASE)
_PROBLEM = b"application/problem+json"
#: "gzip" or "*", unless it is given the weight 0.
_GZIP = re.compile(rb"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?:,|$)", re.IGNORECASE)
#: Longest user agent that is kept, characters.
MAX_USER_AGENT = 300


class Head(NamedTuple):
    """The headers of one request, read."""

    #: ``session_token``, ``correlation_id`` and ``idempotency_key``, as far as they are given.
    members: dict[str, Any]
    peer: Peer | None
    #: ``application/json``, without its parameters; None: the body has no type.
    content_type: bytes | None
    content_encoding: bytes | None
    #: The trace the caller is part of; None: it is in none.
    trace_id: str | None
    wants_problem: bool
    takes_gzip: bool
    wants_async: bool


#: Of a request whose headers nobody has read.
NO_HEAD = Head({}, None, None, None, None, wants_problem=False, takes_gzip=False, wants_async=False)


def read_head(scope: Any) -> Head | str:
    """What the headers of an ASGI scope say; a sentence when they contradict each other."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    given = dict(headers)
    if len(given) != len(headers):
        twice = _given_twice(headers)
        if twice is not None:
            return f"the header {twice} is given twice; keep one"
        given = _merged(headers)
    get = given.get
    accept, accept_encoding, prefer = get(b"accept"), get(b"accept-encoding"), get(b"prefer")
    content_type, trace = get(b"content-type"), get(b"traceparent")
    return Head(
        _members(given),
        _peer(scope, get(b"user-agent")),
        None if content_type is None else content_type.partition(b";")[0].strip().lower(),
        get(b"content-encoding"),
        None if trace is None else _trace_id(trace),
        accept is not None and _PROBLEM in accept,
        accept_encoding is not None and _GZIP.search(accept_encoding) is not None,
        prefer is not None and _RESPOND_ASYNC.search(prefer) is not None,
    )


def _members(given: dict[bytes, bytes]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    authorization = given.get(b"authorization")
    if authorization is not None:
        scheme, _, token = authorization.partition(b" ")
        if scheme.lower() == b"bearer":  # other schemes are for somebody in front of the gateway
            members["session_token"] = token.strip().decode("latin-1")
    correlation_id = given.get(b"x-correlation-id")
    if correlation_id is not None:
        members["correlation_id"] = correlation_id.decode("latin-1")
    key = given.get(b"idempotency-key")
    if key is not None:
        members["idempotency_key"] = _unquoted(key.decode("latin-1"))
    return members


def _unquoted(key: str) -> str:
    """The key, without the quotation marks that the header's draft asks for and few send."""
    is_quoted = len(key) > 1 and key[0] == key[-1] == '"'
    return key[1:-1] if is_quoted else key


def _peer(scope: Any, user_agent: bytes | None) -> Peer | None:
    client = scope.get("client")
    if not client:
        return None
    return Peer(client[0], None if user_agent is None else user_agent.decode("latin-1")[:MAX_USER_AGENT])


def _trace_id(header: bytes) -> str | None:
    found = _TRACEPARENT.fullmatch(header.decode("latin-1").strip())
    return None if found is None else found[1]


def _merged(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Each header once; a list that came in several lines is one list (RFC 9110, 5.2)."""
    merged: dict[bytes, bytes] = {}
    for name, value in headers:
        merged[name] = merged[name] + b", " + value if name in merged else value
    return merged


def _given_twice(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    seen: set[bytes] = set()
    for name, _ in headers:
        if name in seen:
            return name.decode("latin-1")
        if name in _SINGLE:
            seen.add(name)
    return None
