"""How a server ends: nobody who asked is left without an answer."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.gateway.house import house
from tests.bus.gateway.web_server import WebServer
from workers import workers

ANN = {"Authorization": "Bearer ann's"}
ASYNC = {**ANN, "Prefer": "respond-async"}


def slow(web: httpx2.Client, folder: Path) -> dict[str, Any]:
    files = {"begun": str(folder / "begun"), "end": str(folder / "end")}
    return web.post("/commands/house_slow", json=files).json()


def test_what_is_being_answered_is_answered_and_nobody_new_is_let_in(tmp_path: Path) -> None:
    """A command in hand, a request that is half there, an idle connection, somebody who waits, and a stream."""
    (tmp_path / "web").mkdir()
    with WebServer(tmp_path / "web") as server, ThreadPoolExecutor(4) as threads, contextlib.ExitStack() as clients:

        def open_client() -> httpx2.Client:
            return clients.enter_context(server.client())

        running = threads.submit(slow, open_client(), tmp_path)
        wait_until((tmp_path / "begun").exists)
        job = open_client().post("/commands/house_add", json={"text": "a"}, headers=ASYNC).json()["job"]["id"]
        waiting = threads.submit(open_client().get, f"/jobs/{job}?wait_ms=30000", headers=ANN)
        streaming = clients.enter_context(open_client().stream("GET", f"/jobs/{job}/events", headers=ANN))
        lines = streaming.iter_lines()
        assert next(lines) == "event: state"
        kept = open_client()
        kept.get("/livez")
        half = clients.enter_context(socket.create_connection(server.address))
        half.sendall(b"POST /commands/house_echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n")

        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: kept.get("/readyz").json() == {"status": "draining"})
        assert waiting.result().json()["data"]["job"]["state"] == "queued"
        assert "event: envelope" not in list(lines)
        wait_until(lambda: not _is_listening(server))
        half.sendall(b"Content-Length: 11\r\n\r\n" + b'{"value":5}')
        assert b'"data":{"value":5}' in _all(half)
        (tmp_path / "end").touch()
        assert running.result()["ok"]
        assert server.process.wait(20) == 0, server.log


def _is_listening(server: WebServer) -> bool:
    try:
        socket.create_connection(server.address, timeout=5).close()
    except ConnectionError:
        return False
    return True


def _all(connection: socket.socket) -> bytes:
    connection.settimeout(20)
    found = b""
    while data := connection.recv(65_536):
        found += data
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_no_answer_is_dropped_under_load(tmp_path: Path, processes: int) -> None:
    """Every command that took effect was answered, and no request was broken off."""
    _stop_under_load(tmp_path, processes)


@pytest.mark.drill
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("processes", [1, 3])
def test_no_answer_is_dropped_under_load_however_often(tmp_path: Path, processes: int) -> None:
    for number in range(40):
        (tmp_path / str(number)).mkdir()
        _stop_under_load(tmp_path / str(number), processes)


def _stop_under_load(folder: Path, processes: int) -> None:
    with WebServer(folder, BUS_HTTP_PROCESSES=processes) as server:
        answered: list[str] = []
        broken: list[Exception] = []
        busy = threading.Semaphore(0)

        def ask(number: int) -> None:
            once = {"Connection": "close"} if number % 2 else {}  # every other one connects anew for each request
            with server.client(headers={**ANN, **once}) as client:
                for count in range(100_000):
                    text = f"{number} {count}"
                    try:
                        answer = client.post("/commands/house_add", json={"text": text})
                    except httpx2.ConnectError:
                        return  # nobody listens any more: nothing was sent
                    except httpx2.HTTPError as error:
                        broken.append(error)
                        return
                    assert answer.json()["ok"], answer.text
                    answered.append(text)
                    if count == 5:
                        busy.release()

        with ThreadPoolExecutor(8) as threads:
            asking = [threads.submit(ask, number) for number in range(8)]
            for _ in asking:
                assert busy.acquire(timeout=60)
            assert server.stop() == 0, server.log
        for one in asking:
            one.result()
        assert broken == []
        assert sorted(_stored(server)) == sorted(answered)


def _stored(server: WebServer) -> list[str]:
    """The notes that were written."""
    settings = Settings(home=server.folder, database_url=server.database)
    with Bus.open(settings=settings, plugins=[house, workers]) as bus, bus.database.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT text FROM house_note")]


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    with WebServer(tmp_path / "web") as server, ThreadPoolExecutor(1) as threads, server.client() as client:
        running = threads.submit(slow, client, tmp_path)
        wait_until((tmp_path / "begun").exists)
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not _is_listening(server))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == -signal.SIGTERM
        with pytest.raises(httpx2.HTTPError):
            running.result()


def test_what_does_not_end_in_time_is_left_and_the_status_says_so(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    server = WebServer(tmp_path / "web", BUS_DRAIN_MS=300)
    with server, ThreadPoolExecutor(1) as threads, server.client() as client:
        running = threads.submit(slow, client, tmp_path)
        wait_until((tmp_path / "begun").exists)
        assert server.stop() == 1
        assert "not_drained" in server.log
        with pytest.raises(httpx2.HTTPError):
            running.result()


@pytest.mark.parametrize(("drain_ms", "status"), [(20_000, 0), (300, 1)])
def test_a_call_whose_client_has_left_comes_to_its_end_all_the_same(tmp_path: Path, drain_ms: int, status: int) -> None:
    (tmp_path / "web").mkdir()
    with WebServer(tmp_path / "web", BUS_DRAIN_MS=drain_ms) as server, ThreadPoolExecutor(1) as threads:
        body = json.dumps({"begun": str(tmp_path / "begun"), "end": str(tmp_path / "end")})
        head = f"Host: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        with socket.create_connection(server.address) as client:
            client.sendall(f"POST /commands/house_slow HTTP/1.1\r\n{head}\r\n\r\n{body}".encode())
            wait_until((tmp_path / "begun").exists)
        ending = threads.submit(server.stop)
        wait_until(lambda: not _is_listening(server))
        if status == 0:
            (tmp_path / "end").touch()
        assert ending.result() == status, server.log


def test_a_process_that_is_killed_is_replaced(tmp_path: Path) -> None:
    with WebServer(tmp_path, BUS_HTTP_PROCESSES=2) as server:

        def process() -> int:
            with server.client() as client:
                return client.post("/commands/house_process").json()["data"]["count"]

        killed = process()
        assert killed != server.process.pid
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: "server_process_died" in server.log)
        seen: set[int] = set()
        wait_until(lambda: seen.add(process()) or len(seen) == 2, 30, "two processes to answer")
        assert killed not in seen
        assert server.stop() == 0, server.log
