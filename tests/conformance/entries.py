"""The ways in: each sends the same requests in the same order to a bus on a home of its own, and collects the answers.

A request is what a line of ``bus stdio`` holds; each way puts its members where it has a place for them.

Not here: which requests (tests/conformance/test_entries.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bus.application import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.gateway.unix_server import UnixServer

Request = dict[str, Any]
Answer = dict[str, Any]

#: Where ``bus serve`` says that it listens.
PLACE = re.compile(r"http://127\.0\.0\.1:(\d+)")
#: Envelopes that a batch holds at most.
BATCH = 1_000


def by_call(home: Path, requests: Iterable[Request]) -> list[Answer]:
    """``Bus.call``."""
    with Bus.open(settings=Settings(home=home)) as bus:
        return [bus.call(**request).to_dict() for request in requests]


def by_acall(home: Path, requests: Iterable[Request]) -> list[Answer]:
    """``await Bus.acall``."""

    async def send(bus: Bus) -> list[Answer]:
        return [(await bus.acall(**request)).to_dict() for request in requests]

    with Bus.open(settings=Settings(home=home)) as bus:
        return asyncio.run(send(bus))


def by_stdio(home: Path, requests: Iterable[Request], environment: dict[str, str]) -> list[Answer]:
    """``bus stdio``, all lines at once."""
    done = subprocess.run(
        [sys.executable, "-m", "bus", "stdio"],
        input="".join(f"{json.dumps(request)}\n" for request in requests),
        env=environment | {"BUS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_unix(home: Path, requests: Iterable[Request], environment: dict[str, str]) -> list[Answer]:
    """``bus serve --unix``, line by line."""
    with tempfile.TemporaryDirectory(prefix="bus-unix-") as folder:
        server = UnixServer(Path(folder, "s"), environment | {"BUS_HOME": str(home)})
        try:
            client = server.wait_ready().connect()
            return [client.ask(request) for request in requests]
        finally:
            server.close()


def by_command_line(
    home: Path, requests: Iterable[Request], environment: dict[str, str], program: list[str]
) -> list[Answer]:
    """``bus call``, a process a request."""
    answers: list[Answer] = []
    for request in requests:
        options = ["--correlation-id", request["correlation_id"]]
        options += ["--version", str(request["version"])] if "version" in request else []
        done = subprocess.run(
            [*program, "call", request["command"], "--json", json.dumps(request["args"]), *options],
            env=environment | {"BUS_HOME": str(home), "BUS_SESSION_TOKEN": request["session_token"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode in {0, 1}, done.stderr
        answers.append(json.loads(done.stdout))
    return answers


def by_commands(home: Path, requests: Iterable[Request], environment: dict[str, str]) -> list[Answer]:
    """``POST /commands/{name}``: the token in a header, the version in the query, the arguments as body."""
    with served(home, environment) as (port, _), _connection(port) as connection:
        return [_posted(connection, request) for request in requests]


def by_batch(home: Path, requests: list[Request], environment: dict[str, str]) -> list[Answer]:
    """``POST /dispatch/batch``."""
    answers: list[Answer] = []
    with served(home, environment) as (port, _), _connection(port) as connection:
        for start in range(0, len(requests), BATCH):
            answers += _post(connection, "/dispatch/batch", requests[start : start + BATCH])
    return answers


@contextlib.contextmanager
def served(home: Path, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """``bus serve``: its port, and its process id; its log is beside the home."""
    log = home.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bus", "serve", "--port", "0"],
            env=environment | {"BUS_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        found = wait_until(lambda: PLACE.search(log.read_text()) or process.poll(), 60, "bus serve")
        assert isinstance(found, re.Match), log.read_text()
        yield int(found[1]), process.pid
    finally:
        process.terminate()
        assert process.wait(60) == 0, log.read_text()


def _connection(port: int) -> contextlib.closing[http.client.HTTPConnection]:
    return contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60))


def _posted(connection: http.client.HTTPConnection, request: Request) -> Answer:
    query = f"?version={request['version']}" if "version" in request else ""
    path = f"/commands/{quote(request['command'], safe='@')}{query}"
    headers = {"Authorization": f"Bearer {request['session_token']}", "X-Correlation-ID": request["correlation_id"]}
    return _post(connection, path, request["args"], headers)


def _post(connection: http.client.HTTPConnection, path: str, value: Any, headers: dict[str, str] | None = None) -> Any:
    connection.request("POST", path, json.dumps(value), {"Content-Type": "application/json", **(headers or {})})
    return json.loads(connection.getresponse().read())
