"""An HTTP server that answers as a test writes, for what no bus would say."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

from bus.envelope import Envelope


class Answer(NamedTuple):
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes
    #: Set: the answer waits for it.
    until: threading.Event | None = None


class Scripted:
    """A server on loopback; each request gets the next of ``answers``."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        #: Headers and body of what was asked.
        self.asked: list[tuple[dict[str, str], Any]] = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                script.asked.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status, headers, text, until = script.answers.pop(0)
                if until is not None:
                    until.wait(30)
                try:
                    self.send_response(status)
                    for name, value in {"Content-Type": "application/json", **headers}.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except OSError:  # whoever asked has left
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @staticmethod
    def success(data: Any = None, job: dict[str, Any] | None = None) -> bytes:
        """An envelope that is ``ok``."""
        return json.dumps(Envelope(True, "house_echo", 1, data, None, "theirs", job=job).to_dict()).encode()

    @staticmethod
    def refusal(code: str, details: Any = None, message: str = "they said") -> bytes:
        """An envelope that is not."""
        error = {"code": code, "message": message, "details": details}
        return json.dumps(Envelope(False, "house_echo", 1, None, error, "theirs").to_dict()).encode()

    @classmethod
    def describing(cls, effect: str, *, is_secret: bool = False) -> Answer:
        """What ``command_describe`` says of a command, as far as it matters."""
        return Answer(200, {}, cls.success({"effect": effect, "is_secret": is_secret}))
