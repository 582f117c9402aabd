"""A real HTTP server that a test tells how to misbehave."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Conduct = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Notes each POST and answers as its server is told to."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.remote.note(self.path, dict(self.headers), body)
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client may have hung up
            self.server.remote.conduct(self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the test looks at what was noted."""


class Remote:
    """The server; ``conduct`` is how it answers, once it has noted what it was sent."""

    def __init__(self) -> None:
        self.conduct: Conduct = lambda handler: handler.answer(204)
        self.requests: list[dict[str, Any]] = []
        #: What it has processed, by idempotency key.
        self.effects: dict[str, str] = {}
        #: Ends those that wait.
        self.is_over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.remote = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/operations?site=1"

    def note(self, path: str, headers: dict[str, str], body: bytes) -> None:
        operation = json.loads(body)
        self.requests.append({"path": path, "headers": headers, "operation": operation})
        self.effects.setdefault(headers["Idempotency-Key"], operation["entity_id"])

    def close(self) -> None:
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def hang_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def stall(handler: Handler) -> None:
    handler.server.remote.is_over.wait()


def stall_in_the_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    stall(handler)


def hang_up_in_the_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    hang_up(handler)


def send_other_heads_first(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
    handler.answer(500)


def trickle(handler: Handler) -> None:
    """Give a sign of life all the time, and never an answer."""
    while not handler.server.remote.is_over.wait(0.02):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def trickle_a_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.remote.is_over.wait(0.02):
        handler.wfile.write(b"x")


def speak_another_language(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


def send_a_status_of_words(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 fine thanks\r\n\r\n")


def send_a_head_without_end(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.remote.is_over.is_set():
        handler.wfile.write(b"X: " + b"y" * 60_000 + b"\r\n")


def send_a_body_without_end(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not handler.server.remote.is_over.is_set():
        handler.wfile.write(b"y" * 60_000)


@contextlib.contextmanager
def running() -> Iterator[Remote]:
    remote = Remote()
    try:
        yield remote
    finally:
        remote.close()
