"""The gateway under uvicorn, and how it ends: no answer to what has been asked is lost.

First SIGTERM (or Ctrl-C): ``/readyz`` says 503, nobody new is let in, and everybody inside is answered, with the word
that this was the last one. A second one ends the process at once.

Not here: what is answered (bus/gateway/application.py), several processes (bus/gateway/processes.py).
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from bus import logs
from bus.gateway.application import Gateway
from bus.gateway.browsers import with_origins
from bus.gateway.listening import let_nobody_in
from bus.gateway.protocol import Config, LimitedProtocol, Limits

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.settings import Settings

#: Seconds for which clients that are about to be let in are still taken, after SIGTERM.
LAST_CALL_S = 0.1
#: Seconds for which a connection on which nothing is asked is still open, after SIGTERM: a request may be on its way.
LINGER_S = 0.5
#: Seconds between two looks whether everybody has left.
LOOK_S = 0.02
#: Looks at slow clients: one in so many of uvicorn's ticks, ten of which are a second.
TICKS = 10
STOPS = (signal.SIGTERM, signal.SIGINT)


def config_for(gateway: Gateway) -> Config:
    """How uvicorn runs the gateway."""
    settings = gateway.bus.settings
    config = Config(
        with_origins(gateway),
        loop="uvloop",
        http=LimitedProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",  # what strangers send is not worth a record each
        access_log=False,
        proxy_headers=bool(settings.http_proxies),
        forwarded_allow_ips=list(settings.http_proxies),
        server_header=False,
        timeout_keep_alive=-(-settings.http_idle_ms // 1_000),
    )
    config.gateway = gateway
    config.limits = Limits(settings.http_connections, settings.http_header_bytes, settings.http_request_ms / 1_000)
    return config


class Server(uvicorn.Server):
    """uvicorn's server, with an end of our own.

    Args:
        gateway: what it serves.
        settings: how.
        is_alone: whether nobody else accepts clients of its socket.
    """

    def __init__(self, gateway: Gateway, settings: Settings, *, is_alone: bool) -> None:
        super().__init__(config_for(gateway))
        self._gateway = gateway
        self._is_alone = is_alone
        self._drain_s = settings.drain_ms / 1_000
        #: Whether everybody was answered in time.
        self.is_drained = True

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal: the first one begins the end; the next is the system's to obey."""
        self.should_exit = True
        self._gateway.is_draining = True  # shutdown() does the rest, at the next tick
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)

    async def on_tick(self, counter: int) -> bool:
        """uvicorn's own work, ten times a second; ours is to cut off slow clients."""
        if counter % TICKS == 0:
            self._look(asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    def _look(self, now: float) -> None:
        for connection in self._connections():
            connection.look(now)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer everybody who is inside, within the bound for draining."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        self._gateway.drain()
        for connection in self._connections():
            connection.finish()
        for one in sockets or () if self._is_alone else ():
            let_nobody_in(one)
        await asyncio.sleep(LAST_CALL_S)
        for server in self.servers:
            server.close()
        for one in sockets or ():
            one.close()
        while self.server_state.connections or self.server_state.tasks or self._gateway.is_busy:
            now = loop.time()
            if now - began > self._drain_s:
                self._abandon()
                return
            self._look(now)
            for connection in self._connections():
                connection.finish()
                if connection.is_idle and now - began > LINGER_S:
                    connection.transport.close()
            await asyncio.sleep(LOOK_S)

    def _abandon(self) -> None:
        self.is_drained = False
        logs.get("bus.gateway").error("not_drained", connections=len(self.server_state.connections))
        for connection in self._connections():
            connection.transport.abort()
        for task in self.server_state.tasks:
            task.cancel()

    def _connections(self) -> list[LimitedProtocol]:
        return [one for one in self.server_state.connections if isinstance(one, LimitedProtocol)]


def serve(bus: Bus, listener: socket.socket, *, is_alone: bool = True) -> int:
    """Answer whoever connects to a listening socket, until told to stop; the exit status: 0 when all were answered."""
    gateway = Gateway(bus)
    server = Server(gateway, bus.settings, is_alone=is_alone)
    server.run(sockets=[listener])
    if not server.is_drained:
        # Calls still run in threads that nobody can stop: the bus cannot be closed under them.
        os._exit(1)
    gateway.close()
    return 0
