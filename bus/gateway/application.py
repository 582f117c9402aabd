"""The gateway as an ASGI application: the hot path first, every other route by Starlette.

    application = Gateway(bus)     # any ASGI server runs it; ``bus serve`` is uvicorn with limits around it

Not here: the server (bus/gateway/serving.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bus.gateway.bodies import Bodies, Gone, NoRoom
from bus.gateway.commands import command_reply, failed
from bus.gateway.headers import NO_HEAD
from bus.gateway.replies import Reply, overloaded, plain, reply, send_reply
from bus.gateway.threads import CallThreads
from bus.gateway.watching import Watching

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from bus.application import Bus

#: Before the name of a command.
COMMANDS = "/commands/"
_HOT = len(COMMANDS)


class Gateway:
    """The ASGI application of one bus, which it does not close.

    Args:
        bus: answers the commands.
    """

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        #: Whether the server is about to end: it is no longer ready, and nobody waits for long.
        self.is_draining = False
        self._hosts = None if bus.settings.http_hosts is None else [one.lower() for one in bus.settings.http_hosts]
        self._max_bytes = bus.settings.max_request_bytes
        self._bodies = Bodies(self._max_bytes, bus.settings.http_bodies_bytes)
        self._threads: CallThreads | None = None
        self._watching: Watching | None = None

    @functools.cached_property
    def routes(self) -> Starlette:
        """Everything but the hot path."""
        from bus.gateway.routes import routes

        return routes(self)

    @property
    def threads(self) -> CallThreads:
        """Where calls run; made by the first one, on the loop it came in on."""
        if self._threads is None:
            self._threads = CallThreads(self.bus.settings.http_threads)
        return self._threads

    @property
    def watching(self) -> Watching:
        """Waits for jobs; made by the first who does."""
        if self._watching is None:
            self._watching = Watching(self.bus, self.threads)
            if self.is_draining:
                self._watching.end()
        return self._watching

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one HTTP request, as ASGI says."""
        if self._hosts is not None and not self._is_ours(scope):
            await send_reply(plain(HTTPStatus.MISDIRECTED_REQUEST, "this host is not served here"), send)
        elif scope["type"] == "http" and _is_command(scope):
            await self.post(scope, receive, send, command_reply, scope["path"][_HOT:])
        else:
            await self.routes(scope, receive, send)

    def hand(self, scope: Any, body: bytearray, done: Callable[[Reply], None]) -> bool:
        """Have a command answered whose request is there whole; False: it goes the way of ASGI.

        Args:
            scope: of ASGI.
            body: all of it.
            done: gets the answer, on the loop.
        """
        if not _is_command(scope) or self._hosts is not None or len(body) > self._max_bytes:
            return False

        def settle(answered: Any, error: BaseException | None) -> None:
            done(self._failed(error) if error else answered)

        self.threads.hand(settle, command_reply, self.bus, scope, scope["path"][_HOT:], bytes(body))
        return True

    async def post(self, scope: Any, receive: Any, send: Any, function: Callable[..., Reply], *parts: str) -> None:
        """Read a body, answer it in a thread, send the answer.

        Args:
            scope: of ASGI, as ``receive`` and ``send`` are.
            receive: gives the body.
            send: takes the answer.
            function: answers, from the bus, the scope, the parts and the body.
            parts: of the path.
        """
        try:
            async with self._bodies.read(receive) as body:
                answered = await self.answer(function, self.bus, scope, *parts, body)
        except Gone:
            return
        except NoRoom:
            answered = overloaded("too much is being sent at once; try again")
        await send_reply(answered, send)

    async def answer(self, function: Callable[..., Reply], *args: Any) -> Reply:
        """What a function answers, run in a thread; also where the gateway itself fails, an envelope."""
        try:
            return await self.threads.run(function, *args)
        except Exception as error:  # noqa: BLE001  # logged, and answered as a fault of the bus
            return self._failed(error)

    def _failed(self, error: BaseException) -> Reply:
        return reply(failed({}, error), self.bus.registry, NO_HEAD)

    def _is_ours(self, scope: Any) -> bool:
        """Whether a request is for one of the hosts that were named."""
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return any(name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in self._hosts or ())

    @property
    def is_busy(self) -> bool:
        """Whether a call has begun, or waits to begin, whose answer somebody may not even want any more."""
        return self._threads is not None and self._threads.is_busy

    def drain(self) -> None:
        """Be ready for nobody new; whoever waits for a job is answered with what is known."""
        self.is_draining = True
        if self._watching is not None:
            self._watching.end()

    def close(self) -> None:
        """Let calls end that have begun."""
        if self._threads is not None:
            self._threads.close()


def _is_command(scope: Any) -> bool:
    return scope["method"] == "POST" and scope["path"].startswith(COMMANDS)
