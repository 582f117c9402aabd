"""The short way: a command whose request is there whole is handed to a thread, and its answer written, at once.

ASGI has a task, an event, ``receive`` and ``send`` for each request; for a small command they take as long as all the
rest. Most requests for commands come in one piece and go in one piece, and need none of that. Every other request,
and this one under any other server, goes the way of ASGI, to the same functions.

Not here: what is answered (bus/gateway/commands.py), limits on clients (bus/gateway/protocol.py).
"""

from __future__ import annotations

import functools
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from bus.gateway.application import Gateway
from bus.gateway.replies import CLOSE, Reply, send_reply


class DirectConfig(uvicorn.Config):
    """uvicorn's configuration with the gateway."""

    gateway: Gateway


class DirectProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, config: DirectConfig, *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self._gateway = config.gateway
        self._is_feeding = False
        #: A request whose head is there, and perhaps more in the same piece; and who answers it.
        self._held: tuple[RequestResponseCycle, Any] | None = None

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        self._is_feeding = True
        super().data_received(data)
        self._is_feeding = False
        self._begin_held()

    def on_message_complete(self) -> None:
        """All of a request is there."""
        super().on_message_complete()
        self._begin_held()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Begin to answer a request, as soon as it is known whether it came in one piece."""
        if self._is_feeding and cycle.more_body:
            self._held = cycle, app
        else:
            self._begin(cycle, app)

    def _begin_held(self) -> None:
        if self._held is not None:
            cycle, app = self._held
            self._held = None
            self._begin(cycle, app)

    def _begin(self, cycle: RequestResponseCycle, app: Any) -> None:
        # What stands in between, for pages of other origins or behind a proxy, must see the request: it is the app.
        is_short = app is self._gateway and not cycle.more_body
        if not is_short or not self._gateway.hand(cycle.scope, cycle.body, functools.partial(self._answer, cycle)):
            super()._start_asgi_task(cycle, app)

    def _answer(self, cycle: RequestResponseCycle, reply: Reply) -> None:
        """Write an answer in one piece; where that cannot be done, uvicorn writes it, or says what is wrong with it."""
        if cycle.disconnected:
            return
        head = None if self.flow.write_paused else self._head_of(cycle, reply)
        if head is None:
            super()._start_asgi_task(cycle, functools.partial(_sent, reply))
            return
        self.transport.write(head + reply.body)
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()
        cycle.on_response = _nothing  # else it and this connection would hold each other

    def _head_of(self, cycle: RequestResponseCycle, reply: Reply) -> bytes | None:
        """The head of an answer; None: somebody's text would end a header early."""
        headers = [*self.server_state.default_headers, *reply.headers]
        if CLOSE in reply.headers:
            cycle.keep_alive = False
        elif not cycle.keep_alive:
            headers.append(CLOSE)
        head = b"%b%b\r\n\r\n" % (STATUS_LINE[reply.status], b"\r\n".join(map(b": ".join, headers)))
        is_sound = head.count(b"\n") == head.count(b"\r") == len(headers) + 2
        return head if is_sound else None


async def _sent(reply: Reply, _scope: Any, _receive: Any, send: Any) -> None:
    await send_reply(reply, send)


def _nothing() -> None:
    pass
