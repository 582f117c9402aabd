"""What is tried again, and what is not: over a network that breaks, and at a server that has no time."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from bus import Bus, ids
from bus.client import NoAnswer, NoAnswerInTime, Retries
from tests.bus.client.any_client import AnyClient
from tests.bus.client.between import SILENT, UNHEARD, UNSEEN, Between
from tests.bus.client.scripted import Answer, Scripted

SOON = Retries(attempts=4, first_pause_ms=5)
ECHO = b"POST /dispatch HTTP/1.1"
TEXT = {"text": "tea"}

Connect = Callable[..., AnyClient]


@pytest.fixture
def shaky(connect: Connect, kind: str, between: Between) -> AnyClient:
    """A client behind the network that breaks."""
    return connect(kind, between.url, retries=SOON)


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """A server that answers as a test writes."""
    with Scripted() as scripted:
        yield scripted


def notes(bus: Bus) -> int:
    """How many notes there are, and one more."""
    return bus.call("house_add", TEXT).data["count"]


def test_a_command_that_reads_is_asked_again(shaky: AnyClient, between: Between) -> None:
    between.faults += [UNSEEN, UNHEARD]
    assert shaky.call("house_echo", {"value": 1}).data == {"value": 1}
    between.faults += [UNHEARD]
    between.cut()
    assert shaky.call("house_echo", {"value": 2}).data == {"value": 2}


def test_a_command_that_writes_is_never_repeated_by_itself(shaky: AnyClient, between: Between, bus: Bus) -> None:
    before = notes(bus)
    between.faults += [UNHEARD]
    with pytest.raises(NoAnswer, match="; the command may have run") as told:
        shaky.call("house_add", TEXT)
    assert told.value.was_sent
    assert notes(bus) == before + 2


def test_with_a_key_a_command_that_writes_is_repeated_and_runs_once(
    shaky: AnyClient, between: Between, bus: Bus
) -> None:
    before = notes(bus)
    between.faults += [UNHEARD, UNHEARD, UNSEEN]
    answer = shaky.call("house_add", TEXT, idempotency_key=ids.correlation_id())
    assert answer.data == {"count": before + 1}
    assert notes(bus) == before + 2


def test_a_secret_command_is_not_repeated_for_a_key_it_does_not_heed(
    connect: Connect, kind: str, scripted: Scripted
) -> None:
    client = connect(kind, scripted.url, retries=SOON)
    scripted.answers += [
        Answer(503, {}, scripted.refusal("DATABASE_BUSY")),
        scripted.describing("write", is_secret=True),
    ]
    assert client.call("auth_login", TEXT, idempotency_key="k").code == "DATABASE_BUSY"
    assert [body["command"] for _, body in scripted.asked] == ["auth_login", "command_describe"]


def test_queueing_what_reads_is_not_repeated(shaky: AnyClient, between: Between) -> None:
    between.faults += [UNHEARD]
    with pytest.raises(NoAnswer, match="may have run"):
        shaky.submit("house_echo", {"value": 1}, delay_ms=60_000)


def test_what_was_never_sent_is_repeated_whatever_it_does(connect: Connect, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = listener.getsockname()
    client = connect(kind, f"http://127.0.0.1:{place[1]}", retries=Retries(attempts=3, first_pause_ms=20))
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="cannot be reached .*; the command did not run") as told:
        client.call("house_add", TEXT)
    assert time.monotonic() - began > 0.03  # half of 20 ms, and half of 40 ms
    assert not told.value.was_sent


def test_attempts_end(connect: Connect, kind: str, between: Between) -> None:
    between.faults += [UNSEEN] * 50
    with pytest.raises(NoAnswer, match="may have run"):
        connect(kind, between.url, retries=Retries(attempts=3, first_pause_ms=1)).call(
            "house_add", TEXT, idempotency_key="k"
        )
    # Three, and one to ask what kind of command it is after each of the first two and the last.
    assert between.seen.count(ECHO) <= 6


def test_the_time_ends_with_all_attempts_and_the_late_answer_is_dropped(
    connect: Connect, kind: str, between: Between
) -> None:
    between.faults += [SILENT]
    client = connect(kind, between.url, timeout_ms=150)
    began = time.monotonic()
    with pytest.raises(NoAnswerInTime, match="gave no answer in time; the command may have run"):
        client.call("house_echo", {"value": "late"})
    assert time.monotonic() - began < 5
    assert client.call("house_echo", {"value": "next"}, timeout_ms=30_000).data == {"value": "next"}


def test_a_watch_goes_on_where_it_was_cut(shaky: AnyClient, between: Between, bus: Bus) -> None:
    job_id = shaky.submit("house_add", TEXT, delay_ms=60_000).job["id"]
    cuts: list[str] = []

    def cut(event: object) -> None:
        cuts.append(event.data["state"])  # type: ignore[attr-defined]
        between.faults += [UNSEEN]
        between.cut()
        if len(cuts) == 1:
            assert bus.call("job_cancel", {"job_id": job_id}).ok

    def seen(event: object) -> None:
        if event.kind == "state":  # type: ignore[attr-defined]
            cut(event)

    events = shaky.watch(job_id, seen)
    assert cuts == ["scheduled", "cancelled"]
    assert [event.kind for event in events] == ["state", "state", "envelope"]
    assert any(b"last-event-id: scheduled" in head.lower() for head in between.heads)


def test_a_server_without_time_is_asked_again_when_it_says(connect: Connect, kind: str, scripted: Scripted) -> None:
    client = connect(kind, scripted.url, retries=SOON)
    asked = [scripted.describing("write")]
    for busy in (
        Answer(503, {"Retry-After": "1"}, scripted.refusal("DATABASE_BUSY")),
        Answer(429, {"Retry-After": "0.2"}, scripted.refusal("RATE_LIMITED")),
        Answer(502, {"Content-Type": "text/html", "Retry-After": "0.2"}, b"<html>Bad Gateway</html>"),
    ):
        scripted.answers += [busy, *asked, Answer(200, {}, scripted.success())]
        asked.clear()  # it is remembered
        began = time.monotonic()
        assert client.call("house_add", TEXT, idempotency_key="k").ok, busy
        assert time.monotonic() - began >= float(busy.headers["Retry-After"]), busy


def test_a_wait_beyond_the_time_of_the_call_is_the_callers(connect: Connect, kind: str, scripted: Scripted) -> None:
    client = connect(kind, scripted.url, timeout_ms=5_000, retries=SOON)
    scripted.answers += [
        Answer(429, {"Retry-After": "3600"}, scripted.refusal("RATE_LIMITED")),
        scripted.describing("read"),
    ]
    assert client.call("house_echo").code == "RATE_LIMITED"


def test_a_first_call_that_still_runs_is_waited_for(connect: Connect, kind: str, scripted: Scripted) -> None:
    client = connect(kind, scripted.url, retries=SOON)
    running = scripted.refusal("IDEMPOTENCY_CONFLICT", {"state": "running"})
    scripted.answers += [Answer(409, {}, running), scripted.describing("write"), Answer(200, {}, scripted.success())]
    assert client.call("house_add", TEXT, idempotency_key="k").ok
    scripted.answers += [Answer(409, {}, scripted.refusal("IDEMPOTENCY_CONFLICT", {"state": "other_arguments"}))]
    assert client.call("house_add", TEXT, idempotency_key="k").code == "IDEMPOTENCY_CONFLICT"


def test_what_is_no_bus_is_told_so(connect: Connect, kind: str, scripted: Scripted) -> None:
    client = connect(kind, scripted.url, retries=SOON)
    for strange, words in (
        (Answer(404, {"Content-Type": "text/plain"}, b"nothing here"), "status 404 and is no JSON: 'nothing here'"),
        (Answer(307, {"Location": "https://elsewhere/"}, b""), "status 307, moved to https://elsewhere/"),
        (Answer(200, {}, b"[1]"), r"not a bus's: \[1\]"),
    ):
        scripted.answers += [strange]
        with pytest.raises(NoAnswer, match=words):
            client.call("house_echo")
