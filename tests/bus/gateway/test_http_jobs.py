"""Queued commands over HTTP: accepted, asked for, waited for, followed."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.gateway.house import house
from tests.bus.gateway.web_server import WebServer
from tests.bus.worker import work
from workers import workers

ANN = {"Authorization": "Bearer ann's"}
BOB = {"Authorization": "Bearer bob's"}
ASYNC = {**ANN, "Prefer": "respond-async, wait=10"}


@pytest.fixture(scope="module")
def bus(server: WebServer) -> Iterator[Bus]:
    """The same database, in this process: what a worker does happens here."""
    settings = Settings(home=server.folder, database_url=server.database)
    with Bus.open(settings=settings, plugins=[house, workers]) as bus:
        yield bus


@pytest.fixture
def queued(web: httpx2.Client) -> str:
    """The id of a job of Ann's that waits."""
    return web.post("/commands/house_add", json={"text": "tea"}, headers=ASYNC).json()["job"]["id"]


class Longer:
    """A job that a worker runs until told to go on."""

    def __init__(self, bus: Bus, web: httpx2.Client, folder: Path) -> None:
        self._end = folder / "end"
        files = {"begun": str(folder / "begun"), "end": str(self._end)}
        self.id = web.post("/commands/house_long", json=files, headers=ASYNC).json()["job"]["id"]
        self._worker = threading.Thread(target=work, args=[bus])
        self._worker.start()
        wait_until((folder / "begun").exists)

    def end(self) -> None:
        self._end.touch()
        self._worker.join()


@pytest.fixture
def longer(bus: Bus, web: httpx2.Client, tmp_path: Path) -> Iterator[Longer]:
    longer = Longer(bus, web, tmp_path)
    yield longer
    longer.end()


Event = tuple[str, str, Any]


def events(lines: Iterator[str]) -> Iterator[Event]:
    """Name, id and data of each event; comments are left out."""
    found: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            found[name] = value
        elif found:
            yield found["event"], found["id"], json.loads(found["data"])
            found = {}


def follow(web: httpx2.Client, job_id: str, seen: str | None = None) -> list[Event]:
    """All events until the stream ends."""
    headers = ANN if seen is None else {**ANN, "Last-Event-ID": seen}
    with web.stream("GET", f"/jobs/{job_id}/events", headers=headers) as answer:
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        return list(events(answer.iter_lines()))


def test_what_is_asked_for_later_is_accepted_and_named(web: httpx2.Client) -> None:
    answer = web.post("/commands/house_add", json={"text": "tea"}, headers=ASYNC)
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "respond-async"
    job = answer.json()["job"]
    assert (answer.json()["data"], job["state"]) == (None, "queued")
    assert answer.headers["location"] == f"/jobs/{job['id']}"
    by_request = {"command": "house_add", "args": {"text": "tea"}, "mode": "queue", "delay_ms": 60_000}
    later = web.post("/dispatch", json=by_request, headers=ANN)
    several = [*ANN.items(), ("Prefer", "respond-async"), ("Prefer", "handling=lenient")]
    assert web.post("/commands/house_add", json={"text": "tea"}, headers=several).status_code == 202
    assert web.post("/dispatch", json={**by_request, "delay_ms": None, "mode": None}, headers=ASYNC).status_code == 202
    assert (later.status_code, later.json()["job"]["state"]) == (202, "scheduled")
    assert "preference-applied" not in later.headers


def test_what_is_secret_is_never_queued(web: httpx2.Client) -> None:
    answer = web.post("/commands/house_secret", json={"text": "tea"}, headers=ASYNC)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


def test_a_job_is_shown_to_its_publisher_and_to_operators_alone(web: httpx2.Client, queued: str) -> None:
    assert web.get(f"/jobs/{queued}", headers=ANN).json()["data"]["job"]["state"] == "queued"
    assert web.get(f"/jobs/{queued}", headers={"Authorization": "Bearer operator's"}).status_code == 200
    for path in (f"/jobs/{queued}", f"/jobs/{queued}/events"):
        others = web.get(path, headers=BOB)
        assert (others.status_code, others.json()["error"]["code"]) == (404, "job_not_found"), path
        assert web.get(path).status_code == 401, path


def test_whoever_waits_gets_the_job_when_it_has_ended(web: httpx2.Client, bus: Bus, queued: str) -> None:
    found: list[httpx2.Response] = []
    waiting = threading.Thread(target=lambda: found.append(web.get(f"/jobs/{queued}?wait_ms=30000", headers=ANN)))
    waiting.start()
    work(bus)
    waiting.join()
    job = found[0].json()["data"]["job"]
    assert (job["state"], job["envelope"]["ok"]) == ("succeeded", True)


def test_whoever_waits_in_vain_gets_the_job_as_it_is(web: httpx2.Client, longer: Longer) -> None:
    answer = web.get(f"/jobs/{longer.id}?wait_ms=300", headers=ANN)
    assert answer.json()["data"]["job"]["state"] == "running"
    assert answer.elapsed.total_seconds() >= 0.3
    for wait in ("30001", "-1", "x", ""):
        refused = web.get(f"/jobs/{longer.id}?wait_ms={wait}", headers=ANN)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "VALIDATION_ERROR"), wait


def test_a_job_is_followed_to_its_end(web: httpx2.Client, longer: Longer) -> None:
    """State, progress, envelope; the stream ends after it."""
    with web.stream("GET", f"/jobs/{longer.id}/events", headers=ANN) as answer:
        told = events(answer.iter_lines())
        first = next(told)
        assert (first[0], first[2]["state"]) == ("state", "running")
        second = next(told)
        assert (second[0], second[2]["done"], second[2]["message"]) == ("progress", 1, "half way")
        longer.end()
        rest = list(told)
    # The last progress comes first where a look fell between it and the end.
    assert sorted(name for name, _, _ in rest[:-1]) == ["progress", "state"]
    data = {name: one for name, _, one in rest}
    assert (data["state"]["state"], data["progress"]["done"]) == ("succeeded", 2)
    name, _, envelope = rest[-1]
    assert (name, envelope["ok"], envelope["data"]) == ("envelope", True, {"count": 2})
    assert envelope["job"] == {"id": longer.id, "state": "succeeded"}


def test_whoever_comes_back_is_told_what_is_new(web: httpx2.Client, bus: Bus, queued: str) -> None:
    work(bus)
    all_of_it = follow(web, queued)
    assert [name for name, _, _ in all_of_it] == ["state", "envelope"]
    assert follow(web, queued, seen=all_of_it[0][1]) == all_of_it[1:]
    assert [name for name, _, _ in follow(web, queued, seen="queued.0.0.1::")] == ["state", "envelope"]
    assert [name for name, _, _ in follow(web, queued, seen="nonsense")] == ["state", "envelope"]
    assert web.head(f"/jobs/{queued}/events", headers=ANN).headers["content-type"].startswith("text/event-stream")
    ended = web.get(f"/jobs/{queued}/events", headers={**ANN, "Last-Event-ID": all_of_it[-1][1]})
    assert (ended.status_code, ended.content) == (204, b"")


def test_a_job_that_is_gone_ends_the_stream(web: httpx2.Client, bus: Bus, queued: str) -> None:
    with web.stream("GET", f"/jobs/{queued}/events", headers=ANN) as answer:
        told = events(answer.iter_lines())
        assert next(told)[2]["state"] == "queued"
        bus.call("job_cancel", {"job_id": queued})
        assert [name for name, _, _ in told] == ["state", "envelope"]
    again = web.post("/commands/house_add", json={"text": "tea"}, headers=ASYNC).json()["job"]["id"]
    with web.stream("GET", f"/jobs/{again}/events", headers=ANN) as answer:
        told = events(answer.iter_lines())
        next(told)
        with bus.database.writer().transaction() as kept:
            kept.raw.execute("DELETE FROM bus_job WHERE id=?", (again,))
        refused = list(told)
    assert [(name, data["error"]["code"]) for name, _, data in refused] == [("refused", "job_not_found")]


def test_a_server_whose_database_has_gone_on_without_it_is_not_ready(web: httpx2.Client, bus: Bus) -> None:
    """Whoever balances load sends nobody here; what runs goes on."""
    newer = "UPDATE bus_schema SET revision='bus_9999', fits_code_from={} WHERE plugin='bus'"
    with bus.database.connect() as connection:
        before = connection.exec_driver_sql("SELECT revision, fits_code_from FROM bus_schema WHERE plugin='bus'").one()
        try:
            connection.exec_driver_sql(newer.format(1))
            assert web.get("/readyz").status_code == 200
            connection.exec_driver_sql(newer.format(9999))
            told = web.get("/readyz")
        finally:
            back = "UPDATE bus_schema SET revision=?, fits_code_from=? WHERE plugin='bus'"
            connection.exec_driver_sql(back, tuple(before))
    assert (told.status_code, told.json()) == (503, {"status": "database does not fit the code"})
    assert web.get("/livez").status_code == 200
    assert web.get("/readyz").status_code == 200


def test_a_hundred_wait_for_jobs_while_others_are_answered(server: WebServer, bus: Bus, web: httpx2.Client) -> None:
    """No thread, no query and no connection to the database for each of them."""

    async def wait_all(job_ids: list[str], begun: Callable[[], None]) -> list[list[str]]:
        async with httpx2.AsyncClient(base_url=server.url, timeout=60, headers=ANN) as client:
            connected = 0

            async def one(job_id: str) -> list[str]:
                nonlocal connected
                async with client.stream("GET", f"/jobs/{job_id}/events") as answer:
                    connected += 1
                    if connected == len(job_ids):
                        begun()
                    return [line for line in [line async for line in answer.aiter_lines()] if "event:" in line]

            return await asyncio.gather(*(one(job_id) for job_id in job_ids))

    job_ids = [
        web.post("/commands/house_add", json={"text": "a"}, headers=ASYNC).json()["job"]["id"] for _ in range(100)
    ]
    begun = threading.Event()
    worker = threading.Thread(target=lambda: (begun.wait(60), work(bus)))
    worker.start()
    found = asyncio.run(wait_all(job_ids, begun.set))
    worker.join()
    assert {lines[-1] for lines in found} == {"event: envelope"}
