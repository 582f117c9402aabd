"""``bus serve --unix`` as its clients meet it: a process behind a socket."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bus.testing import wait_until
from tests.bus.gateway.unix_server import UnixServer, short_folder
from tests.bus.installable import install_sample

KEYS = ["ok", "command", "version", "data", "error", "warnings", "correlation_id", "job"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("unix")
    return {"HOME": str(folder), "BUS_HOME": str(folder / "home"), **install_sample(folder / "sample")}


@pytest.fixture(scope="module")
def shared(environment: dict[str, str]) -> Iterator[UnixServer]:
    """One server for all tests that a good server survives, each of them."""
    with short_folder() as folder:
        server = UnixServer(folder / "bus.sock", environment).wait_ready()
        yield server
        status = server.stop()
        server.close()
        assert status == 0, server.log


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., UnixServer]]:
    """Start a server of the test's own; keywords are further variables."""
    started: list[UnixServer] = []

    def begin(path: Path, **variables: str) -> UnixServer:
        started.append(UnixServer(path, environment | variables))
        return started[-1]

    yield begin
    for server in started:
        server.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], tuple[dict[str, Any], Path, Path]]:
    """Makes a request whose command says that it has begun and waits for its end, and the files for both."""

    def make() -> tuple[dict[str, Any], Path, Path]:
        folder = tmp_path_factory.mktemp("waiting")
        begun, end = folder / "begun", folder / "end"
        return {"command": "sample_wait", "args": {"begun": str(begun), "end": str(end)}}, begun, end

    return make


def descriptors(server: UnixServer) -> list[int]:
    """What the server has open."""
    return [int(file.name) for file in Path(f"/proc/{server.process.pid}/fd").iterdir()]


def test_each_of_many_clients_is_answered_in_its_own_order(shared: UnixServer) -> None:
    clients = [shared.connect() for _ in range(20)]
    for n, client in enumerate(clients):
        client.write(*({"command": "sample_echo", "id": [n, k], "args": {"value": "ü\u2028😀"}} for k in range(50)))
    for n, client in enumerate(clients):
        answers = [client.read() for _ in range(50)]
        assert [answer["id"] for answer in answers] == [[n, k] for k in range(50)]
        assert all(answer["data"] == {"value": "ü\u2028😀"} for answer in answers)
        client.close()


def test_a_line_that_is_no_request_is_answered_and_an_empty_one_is_skipped(shared: UnixServer) -> None:
    client = shared.connect()
    large = b'{"command":"sample_echo","args":{"value":"%b"}}' % (b"x" * 4 * 2**20)
    cases = {b"nope": "VALIDATION_ERROR", b"\xff": "VALIDATION_ERROR", b"[" * 500: "VALIDATION_ERROR"}
    for line, code in (cases | {large: "PAYLOAD_TOO_LARGE", b"{}": "VALIDATION_ERROR"}).items():
        answer = client.ask(b"\n \t\r\n" + line)
        assert (list(answer)[-8:], answer["error"]["code"]) == (KEYS, code), line[:20]


def test_the_last_line_needs_no_line_feed_where_the_client_ends_its_side(shared: UnixServer) -> None:
    client = shared.connect()
    client.socket.sendall(b'{"command":"sample_echo","id":1}\n{"command":"sample_echo","id":2}')
    client.socket.shutdown(1)
    assert [client.read()["id"], client.read()["id"]] == [1, 2]
    assert client.rest() == b""


def test_a_slow_command_keeps_nobody_else_waiting(shared: UnixServer, waiting) -> None:
    slow, other = [shared.connect() for _ in range(10)], shared.connect()
    ends: list[Path] = []
    for client in slow:
        request, begun, end = waiting()
        client.write(request)
        wait_until(begun.exists, 30)
        ends.append(end)
    assert other.ask({"command": "sample_echo"})["ok"]
    for end in ends:
        end.touch()
    assert all(client.read()["ok"] for client in slow)


def test_a_client_that_leaves_in_the_middle_of_its_command_harms_nobody(shared: UnixServer, waiting) -> None:
    request, begun, end = waiting()
    client = shared.connect()
    client.write(request, request)
    wait_until(begun.exists, 30)
    client.close()
    end.touch()
    assert shared.connect().ask({"command": "sample_echo"})["ok"]
    assert "Traceback" not in shared.log


def test_what_handlers_print_goes_to_standard_error(shared: UnixServer) -> None:
    assert shared.connect().ask({"command": "sample_noise"})["ok"]
    for place in ("on stdout", "on descriptor 1", "of a shell"):
        assert f"noise {place}" in shared.log


def test_clients_that_say_nothing_keep_no_connection_to_the_database(shared: UnixServer) -> None:
    shared.connect().ask({"command": "system_health"})
    before = len(descriptors(shared))
    for _ in range(30):
        assert shared.connect().ask({"command": "system_health"})["ok"]
    assert len(descriptors(shared)) - before <= 30 + 4  # a socket each, and perhaps one more connection with its files


def test_a_server_without_room_for_another_connection_goes_on(shared: UnixServer) -> None:
    pid = shared.process.pid
    first = shared.connect()
    first.ask({"command": "sample_echo"})
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (max(descriptors(shared)) + 1, hard))
    try:
        crowd = [shared.connect() for _ in range(50)]
        wait_until(lambda: "no_room_for_a_client" in shared.log)
        assert first.ask({"command": "sample_echo"})["ok"]
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
    assert all(client.ask({"command": "sample_echo"})["ok"] for client in crowd)
    for client in crowd:
        client.close()


def test_sigterm_lets_every_line_that_has_come_be_answered(
    start: Callable[..., UnixServer], folder: Path, waiting
) -> None:
    """Those that wait behind a running command too, and nothing of a line whose end has not come."""
    server = start(folder / "s").wait_ready()
    request, begun, end = waiting()
    busy, idle = server.connect(), server.connect()
    assert idle.ask({"command": "sample_echo"})["ok"]
    busy.write(request | {"id": 1}, {"command": "sample_echo", "id": 2}, {"command": "sample_echo", "id": 3})
    busy.socket.sendall(b'{"command":"sample_echo","id":4')
    wait_until(begun.exists, 30)
    server.process.send_signal(signal.SIGTERM)
    assert idle.rest() == b""
    assert not server.path.exists()
    end.touch()
    assert [busy.read()["id"] for _ in range(3)] == [1, 2, 3]
    assert busy.rest() == b""
    assert server.wait() == 0
    assert [file.name for file in folder.iterdir() if file.name.startswith("s") and file.suffix != ".log"] == []


def test_a_command_that_does_not_end_ends_with_the_drain(
    start: Callable[..., UnixServer], folder: Path, waiting
) -> None:
    server = start(folder / "s", BUS_DRAIN_MS="100").wait_ready()
    request, begun, _ = waiting()
    server.connect().write(request)
    wait_until(begun.exists, 30)
    assert server.stop(signal.SIGINT) == 1
    assert "drain_time_is_over" in server.log
    assert not server.path.exists()


def test_a_killed_servers_socket_is_replaced_and_a_live_ones_is_not(
    start: Callable[..., UnixServer], folder: Path
) -> None:
    killed = start(folder / "s").wait_ready()
    assert killed.stop(signal.SIGKILL) == -signal.SIGKILL
    assert killed.path.is_socket()
    live = start(folder / "s").wait_ready()
    late = start(folder / "s")
    assert late.wait() == 1
    sentence = f"bus: a server listens at {folder / 's'} already; stop it, or name another path with --unix"
    assert sentence in late.log.splitlines()
    assert live.connect().ask({"command": "sample_echo"})["ok"]
    live.process.send_signal(signal.SIGTERM)
    assert live.wait() == 0


def test_http_and_a_socket_are_two_servers(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "bus", "serve", "--unix", "s", "--port", "8000"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--unix serves no HTTP" in done.stderr
