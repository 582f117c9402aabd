"""The socket that clients connect to, and how it stops letting clients in without breaking anything off.

A connection that the system has made and nobody has accepted yet is reset when the socket is closed. So new ones are
not made any more from some moment on, those that are made are accepted, and then the socket is closed. Whoever
connects meanwhile is let wait by its own system, and refused after that.

Source: Linux, "Socket Filtering" (classic BPF; the bytes of a filter on TCP begin with the TCP header).
"""

from __future__ import annotations

import ctypes
import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING

from bus.errors import SetupError

if TYPE_CHECKING:
    from bus.settings import Settings

#: Connections that wait to be accepted.
BACKLOG = 2_048
#: Of linux/socket.h; Python has no name for it.
SO_ATTACH_FILTER = 26
#: Steps of a filter: code, steps to jump if true, if false, value.
_LOAD_FLAGS, _IF_SYN, _DROP, _TAKE = (0x30, 0, 0, 13), (0x45, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, 2**32 - 1)
_NO_SYN = (_LOAD_FLAGS, _IF_SYN, _DROP, _TAKE)


def listen(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say.

    Raises:
        SetupError: that is not possible.
    """
    where = f"{settings.http_host} port {settings.http_port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.http_host, settings.http_port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SetupError(f"bus serve cannot listen at {where} ({error.strerror}); set BUS_HTTP_HOST") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SetupError(
            f"bus serve cannot listen at {where} ({error.strerror}); free it, or choose another with --port"
        ) from None
    return listener


def let_nobody_in(listener: socket.socket) -> None:
    """Make no new connections from now on; those that are made can be accepted as before."""
    steps = b"".join(struct.pack("HBBI", *step) for step in _NO_SYN)
    buffer = ctypes.create_string_buffer(steps)
    program = struct.pack("HP", len(_NO_SYN), ctypes.addressof(buffer))
    with suppress(OSError):  # where the system has no such filters, a client may be unlucky
        listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)


def place_of(listener: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
