"""A client for event loops: the ways of bus/client/calling.py and following.py, carried out by awaiting.

Not here: what is decided on the way (there), the same for threads (bus/client/client.py).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

from bus.client.addresses import Address
from bus.client.calling import Calling, JobOptions, Options
from bus.client.failures import NoAnswer
from bus.client.following import Following
from bus.client.retrying import Retries
from bus.client.steps import Ask, Event, Next, Open, Pause, Reply, Step, Steps, Walk
from bus.envelope import Envelope

if TYPE_CHECKING:
    from bus.client.http_async import AsyncHttpCarrier
    from bus.client.lines_async import AsyncLinesCarrier

T = TypeVar("T")


class AsyncClient:
    """A bus in another process, over HTTP, a Unix socket or pipes. For one event loop.

    Args:
        url: ``http://host:port`` or ``https://…`` of ``bus serve``; ``unix:/path`` of ``bus serve --unix``; ``stdio:``
            for a ``bus stdio`` of its own (``stdio:/path/to/bus`` for that of another environment).
        session_token: of calls that bring none.
        timeout_ms: how long a call may take with all its attempts, milliseconds.
        retries: how what may be repeated is repeated.

    Raises:
        ValueError: the URL is of no kind that is known.
    """

    def __init__(
        self,
        url: str,
        *,
        session_token: str | None = None,
        timeout_ms: float = 30_000,
        retries: Retries = Retries(),  # noqa: B008  # a tuple
    ) -> None:
        self._address = Address.of(url)
        self._carrier = _carrier(self._address)
        self._calling = Calling(session_token, timeout_ms, retries)
        self._following = Following(self._calling, tells=self._carrier.tells)

    async def call(self, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Options]) -> Envelope:
        """Run a command, or queue it with ``mode="queue"``: ``Bus.call`` of another process.

        Args:
            command: its name, also ``name@version``.
            args: its arguments; None: none.
            options: as of ``Bus.call``, and ``timeout_ms``, which counts all attempts.

        Raises:
            NoAnswer: no envelope came; ``was_sent`` says whether the command may have run.
        """
        return await self._outcome(self._calling.call(command, args, options))

    async def ask(self, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Options]) -> Any:
        """``call``, with the reply as it came: an envelope's members, or whatever else the other end sent.

        Raises:
            NoAnswer: nothing came.
        """
        return await self._outcome(self._calling.ask(command, args, options))

    async def submit(self, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Options]) -> Envelope:
        """Queue a command: ``call`` with ``mode="queue"``. The envelope's ``job`` names it."""
        return await self.call(command, args, **{**options, "mode": "queue"})

    async def batch(
        self,
        requests: Sequence[Mapping[str, Any]],
        *,
        session_token: str | None = None,
        timeout_ms: float | None = None,
    ) -> list[Envelope]:
        """The envelopes of many whole requests, in their order; each is answered for itself.

        Args:
            requests: members as in the reference of the request.
            session_token: of requests that bring none; None: the client's own.
            timeout_ms: for all of them together; None: as the client says.

        Raises:
            NoAnswer: not all envelopes came.
        """
        return await self._outcome(self._calling.batch(requests, timeout_ms, session_token))

    async def submit_many(
        self, command: str, many: Sequence[Mapping[str, Any]], **options: Unpack[Options]
    ) -> list[Envelope]:
        """Queue a command with each of many arguments; the envelopes in the same order."""
        return await self._outcome(self._calling.submit_many(command, many, options))

    async def wait(self, job_id: str, *, timeout_ms: float = 30_000, **options: Unpack[JobOptions]) -> Envelope:
        """The envelope of a job, once it has ended.

        Raises:
            TimedOut: it has not ended within ``timeout_ms``; it goes on.
            LookupError: there is no such job, or it is somebody else's.
            CommandError: the bus refused to tell.
            NoAnswer: the bus did not answer.
        """
        return await self._outcome(self._following.wait(job_id, timeout_ms, options))

    async def watch(self, job_id: str, **options: Unpack[JobOptions]) -> AsyncIterator[Event]:
        """What happens to a job until it has ended: its states, its progress, last its envelope.

        Raises:
            LookupError, CommandError, NoAnswer: as ``wait``.
        """
        walk = Walk(self._following.watch(job_id, options))
        async with contextlib.AsyncExitStack() as streams:
            for step in walk:
                if isinstance(step, Event):
                    yield step
                else:
                    walk.came = await self._carried_out(step, streams)

    async def close(self) -> None:
        """Close the connections. Calls must have ended."""
        await self._carrier.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"AsyncClient({self._address.place or self._address.way!r})"

    async def _outcome(self, steps: Steps[T]) -> T:
        walk = Walk(steps)
        async with contextlib.AsyncExitStack() as streams:
            for step in walk:
                walk.came = await self._carried_out(step, streams)
        return walk.outcome

    async def _carried_out(self, step: Step, streams: contextlib.AsyncExitStack) -> Any:
        """What comes of a step; a ``NoAnswer`` comes as it is, for the way to decide."""
        try:
            if isinstance(step, Ask):
                return await self._carrier.ask(step)
            if isinstance(step, Open):
                await streams.aclose()  # the one before
                opened = await self._carrier.open(step)
                if not isinstance(opened, Reply):
                    streams.push_async_callback(opened.close)
                return opened
            if isinstance(step, Next):
                return await step.stream.next()
            if isinstance(step, Pause):
                await asyncio.sleep(step.seconds)
        except NoAnswer as failure:
            return failure


def _carrier(address: Address) -> AsyncHttpCarrier | AsyncLinesCarrier:
    if address.way == "http":
        from bus.client.http_async import AsyncHttpCarrier  # httpx2 takes a while to import

        return AsyncHttpCarrier(address.place)
    from bus.client.lines_async import AsyncLinesCarrier
    from bus.client.places import Children, Server

    return AsyncLinesCarrier(Server(address.place) if address.way == "unix" else Children(address.place))
