"""The remote over HTTP, against a real server that fails, stalls and repeats."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bus import Bus, SetupError
from plugins.sync import sync
from tests.plugins.sync import remote as conducts
from tests.plugins.sync.desk import SECOND_MS, Desk
from tests.plugins.sync.remote import Remote, running
from tests.tls import Authority

pytestmark = pytest.mark.any_database

TOKEN = "s3cret-t0ken/+=="
#: Of a push to a server that answers, and of one to a server that does not.
LIMIT_MS, SHORT_LIMIT_MS = 15_000, 300
BROKE = "the connection broke before the remote had answered"
NOT_HTTP = "what the remote answered is not HTTP"
TOO_LATE = "the remote gave no answer in time"


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    """A server, and the address that operators set for it."""
    with running() as server:
        monkeypatch.setenv("BUS_SYNC_URL", server.url)
        monkeypatch.setenv("BUS_SYNC_TOKEN", TOKEN)
        monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", str(LIMIT_MS))
        yield server


def push(desk: Desk, **args: Any) -> dict[str, Any]:
    """One operation after one push."""
    operation = desk.put(**args)
    desk.admin("sync_now")
    return desk.operation(operation)


def answers(status: int, body: bytes = b"", **headers: str) -> Callable[[Any], None]:
    return lambda handler: handler.answer(status, body, **headers)


def test_an_operation_is_posted_as_it_is(desk: Desk, remote: Remote) -> None:
    operation = push(desk, entity="t-1", data={"title": "Größe", "n": [1, None]}, dependencies=["t-0"])
    [request] = remote.requests
    assert request["path"] == "/operations?site=1"
    changed = {"status": "completed", "updated_at": operation["updated_at"]}
    assert request["operation"] | changed == operation
    sent = {name: request["headers"][name] for name in ("Content-Type", "Authorization", "Host", "Idempotency-Key")}
    assert sent == {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {TOKEN}",
        "Host": f"127.0.0.1:{remote.port}",
        "Idempotency-Key": f"sync-{operation['id']}-{operation['created_at']}",
    }
    assert desk.admin("sync_get_status")["network_available"] is True


def test_without_a_token_none_is_sent(desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUS_SYNC_TOKEN")
    push(desk)
    assert "Authorization" not in remote.requests[0]["headers"]


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_only_2xx_is_success(desk: Desk, remote: Remote, status: int) -> None:
    remote.conduct = answers(status)
    assert push(desk)["status"] == "completed"


@pytest.mark.parametrize("status", [300, 304, 400, 401, 403, 404, 409, 429, 500, 503, 599, 999])
def test_every_other_answer_is_a_failure(desk: Desk, remote: Remote, status: int) -> None:
    remote.conduct = answers(status, b"no" if status != 304 else b"")
    operation = push(desk)
    assert (operation["status"], operation["retry_count"]) == ("pending", 1)
    assert operation["last_error"] == f"the remote answered HTTP {status}"
    assert desk.admin("sync_get_status")["network_available"] is True


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed(desk: Desk, remote: Remote, status: int) -> None:
    """The token would go to whomever it names."""
    with running() as elsewhere:
        remote.conduct = answers(status, Location=elsewhere.url)
        assert push(desk)["last_error"] == f"the remote answered HTTP {status}"
        assert elsewhere.requests == []
    assert len(remote.requests) == 1


@pytest.mark.parametrize(
    ("conduct", "failure"),
    [
        (conducts.hang_up, BROKE),
        (conducts.hang_up_in_the_head, BROKE),
        (conducts.send_other_heads_first, "the remote answered HTTP 500"),
        (conducts.speak_another_language, NOT_HTTP),
        (conducts.send_a_status_of_words, NOT_HTTP),
        (conducts.send_a_head_without_end, NOT_HTTP),
        (conducts.stall, TOO_LATE),
        (conducts.stall_in_the_head, TOO_LATE),
        (conducts.trickle, TOO_LATE),
        (conducts.trickle_a_head, TOO_LATE),
    ],
)
def test_whatever_the_remote_does_a_push_ends_and_is_told(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch, conduct: Callable[[Any], None], failure: str
) -> None:
    remote.conduct = conduct
    if failure == TOO_LATE:
        monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", str(SHORT_LIMIT_MS))
    begun = time.monotonic()
    operation = push(desk)
    assert time.monotonic() - begun < LIMIT_MS / 1_000
    assert (operation["status"], operation["retry_count"], operation["last_error"]) == ("pending", 1, failure)
    status = desk.admin("sync_get_status")
    assert status["errors"] == [f"operation {operation['id']}: {failure}"]
    assert status["network_available"] is True


def test_a_body_is_not_waited_for(desk: Desk, remote: Remote) -> None:
    remote.conduct = conducts.send_a_body_without_end
    assert push(desk)["status"] == "completed"


@pytest.mark.parametrize("conduct", [conducts.hang_up, conducts.stall])
def test_what_was_taken_and_not_answered_comes_again_under_the_same_key(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch, conduct: Callable[[Any], None]
) -> None:
    """So that the remote knows it has it already, however often."""
    remote.conduct = conduct
    monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", str(SHORT_LIMIT_MS))
    operation = push(desk, max_retries=9)
    desk.admin("sync_now")
    monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", str(LIMIT_MS))
    remote.conduct = answers(204)
    desk.admin("sync_now")
    assert desk.status(operation["id"]) == "completed"
    assert len(remote.requests) == 3
    assert list(remote.effects.values()) == ["t-1"]


def test_keys_of_operations_differ_and_stay(desk: Desk, remote: Remote) -> None:
    """Also of one that was abandoned and is retried."""
    remote.conduct = answers(500)
    ids = [desk.put(f"t-{place}", max_retries=1) for place in range(3)]
    desk.admin("sync_now")
    desk.clock.advance(SECOND_MS)
    for operation in ids:
        desk.admin("sync_retry_operation", operation_id=operation)
    remote.conduct = answers(204)
    desk.admin("sync_now")
    keys = [request["headers"]["Idempotency-Key"] for request in remote.requests]
    assert keys[:3] == keys[3:]
    assert len(set(keys)) == 3


def test_per_entity_order_survives_failures(desk: Desk, remote: Remote) -> None:
    """What comes after a failed one is not pushed before it."""
    remote.conduct = answers(503)
    for kind in ("create", "update", "delete"):
        desk.put("t-1", operation_type=kind, max_retries=20)
    for attempt in range(12):
        remote.conduct = answers(204 if attempt % 3 == 2 else 503)
        desk.admin("sync_now")
    seen = [request["operation"]["operation_type"] for request in remote.requests]
    assert seen == ["create"] * 3 + ["update"] * 3 + ["delete"] * 3


def test_where_nobody_listens_the_queue_is_untouched(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("BUS_SYNC_URL", f"http://127.0.0.1:{port}/")
    before = desk.row(desk.put(max_retries=1))
    assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"
    assert desk.row(before.id) == before
    status = desk.admin("sync_get_status")
    assert status["network_available"] is False
    assert status["errors"] == [f"127.0.0.1:{port} cannot be reached: Connection refused"]


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 64 + ".invalid"])
def test_a_host_that_nobody_knows_cannot_be_reached(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("BUS_SYNC_URL", f"http://{host}/")
    desk.put()
    assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"
    assert f"{host}:80 cannot be reached" in desk.admin("sync_get_status")["errors"][0]


def test_a_connection_that_nobody_accepts_is_given_up(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The queue of connections before the server is full."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for caller in (first, second):
            caller.setblocking(False)
            caller.connect_ex(listener.getsockname())
        monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", str(SHORT_LIMIT_MS))
        monkeypatch.setenv("BUS_SYNC_URL", f"http://127.0.0.1:{listener.getsockname()[1]}/")
        desk.put()
        assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"
        assert "timed out" in desk.admin("sync_get_status")["errors"][0]


def test_over_tls_the_certificate_is_checked(
    desk: Desk, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    with authority.door(remote.port) as port:
        monkeypatch.setenv("BUS_SYNC_URL", f"https://127.0.0.1:{port}/safe")
        operation = desk.put()
        assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"
        assert "CERTIFICATE_VERIFY_FAILED" in desk.admin("sync_get_status")["errors"][0]
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        desk.admin("sync_now")
    assert desk.status(operation) == "completed"
    assert [request["path"] for request in remote.requests] == ["/safe"]


def test_a_server_that_never_shakes_hands_cannot_be_reached(
    desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It accepts and says nothing, where TLS has to begin."""
    monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", str(SHORT_LIMIT_MS))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("BUS_SYNC_URL", f"https://127.0.0.1:{listener.getsockname()[1]}/")
        desk.put()
        assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"


def test_no_secret_is_kept_told_or_logged(desk: Desk, remote: Remote, capfd: pytest.CaptureFixture[str]) -> None:
    """Not even when the remote sends it back."""
    for answer in (answers(500, TOKEN.encode()), answers(500, **{"WWW-Authenticate": f"Bearer {TOKEN}"})):
        remote.conduct = answer
        operation = push(desk)
        kept = [desk.row(operation["id"])._mapping, desk.admin("sync_get_status"), operation]
        assert TOKEN not in json.dumps([dict(one) for one in kept])
    assert TOKEN not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("raised", "kept"),
    [
        ("POST https://ana:pa55@host/x failed", "RuntimeError: POST https://[REDACTED]@host/x failed"),
        ("Authorization: Bearer abc.def-1", "RuntimeError: Authorization: Bearer [REDACTED]"),
        ("{'Authorization': 'Basic YTpi'}", "RuntimeError: {'Authorization': 'Basic [REDACTED]'}"),
        ("GET /x?api_key=12345&page=2", "RuntimeError: GET /x?api_key=[REDACTED]&page=2"),
        ("session_token: abc, refused", "RuntimeError: session_token: [REDACTED], refused"),
        ("first\nsecond\x00\x1b[31m third \ud800", "RuntimeError: first second [31m third  "),
        ("x" * 3_000, "RuntimeError: " + "x" * (2_000 - 14)),
        ("", "RuntimeError"),
    ],
)
def test_of_a_third_partys_failure_no_secret_is_kept(desk: Desk, office: Any, raised: str, kept: str) -> None:
    def think(operation: dict[str, Any]) -> None:
        raise RuntimeError(raised)

    office.open(think)
    assert push(desk)["last_error"] == kept


def test_a_third_partys_remote_goes_before(desk: Desk, remote: Remote, office: Any) -> None:
    """It requires the plugin, and so is asked first."""
    office.open()
    push(desk)
    assert (office.entities, remote.requests) == (["t-1"], [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BUS_SYNC_URL", "remote.example/x"),
        ("BUS_SYNC_URL", "ftp://remote.example/x"),
        ("BUS_SYNC_URL", "http:///x"),
        ("BUS_SYNC_URL", "http://[::1/x"),
        ("BUS_SYNC_URL", "http://host:99999/"),
        ("BUS_SYNC_URL", "http://host:0/"),
        ("BUS_SYNC_URL", "http://host/a b"),
        ("BUS_SYNC_URL", "http://host/\r\nX: y"),
        ("BUS_SYNC_URL", "http://höst/"),
        ("BUS_SYNC_URL", "http://ana:s3cret@host/"),
        ("BUS_SYNC_URL", "http://s3cret@host/"),
        ("BUS_SYNC_URL", "http://host/#s3cret"),
        ("BUS_SYNC_TOKEN", "two s3cret"),
        ("BUS_SYNC_TOKEN", "s3cret\nX-Other: y"),
        ("BUS_SYNC_TOKEN", "s3crét"),
        ("BUS_SYNC_TIMEOUT_MS", "99"),
        ("BUS_SYNC_TIMEOUT_MS", "20001"),
        ("BUS_SYNC_TIMEOUT_MS", "1e3"),
        ("BUS_SYNC_TIMEOUT_MS", "-500"),
    ],
)
def test_a_remote_that_is_set_up_wrongly_stops_the_start(
    remote: Remote, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SetupError, match=name) as stopped, Bus.open("sqlite://", plugins=[sync]):
        pass
    assert "s3cr" not in str(stopped.value)


def test_an_address_may_be_as_short_as_it_gets(desk: Desk, remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_SYNC_URL", f" http://localhost:{remote.port} ")
    monkeypatch.setenv("BUS_SYNC_TIMEOUT_MS", "")
    assert push(desk)["status"] == "completed"
    assert remote.requests[0]["path"] == "/"
