"""``bus serve --unix``: JSON lines as ``bus stdio``, for many clients of one user on one machine.

Who may open the socket is trusted as a local caller is: its file is the user's alone, and the kernel is asked once
more who has come (the user, or root). The first SIGTERM or Ctrl-C lets the lines that have come be answered; the
second one ends the process.

Standard output stays empty: what handlers print goes to standard error.

Not here: the socket's file (bus/gateway/unix_place.py), what clients say (bus/gateway/unix_clients.py).
"""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from bus import logs
from bus.application import Bus
from bus.cli.entry import FAILED, OK
from bus.envelope import ABSENT
from bus.errors import RateLimited
from bus.gateway.unix_clients import Clients
from bus.gateway.unix_place import Place
from bus.requests import refused_envelope
from bus.settings import Settings
from bus.stdio import wakeup, written

log = logs.get("bus.gateway")

#: What the kernel tells of the other end: process, user, group.
CREDENTIALS = struct.Struct("iII")
#: Seconds to wait where the machine has no room for another connection.
NO_ROOM_S = 0.1


def run(path: Path) -> int:
    """Serve until stopped, and return the exit status: 1 when a command was still running at the end of the drain.

    Raises:
        SetupError: the bus cannot be opened, or the path is not free.
    """
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    logs.take_over()
    bus = Bus.open(settings=settings)
    try:
        place = Place(path)
    except BaseException:
        bus.close()
        raise
    try:
        has_ended = serve(bus, place, is_stopping=_stop_on_signals(), wakeup=wakeup())
    finally:
        place.leave()
    if not has_ended:
        return FAILED  # closing the database would wait for what is still running; the kernel lets go of everything
    bus.close()
    return OK


def serve(bus: Bus, place: Place, *, is_stopping: Callable[[], bool], wakeup: int) -> bool:
    """Let clients in until told to stop, then drain; answers whether every command has ended.

    Args:
        bus: answers them.
        place: where they come in.
        is_stopping: whether to stop.
        wakeup: a non-blocking descriptor that becomes readable when that may have changed.
    """
    clients = Clients(bus)
    log.info("serving", unix=str(place.path))
    poll = select.poll()
    poll.register(place.listener, select.POLLIN)
    poll.register(wakeup, select.POLLIN)
    while not is_stopping():
        poll.poll()
        with suppress(BlockingIOError):  # somebody has come, and no signal
            os.read(wakeup, select.PIPE_BUF)
        admit(place.listener, clients, bus.settings.unix_clients)
    place.vacate()
    admit(place.listener, clients, bus.settings.unix_clients)
    left = clients.drain(bus.settings.drain_ms / 1000)
    if left:
        log.warning("drain_time_is_over", clients_without_answer=left)
    return not left


def admit(listener: socket.socket, clients: Clients, most: int, users: Collection[int] = (os.geteuid(), 0)) -> None:
    """Let in those who wait at the door; turn away strangers, and everybody when there are ``most`` already."""
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return
        except OSError as error:
            log.warning("no_room_for_a_client", why=error.strerror)
            time.sleep(NO_ROOM_S)
            return
        if user_of(connection) not in users:
            log.warning("client_turned_away", why="it is another user's", uid=user_of(connection))
            connection.close()
        elif len(clients) >= most:
            _turn_away(connection, most)
        else:
            clients.add(connection)


def user_of(connection: socket.socket) -> int:
    """The user id of the process at the other end, as it was when it connected."""
    given = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
    return CREDENTIALS.unpack(given)[1]


def _turn_away(connection: socket.socket, most: int) -> None:
    why = f"{most} clients are connected already; close one of them, or set BUS_UNIX_CLIENTS"
    envelope = refused_envelope(ABSENT, RateLimited(why, {"retry_after_seconds": 1}))
    log.warning("client_turned_away", why=why)
    with connection, suppress(OSError):  # it may be gone already
        connection.setblocking(False)
        connection.send(written(envelope))


def _stop_on_signals() -> Callable[[], bool]:
    """Tells whether SIGTERM or SIGINT has come; a second one ends the process."""
    received: list[int] = []

    def stop(number: int, _frame: object) -> None:
        received.append(number)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)
    return lambda: bool(received)
