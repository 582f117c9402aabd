"""Sends requests that are made by chance, over several connections, and judges every answer.

An answer is an envelope, a plain 4xx, or a page; a server error is an envelope that says why. What is no HTTP may also
be met by closing the connection.

Not here: the requests (tests/bus/gateway/fuzz.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter
from typing import Any

import httptools

from tests.bus.gateway.fuzz import Maker, Sent

OK, REFUSED, SERVER_ERROR = 200, 400, 500
PROBLEM = {"type", "title", "status", "detail", "code"}
KEYS = {"ok", "command", "version", "data", "error", "warnings", "correlation_id", "job"}
#: The codes of envelopes that come with a status of 500 and more; None: whatever the command says.
SERVER_CODES = {500: "HANDLER_ERROR", 503: None, 504: "TIMEOUT"}
PATIENCE_S = 60


class Wrong(AssertionError):
    """An answer that should not have come."""


class Answer:
    """One answer, as it is read.

    Args:
        is_head: whether its end is that of its head, whatever that says.
    """

    def __init__(self, *, is_head: bool) -> None:
        self._is_head = is_head
        self._parser = httptools.HttpResponseParser(self)
        self.headers: dict[bytes, bytes] = {}
        self.body = b""
        self.is_whole = False

    def feed(self, data: bytes) -> None:
        """Read on."""
        self._parser.feed_data(data)

    @property
    def status(self) -> int:
        """Of HTTP."""
        return self._parser.get_status_code()

    @property
    def is_last(self) -> bool:
        """Whether the connection ends with it."""
        return self._is_head or not self._parser.should_keep_alive()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        self.headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        self.is_whole = self._is_head

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self.body += body

    def on_message_complete(self) -> None:
        """Called by the parser; 100 Continue is only a word on the way."""
        if self.status != 100:  # Continue
            self.is_whole = True


class Fuzzer:
    """Sends and judges.

    Args:
        port: of the server.
        maker: makes the requests.
    """

    def __init__(self, port: int, maker: Maker) -> None:
        self._port = port
        self._maker = maker
        self._left = 0
        #: How many answers had a status; 0: the connection was closed instead.
        self.statuses: Counter[int] = Counter()
        #: How often a command failed in a way that nobody foresaw.
        self.failed: Counter[str] = Counter()

    async def run(self, count: int, connections: int = 16) -> None:
        """Send so many requests.

        Raises:
            Wrong: an answer should not have come, or none came.
        """
        self._left = count
        async with asyncio.TaskGroup() as tasks:
            for _ in range(connections):
                tasks.create_task(self._converse())

    async def _converse(self) -> None:
        """Requests one after another, over a connection that is opened anew when the server closes it."""
        async with contextlib.AsyncExitStack() as opened:
            streams = None
            while self._left > 0:
                self._left -= 1
                sent = self._maker.next()
                if not sent.is_http:
                    await self._shout(sent)
                    continue
                if streams is None:
                    streams = await self._connect()
                    opened.push_async_callback(_closed, streams)
                answer = await self._ask(sent, streams)
                if answer.is_last:
                    await opened.aclose()
                    streams = None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._port)

    async def _ask(self, sent: Sent, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> Answer:
        reader, writer = streams
        writer.write(sent.raw)
        answer = Answer(is_head=sent.is_head)
        async with asyncio.timeout(PATIENCE_S):
            while not answer.is_whole:
                data = await reader.read(65_536)
                if not data:
                    raise Wrong(f"no answer to {sent.raw[:2_000]!r}")
                answer.feed(data)
        self._judge(sent, answer)
        return answer

    async def _shout(self, sent: Sent) -> None:
        """Say something over a connection of its own, and see whether anything comes before its end."""
        reader, writer = await self._connect()
        writer.write(sent.raw)
        writer.write_eof()
        answer = Answer(is_head=False)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while data := await reader.read(65_536):
                    if not answer.is_whole:  # it may hold several requests
                        answer.feed(data)
        except (ConnectionError, httptools.HttpParserError):
            pass
        finally:
            await _closed((reader, writer))
        if answer.is_whole:
            self._judge(sent, answer)
        else:
            self.statuses[0] += 1

    def _judge(self, sent: Sent, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        if sent.is_head and answer.status not in SERVER_CODES:
            return
        fault = _fault(answer)
        if answer.status == 500 and fault is None:
            self.failed[json.loads(answer.body)["command"]] += 1
        if fault is not None:
            shown = f"{answer.status} {answer.headers} {answer.body[:2_000]!r}"
            raise Wrong(f"{fault}: {shown}\nto the request {sent.raw[:4_000]!r}")


async def _closed(streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    streams[1].close()
    with contextlib.suppress(ConnectionError):
        await streams[1].wait_closed()


def _fault(answer: Answer) -> str | None:
    """What is wrong with an answer; None: nothing."""
    if b"Traceback" in answer.body:
        return "a traceback"
    if answer.status in SERVER_CODES:
        code = _code(answer)
        is_told = code is not None and SERVER_CODES[answer.status] in (code, None)
        return None if is_told else "a server error that no envelope explains"
    if not OK <= answer.status < SERVER_ERROR:
        return "a status nobody expects"
    kind = answer.headers.get(b"content-type", b"").partition(b";")[0]
    if kind == b"text/plain":
        return None if answer.status >= REFUSED else "a plain answer that is no refusal"
    if answer.headers.get(b"content-encoding") or kind not in (b"application/json", b"application/problem+json"):
        return None
    return None if answer.status == OK or _code(answer) else "a refusal that is no envelope"


def _code(answer: Answer) -> str | None:
    """The code of an envelope or a problem, ``ok`` for one that went well; None: the body is neither."""
    try:
        value: Any = json.loads(answer.body)
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    if answer.headers.get(b"content-type") == b"application/problem+json":
        return value["code"] if value.keys() >= PROBLEM else None
    if not value.keys() >= KEYS:
        return None
    return "ok" if value["ok"] else value["error"]["code"]
