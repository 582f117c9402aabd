"""Questions carried as JSON lines over sockets, in an event loop.

Each task has a connection to itself while it asks; one on which an answer did not come in time is given up, so that a
late answer is never taken for the next one.

Not here: what the lines mean (bus/client/line_messages.py).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from typing import NoReturn

from bus.client.line_faults import has_news, told
from bus.client.line_messages import lines_for, reply_of, windows
from bus.client.places import Place
from bus.client.steps import Ask, Open, Reply

#: Longest line that is read, bytes.
MOST_BYTES = 2**30

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class AsyncLinesCarrier:
    """Connections to one place, kept while they are good. For one event loop.

    Args:
        place: where they lead.
    """

    #: A connection carries answers alone.
    tells = False

    def __init__(self, place: Place) -> None:
        self._place = place
        self._idle: deque[Connection] = deque()

    async def ask(self, step: Ask) -> Reply:
        """Send a question and read its answer.

        Raises:
            NoAnswer: there is none.
        """
        lines = lines_for(step.question)
        deadline_s = asyncio.get_running_loop().time() + step.timeout_s
        connection = await self._connection()
        try:
            answers = await self._answers(connection, lines, deadline_s)
        except BaseException:
            connection[1].close()
            raise
        self._idle.append(connection)
        return reply_of(step.question, answers)

    async def open(self, step: Open) -> NoReturn:
        """Nobody asks for it: ``tells`` is False."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close the connections."""
        while self._idle:
            _, writer = self._idle.pop()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        await asyncio.to_thread(self._place.leave)

    async def _connection(self) -> Connection:
        while self._idle:
            reader, writer = self._idle.pop()
            # The kernel is asked: the loop may not have noticed yet.
            if not (writer.is_closing() or has_news(writer.get_extra_info("socket").fileno())):
                return reader, writer
            writer.close()  # the other end has
        connection = await asyncio.to_thread(self._place.connect)
        return await asyncio.open_unix_connection(sock=connection, limit=MOST_BYTES)

    async def _answers(self, connection: Connection, lines: Sequence[bytes], deadline_s: float) -> list[bytes]:
        reader, writer = connection
        answers: list[bytes] = []
        for window in windows(lines):
            with told(self._place.name, was_sent=bool(answers)):
                async with asyncio.timeout_at(deadline_s):
                    writer.writelines(window)
                    await writer.drain()
            with told(self._place.name, was_sent=True):
                async with asyncio.timeout_at(deadline_s):
                    answers += [await _read(reader) for _ in window]
        return answers


async def _read(reader: asyncio.StreamReader) -> bytes:
    """One line.

    Raises:
        OSError, EOFError: it does not come.
    """
    line = await reader.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return line
