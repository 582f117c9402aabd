"""The gateway as an ASGI application: the hot path first, every other route by Starlette.

    application = Gateway(bus)     # any ASGI server runs it; ``bus serve`` is uvicorn with limits around it

Not here: the server (bus/gateway/serving.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bus.gateway.bodies import Gone, read_body
from bus.gateway.commands import command_reply, failed
from bus.gateway.headers import NO_HEAD
from bus.gateway.replies import WHOLE, Reply, plain, reply, send_reply
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
        # What stands in between to add headers for pages of other origins must see the answer.
        self._may_write = not bus.settings.http_origins
        self._max_bytes = bus.settings.max_request_bytes
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
        elif scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(COMMANDS):
            name = scope["path"][_HOT:]
            await self.post(scope, receive, send, command_reply, name)
        else:
            await self.routes(scope, receive, send)

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
            body = await read_body(receive, self._max_bytes)
        except Gone:
            return
        answered = await self.answer(function, self.bus, scope, *parts, body)
        offered = scope.get("extensions") if self._may_write else None
        if not offered or WHOLE not in offered or not offered[WHOLE]["send"](scope, answered):
            await send_reply(answered, send)

    async def answer(self, function: Callable[..., Reply], *args: Any) -> Reply:
        """What a function answers, run in a thread; also where the gateway itself fails, an envelope."""
        try:
            return await self.threads.run(function, *args)
        except Exception as error:  # noqa: BLE001  # logged, and answered as a fault of the bus
            return reply(failed({}, error), self.bus.registry, NO_HEAD)

    def _is_ours(self, scope: Any) -> bool:
        """Whether a request is for one of the hosts that were named."""
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return any(name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in self._hosts or ())

    def drain(self) -> None:
        """Be ready for nobody new; whoever waits for a job is answered with what is known."""
        self.is_draining = True
        if self._watching is not None:
            self._watching.end()

    def close(self) -> None:
        """Let calls end that have begun."""
        if self._threads is not None:
            self._threads.close()
