"""``bus serve`` from the settings to the first request: socket, bus, one process or several.

Not here: how one process serves and ends (bus/gateway/serving.py), keeping several running (bus/gateway/processes.py).
"""

from __future__ import annotations

import gc
import resource
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bus import logs
from bus.application import Bus
from bus.errors import SetupError
from bus.gateway.listening import listen, place_of
from bus.gateway.names import check_names
from bus.gateway.processes import Processes
from bus.gateway.serving import serve

if TYPE_CHECKING:
    from bus.settings import Settings

#: Descriptors a process needs beside those of its clients.
OWN_DESCRIPTORS = 256


def run(settings: Settings, tell: Callable[[str], None]) -> int:
    """Serve until told to stop; the exit status.

    Args:
        settings: where and how.
        tell: takes the sentence that says where.

    Raises:
        SetupError: something is set up wrongly.
    """
    logs.configure(settings.log_level, settings.log_format)
    logs.take_over()
    check_names(settings)
    _allow_descriptors(settings.http_connections + OWN_DESCRIPTORS)
    with listen(settings) as listener:
        if settings.http_processes == 1:
            return _serve(settings, listener, tell)
        with Bus.open(settings=settings) as bus:  # what is set up wrongly shows here, and not in each process
            if bus.database.is_memory:
                raise SetupError("processes share no database in memory; set BUS_DATABASE_URL, or BUS_HTTP_PROCESSES=1")
        tell(place_of(listener))
        drain_s = settings.drain_ms / 1_000
        return Processes(lambda: _serve(settings, listener), listener, settings.http_processes, drain_s).run()


def _serve(settings: Settings, listener: socket.socket, tell: Callable[[str], None] | None = None) -> int:
    """The whole of one process."""
    with Bus.open(settings=settings) as bus:
        gc.freeze()  # plugins stay: looking for garbage among them takes time from every request
        if tell is not None:
            tell(place_of(listener))
        return serve(bus, listener, is_alone=settings.http_processes == 1)


def _allow_descriptors(count: int) -> None:
    """Let this process have as many files and connections open, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
