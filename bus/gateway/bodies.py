"""Reading the body of a request: all of it or, beyond the limit, nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[Any]]


class Gone(Exception):
    """The client left before its request was whole."""


async def read_body(receive: Receive, max_bytes: int) -> bytes | None:
    """The body; None when it has more than ``max_bytes``.

    Raises:
        Gone: there is nobody to answer.
    """
    message = await receive()
    if message["type"] != "http.request":
        raise Gone
    body: bytes = message["body"]
    if not message["more_body"]:
        return body if len(body) <= max_bytes else None
    parts, size = [body], len(body)
    while message["more_body"]:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        size += len(message["body"])
        if size > max_bytes:
            return None
        parts.append(message["body"])
    return b"".join(parts)
