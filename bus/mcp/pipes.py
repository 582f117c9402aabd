"""Messages of the protocol over two file descriptors, a JSON object a line.

The kit's own transport would be closed while plugins are loaded, and drops the answers of calls that are under way
when the input ends. Here they are answered first.

Not here: what the messages mean (the package ``mcp``).
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Any

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCError, JSONRPCNotification, JSONRPCRequest, JSONRPCResponse, jsonrpc_message_adapter

from bus.lines import Answers, Lines

#: Lines that wait for the server at most.
MOST_WAITING = 100


class Pipes:
    """The two directions of one connection.

    Args:
        source: where to read.
        target: where to write.
        max_bytes: longest line; a longer one is answered as unreadable.
    """

    def __init__(self, source: int, target: int, max_bytes: int) -> None:
        self._source = source
        self._answers = Answers(target)
        self._max_bytes = max_bytes
        self._open_requests: set[Any] = set()
        self._is_quiet = asyncio.Event()
        self._is_quiet.set()
        self._lines_in, self._lines = anyio.create_memory_object_stream[bytes | None](MOST_WAITING)

    def stop(self) -> None:
        """Read no more; what was read is answered."""
        self._lines_in.close()

    async def feed(self, server: MemoryObjectSendStream[SessionMessage | Exception]) -> None:
        """Hand what comes in to the server, until the input has ended and every request has its answer."""
        loop = asyncio.get_running_loop()
        # A daemon: nobody can wake it from reading.
        threading.Thread(target=self._read, args=(loop,), name="bus-mcp-read", daemon=True).start()
        async with server, self._lines:
            async for line in self._lines:
                if line is None or line.strip():
                    await server.send(self._message(line))
            await self._is_quiet.wait()

    async def drain(self, answers: MemoryObjectReceiveStream[SessionMessage]) -> None:
        """Write what the server says, until it says no more.

        Raises:
            OSError: nobody reads any more.
        """
        async with answers:
            async for answer in answers:
                text = answer.message.model_dump_json(by_alias=True, exclude_unset=True)
                await asyncio.to_thread(self._answers.add, f"{text}\n".encode(), is_last=True)
                if isinstance(answer.message, JSONRPCResponse | JSONRPCError):
                    self._end(answer.message.id)

    def _message(self, line: bytes | None) -> SessionMessage | Exception:
        if line is None:
            return ValueError(f"the line has more than {self._max_bytes} bytes")
        try:
            message = jsonrpc_message_adapter.validate_json(line, by_name=False)
        except ValueError as error:
            return error
        if isinstance(message, JSONRPCRequest):
            self._open_requests.add(message.id)
            self._is_quiet.clear()
        elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
            self._end((message.params or {}).get("requestId"))  # it gets no answer
        return SessionMessage(message)

    def _end(self, request_id: Any) -> None:
        self._open_requests.discard(request_id)
        if not self._open_requests:
            self._is_quiet.set()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """The life of the thread that reads."""
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError, RuntimeError):  # stopped
            for line in Lines(self._source, self._max_bytes):
                asyncio.run_coroutine_threadsafe(self._lines_in.send(line), loop).result()
            loop.call_soon_threadsafe(self._lines_in.close)
