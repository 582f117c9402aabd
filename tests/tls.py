"""A door with TLS before a server that has none, and an authority that signs for it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import trustme

from tests.servers import HOST

CHUNK_BYTES = 65_536


class Authority:
    """Signs certificates that only those accept who were given ``file``."""

    def __init__(self, folder: Path) -> None:
        self._signer = trustme.CA()
        #: What clients name as ``ssl_ca_certs``.
        self.file = folder / "authority.pem"
        self._signer.cert_pem.write_to_path(str(self.file))

    @contextlib.contextmanager
    def door(self, port: int, name: str = HOST) -> Iterator[int]:
        """The port under which a server on the loopback is reached with TLS.

        Args:
            port: where the server listens in the clear.
            name: for whom the certificate is made out.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._signer.issue_cert(name).configure_cert(context)
        with socket.create_server((HOST, 0)) as listener, contextlib.ExitStack() as open_ones:

            def serve() -> None:
                while True:
                    try:
                        plain, _ = listener.accept()
                    except OSError:
                        return
                    with contextlib.suppress(OSError):  # whoever does not trust us leaves in the middle
                        safe = open_ones.enter_context(context.wrap_socket(plain, server_side=True))
                        inner = open_ones.enter_context(socket.create_connection((HOST, port)))
                        for one, other in ((safe, inner), (inner, safe)):
                            threading.Thread(target=_relay, args=(one, other), daemon=True).start()

            server = threading.Thread(target=serve, daemon=True)
            server.start()
            yield listener.getsockname()[1]
            listener.shutdown(socket.SHUT_RDWR)
            server.join()


def _relay(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError, ValueError):
        while chunk := source.recv(CHUNK_BYTES):
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
