"""``bus serve --unix`` as a process, and clients of its socket."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bus.testing import wait_until


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A folder whose paths are short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="bus-unix-") as folder:
        yield Path(folder)


class UnixClient:
    """One connection."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(str(path))
        self._incoming = self.socket.makefile("rb")

    def write(self, *lines: Any) -> None:
        """Send lines: bytes as they are, anything else as JSON."""
        texts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        self.socket.sendall(b"".join(text + b"\n" for text in texts))

    def read(self) -> dict[str, Any]:
        """The next envelope."""
        line = self._incoming.readline()
        assert line.endswith(b"\n"), line
        return json.loads(line)

    def ask(self, line: Any) -> dict[str, Any]:
        """Send one line and read its envelope."""
        self.write(line)
        return self.read()

    def rest(self) -> bytes:
        """All that comes before the server ends the connection."""
        return self._incoming.read()

    def close(self) -> None:
        """Leave."""
        self._incoming.close()
        self.socket.close()


class UnixServer:
    """A running ``bus serve --unix``.

    Args:
        path: of the socket.
        environment: all variables of the process.
    """

    def __init__(self, path: Path, environment: dict[str, str]) -> None:
        self.path = path
        self._log = path.with_name(f"{path.name}-{os.urandom(4).hex()}.log")
        self._clients: list[UnixClient] = []
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bus", "serve", "--unix", str(path)],
                env=environment,
                cwd=path.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    @property
    def log(self) -> str:
        """Its standard error so far."""
        return self._log.read_text()

    def wait_ready(self) -> UnixServer:
        """Wait until it serves."""
        wait_until(lambda: '"serving"' in self.log or self.process.poll() is not None, 60, "bus serve --unix")
        assert self.process.poll() is None, self.log
        return self

    def connect(self) -> UnixClient:
        """Another client."""
        self._clients.append(UnixClient(self.path))
        return self._clients[-1]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, and wait for the exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """The exit status; nothing was ever written to standard output."""
        assert self.process.stdout is not None
        status = self.process.wait(60)
        with self.process.stdout as stdout:
            assert stdout.read() == b""
        return status

    def close(self) -> None:
        """End what is left of it."""
        for client in self._clients:
            client.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
