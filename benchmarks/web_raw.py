"""The least that a server on ASGI can do: msgspec reads the arguments and writes the answer, nothing in between.

python -m uvicorn benchmarks.web_raw:app
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec


class Args(msgspec.Struct, forbid_unknown_fields=True):
    """The arguments of the command."""

    text: str


class Envelope(msgspec.Struct):
    """The answer, with the members of the bus's."""

    ok: bool
    command: str
    version: int
    data: dict[str, Any]
    error: None
    warnings: list[str]
    correlation_id: str
    job: None


decode = msgspec.json.Decoder(Args).decode
encode = msgspec.json.Encoder().encode
JSON = (b"content-type", b"application/json")


async def app(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    """Answer ``POST /commands/nothing``."""
    message = await receive()
    body = message["body"]
    while message["more_body"]:
        message = await receive()
        body += message["body"]
    decode(body)
    answer = encode(Envelope(True, "nothing", 1, {}, None, [], "raw", None))
    headers = [JSON, (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
