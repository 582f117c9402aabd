"""Questions carried over HTTP in an event loop.

Not here: what the messages mean (bus/client/http_messages.py).
"""

from __future__ import annotations

import asyncio
from collections import deque

import httpx2

from bus.client.http_faults import LIMITS, SILENCE_S, is_stream, patience, told
from bus.client.http_messages import Message, message_for, reply_of
from bus.client.server_events import ServerEvents
from bus.client.steps import Ask, Event, Open, Reply


class AsyncHttpCarrier:
    """Connections to one gateway, kept while they are good. For one event loop.

    Args:
        url: its address.
    """

    #: The bus tells of jobs by itself.
    tells = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx2.AsyncClient(base_url=url.rstrip("/") + "/", limits=LIMITS)

    async def ask(self, step: Ask) -> Reply:
        """Send a question and read its answer.

        Raises:
            NoAnswer: there is none.
        """
        message = message_for(step.question)
        with told(self._url):
            async with asyncio.timeout(step.timeout_s):
                return await self._read(await self._sent(message, patience(step.timeout_s)))

    async def open(self, step: Open) -> AsyncHttpStream | Reply:
        """Begin to hear of a job; a reply where the bus refuses to tell.

        Raises:
            NoAnswer: there is neither.
        """
        with told(self._url):
            response = await self._sent(message_for(step.question), patience(step.timeout_s, SILENCE_S))
            if is_stream(response):
                return AsyncHttpStream(self._url, response)
            async with asyncio.timeout(step.timeout_s):
                return await self._read(response)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _sent(self, message: Message, within: httpx2.Timeout) -> httpx2.Response:
        method, path, headers, body = message
        request = self._http.build_request(method, path, headers=headers, content=body, timeout=within)
        return await self._http.send(request, stream=True)

    async def _read(self, response: httpx2.Response) -> Reply:
        try:
            return reply_of(response.status_code, response.headers, await response.aread())
        finally:
            await response.aclose()


class AsyncHttpStream:
    """The events of one job."""

    def __init__(self, url: str, response: httpx2.Response) -> None:
        self._url = url
        self._response = response
        self._pieces = response.aiter_bytes()
        self._events = ServerEvents()
        self._waiting: deque[Event] = deque()

    async def next(self) -> Event | None:
        """The next event; None: the stream has ended.

        Raises:
            NoAnswer: it broke off.
        """
        while not self._waiting:
            with told(self._url):
                piece = await anext(self._pieces, None)
            if piece is None:
                return None
            self._waiting.extend(self._events.take(piece))
        return self._waiting.popleft()

    async def close(self) -> None:
        """Hear no more."""
        await self._response.aclose()
