"""Requests by chance: what callers send, what they send by mistake, and what no HTTP client would.

Everything follows from one ``random.Random``. A request is made from arguments that some command takes, then bent: a
value, a member, a byte, a header, the path, the method, the framing.

Not here: sending them and judging the answers (tests/bus/gateway/fuzz_client.py).
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

#: A command and arguments that it takes.
Sample = tuple[str, int, dict[str, Any]]

TOKEN = "fuzz"  # it opens the test's own server alone
NIL = "00000000-0000-0000-0000-000000000000"
#: Values that no field expects, or only some do.
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 0.5, -0.0, 1e308, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1),
    *("", " ", "0", "null", "x" * 300, "x" * 5_000, "\0", "\x1b[31m", "ü😀\u2028", "%s%n", "' OR 1=1 --", "../../etc"),
    *("2026-02-30", "2026-01-31T25:00:00Z", "9999-12-31", "+1", "1e5", NIL, NIL.upper(), "a@b", "<b>", "{{7*7}}"),
    *([], {}, [None], [[]], {"": 0}, {"$ref": "#"}, [1] * 200, {"a": {"b": {"c": [1, {"d": None}]}}}),
)
#: JSON that ``json.dumps`` would not write.
RAW = (
    *(b"", b"null", b"[]", b'"x"', b"1", b"{", b"NaN", b'{"a":NaN}', b'{"a":1e999}', b"\xff\xfe{}", b"\xef\xbb\xbf{}"),
    *(b'{"a":"\\ud800"}', b'{"a":1,"a":2}', b'{"a":"\xc3\x28"}', b"[" * 2_000, b'{"a":' * 300, b"{}" * 2, b"{}\0"),
    *(b'{"n":%b}' % (b"9" * 5_000), b'{"a":0.%b}' % (b"1" * 2_000), b'{"\\u0000":1}', b"{'a':1}", b"{}//", b" {} "),
)
METHODS = ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "post")
PATHS = (
    *("/", "/commands", "/commands/", "/commands//", "/commands/%00", "/commands/%ff", "/commands/..%2f..", "/livez"),
    *("/readyz", "/openapi.json", "/asyncapi.json", "/docs", "/docs/", "/docs/../x", "/docs/%2e%2e/x", "/favicon.ico"),
    *(f"/jobs/{NIL}", f"/jobs/{NIL}?wait_ms=1", f"/jobs/{NIL}/events", "/jobs/x", "/jobs/", f"/jobs/{NIL}?wait_ms=x"),
    *("/dispatch", "/dispatch/", "/dispatch/batch", "/dispatch/batch?x=1", "/commands/echo@1/x", "//commands/echo"),
    *("/commands/echo?version=", "/commands/echo?version=-1", "/commands/echo?version=1&version=2", "/x" * 2_000),
    *("/commands/" + "x" * 300, "/commands/%E2%80%A8", "/commands/echo%40x", "/commands/echo@99", "/commands/echo@"),
)
HEADERS = (
    *("Authorization: Bearer nobody", "Authorization: Bearer", "Authorization: Basic eDp5", "Authorization: x" * 50),
    *("Content-Type: text/plain", "Content-Type: application/json; charset=utf-16", "Content-Type: ", "Accept: */*"),
    *("Content-Encoding: gzip", "Content-Encoding: identity", "Accept: application/problem+json", "Accept: text/html"),
    *("Accept-Encoding: gzip", "Accept-Encoding: gzip;q=0", "Prefer: respond-async", "Prefer: wait=10", "Prefer: ,;="),
    *("Idempotency-Key: k", "Idempotency-Key: ", "Idempotency-Key: " + "k" * 300, 'Idempotency-Key: "q"'),
    *("X-Correlation-ID: c", "X-Correlation-ID: \x80\xff", "X-Correlation-ID: " + "c" * 200, "Origin: https://a.b"),
    *("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "traceparent: x", "Expect: 100-continue"),
    *("Last-Event-ID: 7", "Last-Event-ID: x", "Connection: close", "X-Forwarded-For: 1.2.3.4", "Cookie: a=b", "a: b"),
    *(
        "Upgrade: websocket",
        "Host: other",
        "Range: bytes=0-1",
        "If-None-Match: *",
        "User-Agent: \xff",
        "X: " + "y" * 900,
    ),
)


class Sent(NamedTuple):
    """One request as bytes."""

    raw: bytes
    #: Whether it is HTTP that must be answered; anything else may be met by closing the connection.
    is_http: bool
    #: Whether its answer has no body, whatever its head says.
    is_head: bool = False


class Maker:
    """Makes requests.

    Args:
        rng: decides everything.
        samples: what callers may send.
    """

    def __init__(self, rng: random.Random, samples: Sequence[Sample]) -> None:
        self._rng = rng
        self._samples = samples
        self._kinds: dict[Callable[[], Sent], int] = {
            self._command: 55,
            self._other_body: 12,
            self._dispatch: 10,
            self._batch: 3,
            self._elsewhere: 12,
            self._broken: 8,
        }

    def next(self) -> Sent:
        """Another request."""
        (kind,) = self._rng.choices([*self._kinds], [*self._kinds.values()])
        return kind()

    def _command(self) -> Sent:
        name, version, args = self._sample()
        query = self._rng.choice(("", "", f"?version={version}", "?version=99"))
        return self._post(f"/commands/{name}{query}", self._json(args))

    def _other_body(self) -> Sent:
        name, _, args = self._sample()
        return self._post(f"/commands/{name}", self._rng.choice((self._rng.choice(RAW), self._bent_bytes(args))))

    def _dispatch(self) -> Sent:
        return self._post("/dispatch", self._json(self._whole()))

    def _batch(self) -> Sent:
        many: Any = [self._bent(self._whole()) for _ in range(self._rng.randrange(6))]
        return self._post("/dispatch/batch", self._json(many))

    def _elsewhere(self) -> Sent:
        method = self._rng.choice((*METHODS, "GET", "GET", "POST"))
        body = b"{}" if self._rng.random() < 0.3 else b""  # some
        return self._framed(method, self._rng.choice(PATHS), body, is_head=method == "HEAD")

    def _broken(self) -> Sent:
        """Something that only looks like HTTP."""
        rng, whole = self._rng, self._command().raw
        where = rng.randrange(len(whole))
        return Sent(
            rng.choice(
                (
                    whole[:where],
                    whole[:where] + rng.randbytes(rng.randrange(1, 9)) + whole[where + rng.randrange(9) :],
                    rng.randbytes(rng.randrange(1, 200)),
                    whole.replace(b"\r\n", rng.choice((b"\n", b"\r", b"\r\n\r\n", b" ")), rng.randrange(1, 4)),
                    whole.replace(b"HTTP/1.1", rng.choice((b"HTTP/9.9", b"HTTP/1.0", b"HTTP", b"", b"http/1.1"))),
                    whole.replace(b"Content-Length: ", rng.choice((b"Content-Length: -", b"Content-Length: 9999999"))),
                    whole.replace(b"Content-Length: ", b"Transfer-Encoding: chunked\r\nContent-Length: "),
                    b"POST /commands/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n",
                    b"GET /livez HTTP/1.1\r\nHost: x\r\nX: " + b"y" * rng.randrange(30_000, 80_000) + b"\r\n\r\n",
                    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + rng.randbytes(100),
                )
            ),
            is_http=False,
        )

    def _whole(self) -> Any:
        name, version, args = self._sample()
        more: dict[str, Any] = {
            "version": version,
            "id": self._odd(),
            "session_token": self._rng.choice((TOKEN, "nobody")),
            "mode": self._rng.choice(("sync", "queue", "x")),
            "idempotency_key": "k",
            "correlation_id": self._odd(),
            "delay_ms": self._rng.choice((0, 1, -1)),
        }
        kept = self._rng.sample([*more], self._rng.randrange(4))
        return {"command": name, "args": args} | {member: more[member] for member in kept}

    def _sample(self) -> Sample:
        name, version, args = self._rng.choice(self._samples)
        return name, version, copy.deepcopy(args)

    def _json(self, value: Any) -> bytes:
        return json.dumps(self._bent(value)).encode()

    def _bent(self, value: Any) -> Any:
        """The value with up to three places changed; one in four is left as it is."""
        for _ in range(self._rng.choice((0, 1, 1, 3))):
            value = self._bend(value)
        return value

    def _bend(self, value: Any) -> Any:
        rng = self._rng
        is_place = isinstance(value, (dict, list)) and value
        if not is_place or rng.random() < 0.1:  # seldom the whole
            return self._odd()
        key = rng.choice([*value]) if isinstance(value, dict) else rng.randrange(len(value))
        what = rng.random()
        if what < 0.2:
            del value[key]
        elif what < 0.3 and isinstance(value, dict):
            value[rng.choice(("", "x", "session_token", "__class__", f"{key} ", str(key).upper()))] = self._odd()
        else:
            value[key] = self._bend(value[key])
        return value

    def _odd(self) -> Any:
        """A value that may be changed further."""
        return copy.deepcopy(self._rng.choice(ODD))

    def _bent_bytes(self, args: dict[str, Any]) -> bytes:
        text = bytearray(json.dumps(args).encode())
        for _ in range(self._rng.randrange(1, 4)):
            where = self._rng.randrange(len(text) + 1)
            text[where : where + self._rng.randrange(3)] = self._rng.randbytes(self._rng.randrange(3))
        return bytes(text)

    def _post(self, path: str, body: bytes) -> Sent:
        return self._framed("POST", path, body)

    def _framed(self, method: str, path: str, body: bytes, *, is_head: bool = False) -> Sent:
        rng = self._rng
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
        lines += ["Content-Type: application/json"] if rng.random() < 0.95 else []
        lines += [f"Authorization: Bearer {TOKEN}"] if rng.random() < 0.7 else []
        lines += rng.sample(HEADERS, rng.choice((0, 0, 0, 1, 1, 3)))
        if body and rng.random() < 0.1:
            lines.append("Transfer-Encoding: chunked")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        else:
            lines.append(f"Content-Length: {len(body)}")
        return Sent("\r\n".join((*lines, "\r\n")).encode("latin-1") + body, is_http=True, is_head=is_head)
