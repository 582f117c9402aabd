"""Load on an HTTP server: connections that are kept, each with one request at a time, for some seconds.

``wrk`` does it, from Debian's package of that name. Where it is missing, rounds that only see whether everything works
are driven by a client of our own; it is slower than the servers it drives, so its figures say nothing about them.

Not here: the servers (benchmarks/web.py).
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httptools

from benchmarks.stage import Stage

CONNECTIONS = 32
#: Rounds of this share of the full size or less are not meant to measure.
TRIAL_SHARE = 0.01
MISSING = "wrk is not installed; on Debian: apt-get install wrk"
#: Told to wrk: what to send, and to write down what came of it.
SCRIPT = """
wrk.method = "POST"
wrk.body = {body}
wrk.headers["Content-Type"] = "application/json"
function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\\n{{"requests": %d, "seconds": %f, "p99_ms": %f, "failed": %d}}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(99) / 1e3, failed))
end
"""


@dataclass(frozen=True)
class Load:
    """What came of one load."""

    requests: int
    seconds: float
    p99_ms: float
    #: Requests without an answer, or with one that was not 2xx.
    failed: int

    @property
    def requests_a_second(self) -> float:
        """Answers a second, over all connections."""
        return self.requests / self.seconds


def drive(stage: Stage, url: str, body: bytes, seconds: int) -> Load:
    """Send one request again and again over all connections.

    Raises:
        RuntimeError: wrk is missing for a serious run, or a request failed.
    """
    program = shutil.which("wrk")
    if program is not None:
        load = _with_wrk(program, stage.folder, url, body, seconds)
    elif stage.share > TRIAL_SHARE:
        raise RuntimeError(MISSING)
    else:
        print(f"driven by a client of our own, which is slow: {MISSING}", file=sys.stderr)
        load = asyncio.run(drive_ourselves(url, body, seconds))
    if load.failed or not load.requests:
        raise RuntimeError(f"{load.failed} requests to {url} failed: {load}")
    return load


def _with_wrk(program: str, folder: Path, url: str, body: bytes, seconds: int) -> Load:
    script = folder / "load.lua"
    script.write_text(SCRIPT.format(body=json.dumps(body.decode())))
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Load(**json.loads(done.stdout.splitlines()[-1]))


async def drive_ourselves(url: str, body: bytes, seconds: float) -> Load:
    """The same without wrk."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    loop, started = asyncio.get_running_loop(), time.perf_counter()
    host, port = parts.hostname, parts.port
    opened = [loop.create_connection(lambda: _Caller(request), host, port) for _ in range(CONNECTIONS)]
    callers = [protocol for _, protocol in await asyncio.gather(*opened)]
    await asyncio.sleep(seconds)
    for caller in callers:
        caller.leave()
    taken_ms = sorted(one for caller in callers for one in caller.taken_ms)
    p99_ms = taken_ms[len(taken_ms) * 99 // 100] if taken_ms else 0.0
    failed = sum(caller.failed for caller in callers)
    return Load(len(taken_ms), time.perf_counter() - started, p99_ms, failed)


class _Caller(asyncio.Protocol):
    """One connection."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._parser = httptools.HttpResponseParser(self)
        self._has_left = False
        self.taken_ms: list[float] = []
        self.failed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self.taken_ms.append((time.perf_counter() - self._sent_at) * 1000)
        self.failed += self._parser.get_status_code() != 200  # noqa: PLR2004  # OK
        self._parser = httptools.HttpResponseParser(self)
        if not self._has_left:
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self.failed += not self._has_left

    def leave(self) -> None:
        """Send no more; an answer that is still to come is not counted."""
        self._has_left = True
        self._transport.close()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._request)
