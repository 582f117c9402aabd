"""Calls over every connection: the answers of a bus in process, from one elsewhere."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bus import ABSENT, Bus, ids
from bus.client import Client, CommandError, Event, NoAnswer, Retries, correlated
from bus.errors import TimedOut
from tests.bus.client.any_client import KINDS, AnyClient
from tests.bus.gateway.unix_server import UnixServer, short_folder
from tests.bus.gateway.web_server import WebServer

DEEP: dict[str, Any] = {"text": "ü\u2028\x7f😀", "big": 2**70, "list": [None, 1.5, {"a": []}]}


def test_the_envelope_is_the_one_of_a_bus_in_process(client: AnyClient, bus: Bus) -> None:
    for command, args in (
        ("house_echo", {"value": DEEP}),
        ("house_echo@1", {}),
        ("house_echo", {"valu": 1}),
        ("house_add@1", {"text": 7}),
        ("house_refuse", {"kind": "missing"}),
        ("nobody", {}),
        ("house_echo@9", {}),
    ):
        named = {"correlation_id": "same", "session_token": "ann's"}
        assert client.call(command, args, **named).to_dict() == bus.call(command, args, **named).to_dict(), command


def test_arguments_that_are_no_json_are_refused_without_being_sent(client: AnyClient) -> None:
    answer = client.call("house_echo", {"value": object()})
    assert (answer.command, answer.code) == ("house_echo", "VALIDATION_ERROR")
    assert answer.error["details"] == {"fields": {"args": ["must be JSON"]}}


def test_a_call_carries_its_options(client: AnyClient) -> None:
    old = client.call("house_add", {"text": "tea"}, version=1, idempotency_key=(key := ids.correlation_id()))
    again = client.call("house_add", {"text": "tea"}, version=1, idempotency_key=key)
    assert (old.version, old.data) == (1, again.data)
    for nobodys in ("nobody's", "", "tökén", "a\r\nb: c", " "):
        assert client.call("house_mine", session_token=nobodys).code == "UNAUTHENTICATED", nobodys
    assert client.call("house_add", {"text": "tea"}, mode="queue", delay_ms=60_000).job["state"] == "scheduled"


def test_a_reply_comes_as_it_is_to_whoever_asks(client: AnyClient) -> None:
    assert client.ask("house_echo", {"value": 1})["data"] == {"value": 1}


def test_correlation_ids_come_from_the_call_its_arguments_its_surroundings_or_chance(client: AnyClient) -> None:
    inside = {"value": 1, "correlation_id": "among"}
    with correlated("around"):
        assert client.call("house_echo", inside, correlation_id="own").correlation_id == "own"
        assert client.call("house_echo", inside).correlation_id == "among"
        assert client.call("house_echo").correlation_id == "around"
        assert client.batch([{"command": "house_echo"}])[0].correlation_id == "around"
        assert client.call("house_echo", correlation_id="not one").correlation_id.startswith("ipc-")
    assert client.call("house_echo").correlation_id.startswith("ipc-")


def test_a_batch_is_answered_in_its_order_each_request_for_itself(client: AnyClient) -> None:
    requests = [{"command": "house_echo", "args": {"value": number}, "id": number} for number in range(1_200)]
    requests[6] = {}
    requests[7] = {"command": "nobody", "id": None}
    requests[8] = {"command": "house_echo", "args": {"value": object()}}
    requests[9] = {"command": "house_mine", "session_token": "bob's"}
    answers = client.batch(requests)
    codes = [answers[number].code for number in (6, 7, 8)]
    assert codes == ["VALIDATION_ERROR", "UNKNOWN_COMMAND", "VALIDATION_ERROR"]
    assert (answers[7].id, answers[8].id, answers[9].data["id"]) == (None, ABSENT, "bob")
    others = [number for number in range(1_200) if number not in (6, 7, 8, 9)]
    assert [answers[number].data["value"] for number in others] == others
    assert [answers[number].id for number in others] == others


def test_a_batch_may_be_larger_than_a_request(client: AnyClient) -> None:
    answers = client.batch([{"command": "house_echo", "args": {"value": "x" * 1_000_000}} for _ in range(6)])
    assert [len(answer.data["value"]) for answer in answers] == [1_000_000] * 6


def test_a_queued_command_is_waited_for_and_watched(
    client: AnyClient, working: Callable[[], threading.Thread], tmp_path: Path
) -> None:
    files = {"begun": str(tmp_path / "begun"), "end": str(tmp_path / "end")}
    job_id = client.submit("house_long", files).job["id"]
    with pytest.raises(TimedOut, match="still queued after 30 ms"):
        client.wait(job_id, timeout_ms=30)
    workers: list[threading.Thread] = []

    def go_on(event: Event) -> None:
        if not workers:
            workers.append(working())
        if event.kind == "progress":
            (tmp_path / "end").touch()

    events = client.watch(job_id, go_on)
    workers[0].join()
    states = [event.data["state"] for event in events if event.kind == "state"]
    assert (states[0], states[-1]) == ("queued", "succeeded")
    assert {"done": 1, "total": 2, "message": "half way"}.items() <= next(
        event.data.items() for event in events if event.kind == "progress"
    )
    assert [event.kind for event in events].count("envelope") == 1
    ended = client.wait(job_id)
    assert ended.to_dict() == events[-1].data
    assert (ended.data, ended.job) == ({"count": 2}, {"id": job_id, "state": "succeeded"})


def test_many_are_queued_together(client: AnyClient) -> None:
    answers = client.submit_many("house_add", [{"text": "a"}, {"text": 1}, {"text": "b"}], delay_ms=60_000)
    assert [answer.code for answer in answers] == [None, "VALIDATION_ERROR", None]
    assert len({answer.job["id"] for answer in answers if answer.job}) == 2
    assert len({answer.correlation_id for answer in answers}) == 1


def test_a_job_of_somebody_else_does_not_exist(client: AnyClient) -> None:
    job_id = client.submit("house_add", {"text": "tea"}, session_token="bob's", delay_ms=60_000).job["id"]
    for look in (client.wait, client.watch):
        with pytest.raises(LookupError, match=job_id):
            look(job_id)
        with pytest.raises(CommandError, match="log in again") as told:
            look(job_id, session_token="nobody's")
        assert told.value.code == "UNAUTHENTICATED"


def test_a_watch_ends_when_its_job_is_gone(client: AnyClient, bus: Bus) -> None:
    job_id = client.submit("house_add", {"text": "tea"}, delay_ms=60_000).job["id"]

    def drop(_event: Event) -> None:
        with bus.database.writer().transaction() as kept:
            kept.raw.execute("DELETE FROM bus_job WHERE id=?", (job_id,))

    with pytest.raises(LookupError, match=job_id):
        client.watch(job_id, drop)


def test_threads_share_a_client(server: WebServer, socket_path: str) -> None:
    for url in (server.url, f"unix:{socket_path}"):
        wrong: list[Any] = []
        with Client(url) as client:

            def ask(own: int, client: Client = client, wrong: list[Any] = wrong) -> None:
                for number in range(20):
                    value = client.call("house_echo", {"value": [own, number]}).data
                    if value != {"value": [own, number]}:
                        wrong.append(value)

            threads = [threading.Thread(target=ask, args=[own]) for own in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert wrong == [], url


def test_a_fork_has_connections_of_its_own(server: WebServer, socket_path: str, run_python: Callable[..., Any]) -> None:
    program = """
import os, sys
from bus.client import Client

for url in sys.argv[1:]:
    with Client(url) as client:
        client.call("house_echo")
        children = []
        for own in range(3):
            if (child := os.fork()) == 0:
                break
            children.append(child)
        else:
            own = 3
        answers = [client.call("house_echo", {"value": [own, number]}).data["value"] for number in range(50)]
        if own < 3:
            os._exit(answers != [[own, number] for number in range(50)])
        assert answers == [[own, number] for number in range(50)], answers
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
"""
    run_python("-c", program, server.url, f"unix:{socket_path}")


def test_a_bus_of_its_own_is_started_and_ends_with_its_client(
    server: WebServer, kind: str, monkeypatch: pytest.MonkeyPatch, connect: Callable[..., AnyClient]
) -> None:
    for name, value in server._environment.items():
        monkeypatch.setenv(name, value)
    client = connect(kind, "stdio:", session_token=None)
    assert [client.call("house_echo", {"value": number}).data["value"] for number in range(3)] == [0, 1, 2]
    (child,) = client.real._carrier._place._children
    client.close()
    assert child.returncode == 0
    with pytest.raises(NoAnswer, match="/nobody cannot be reached .*; the command did not run"):
        connect(kind, "stdio:/nobody", timeout_ms=5_000).call("house_echo")


def test_a_server_that_comes_back_is_found_again(server: WebServer, connect: Callable[..., AnyClient]) -> None:
    """What lay idle when it left is not used for a call that could not be repeated."""
    with short_folder() as folder:
        clients = [connect(kind, f"unix:{folder / 's'}", retries=Retries(attempts=1)) for kind in KINDS]
        for _ in range(2):
            with contextlib.closing(UnixServer(folder / "s", server._environment)) as unix:
                unix.wait_ready()
                assert all(client.call("house_add", {"text": "tea"}).ok for client in clients)
                unix.stop()


def test_nobody_at_the_address_is_told_without_having_run_anything(
    connect: Callable[..., AnyClient], kind: str
) -> None:
    with short_folder() as folder:
        for url in ("http://127.0.0.1:1", f"unix:{folder / 'nobody'}"):
            with pytest.raises(NoAnswer, match="cannot be reached .*; the command did not run") as told:
                connect(kind, url, timeout_ms=5_000).call("house_add", {"text": "tea"})
            assert not told.value.was_sent, url


def test_an_address_that_is_none_is_refused_at_once() -> None:
    for url in (
        "127.0.0.1:8000",
        "unix:",
        "stdio://host/bus",
        "ftp://host",
        "unix://host/path",
        "http://",
        "http://ann:secret@host",
    ):
        with pytest.raises(ValueError, match="the address of a bus is http://") as told:
            Client(url)
        assert "secret" not in str(told.value)
