"""A client for threads: the ways of bus/client/calling.py and following.py, carried out by waiting.

Not here: what is decided on the way (there), the same for event loops (bus/client/async_client.py).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
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
    from bus.client.http_sync import HttpCarrier
    from bus.client.lines_sync import LinesCarrier

T = TypeVar("T")


class Client:
    """A bus in another process, over HTTP, a Unix socket or pipes. Safe to share between threads.

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

    def call(self, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Options]) -> Envelope:
        """Run a command, or queue it with ``mode="queue"``: ``Bus.call`` of another process.

        Args:
            command: its name, also ``name@version``.
            args: its arguments; None: none.
            options: as of ``Bus.call``, and ``timeout_ms``, which counts all attempts.

        Raises:
            NoAnswer: no envelope came; ``was_sent`` says whether the command may have run.
        """
        return self._outcome(self._calling.call(command, args, options))

    def ask(self, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Options]) -> Any:
        """``call``, with the reply as it came: an envelope's members, or whatever else the other end sent.

        Raises:
            NoAnswer: nothing came.
        """
        return self._outcome(self._calling.ask(command, args, options))

    def submit(self, command: str, args: Mapping[str, Any] | None = None, **options: Unpack[Options]) -> Envelope:
        """Queue a command: ``call`` with ``mode="queue"``. The envelope's ``job`` names it."""
        return self.call(command, args, **{**options, "mode": "queue"})

    def batch(
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
        return self._outcome(self._calling.batch(requests, timeout_ms, session_token))

    def submit_many(
        self, command: str, many: Sequence[Mapping[str, Any]], **options: Unpack[Options]
    ) -> list[Envelope]:
        """Queue a command with each of many arguments; the envelopes in the same order."""
        return self._outcome(self._calling.submit_many(command, many, options))

    def wait(self, job_id: str, *, timeout_ms: float = 30_000, **options: Unpack[JobOptions]) -> Envelope:
        """The envelope of a job, once it has ended.

        Raises:
            TimedOut: it has not ended within ``timeout_ms``; it goes on.
            LookupError: there is no such job, or it is somebody else's.
            CommandError: the bus refused to tell.
            NoAnswer: the bus did not answer.
        """
        return self._outcome(self._following.wait(job_id, timeout_ms, options))

    def watch(self, job_id: str, **options: Unpack[JobOptions]) -> Iterator[Event]:
        """What happens to a job until it has ended: its states, its progress, last its envelope.

        Raises:
            LookupError, CommandError, NoAnswer: as ``wait``.
        """
        walk = Walk(self._following.watch(job_id, options))
        with contextlib.ExitStack() as streams:
            for step in walk:
                if isinstance(step, Event):
                    yield step
                else:
                    walk.came = self._carried_out(step, streams)

    def close(self) -> None:
        """Close the connections. Calls must have ended."""
        self._carrier.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self._address.place or self._address.way!r})"

    def _outcome(self, steps: Steps[T]) -> T:
        walk = Walk(steps)
        with contextlib.ExitStack() as streams:
            for step in walk:
                walk.came = self._carried_out(step, streams)
        return walk.outcome

    def _carried_out(self, step: Step, streams: contextlib.ExitStack) -> Any:
        """What comes of a step; a ``NoAnswer`` comes as it is, for the way to decide."""
        try:
            if isinstance(step, Ask):
                return self._carrier.ask(step)
            if isinstance(step, Open):
                streams.close()  # the one before
                opened = self._carrier.open(step)
                if not isinstance(opened, Reply):
                    streams.callback(opened.close)
                return opened
            if isinstance(step, Next):
                return step.stream.next()
            if isinstance(step, Pause):
                time.sleep(step.seconds)
        except NoAnswer as failure:
            return failure


def _carrier(address: Address) -> HttpCarrier | LinesCarrier:
    if address.way == "http":
        from bus.client.http_sync import HttpCarrier  # httpx2 takes a while to import

        return HttpCarrier(address.place)
    from bus.client.lines_sync import LinesCarrier
    from bus.client.places import Children, Server

    return LinesCarrier(Server(address.place) if address.way == "unix" else Children(address.place))
