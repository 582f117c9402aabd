"""Commands over HTTP: what is asked by path, query, headers and body."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from bus.envelope import Envelope
from tests.bus.gateway.web_server import WebServer

JSON = {"Content-Type": "application/json"}
ANN = {"Authorization": "Bearer ann's"}


def body(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/json", answer.text
    return answer.json()


def test_the_body_is_the_arguments_and_the_answer_is_the_envelope(web: httpx2.Client) -> None:
    answer = web.post("/commands/house_echo", json={"value": [1, "ö"]}, headers={"X-Correlation-ID": "c1"})
    assert answer.status_code == 200
    assert body(answer) == {
        "ok": True,
        "command": "house_echo",
        "version": 1,
        "data": {"value": [1, "ö"]},
        "error": None,
        "warnings": [],
        "correlation_id": "c1",
        "job": None,
    }
    assert list(body(answer)) == list(Envelope.KEYS)


def test_no_body_is_no_arguments(web: httpx2.Client) -> None:
    assert body(web.post("/commands/house_echo"))["data"] == {"value": None}


def test_every_answer_names_its_call(web: httpx2.Client) -> None:
    """Also one to a call that gave no id, or one that cannot be used."""
    for given in ({}, {"X-Correlation-ID": "not one"}, {"X-Correlation-ID": "mine-1"}):
        answer = web.post("/commands/house_nothing", headers=given)
        assert answer.headers["x-correlation-id"] == body(answer)["correlation_id"], given
    assert answer.headers["x-correlation-id"] == "mine-1"


def test_the_log_names_the_trace_that_a_call_is_part_of(web: httpx2.Client, server: WebServer) -> None:
    """What is no traceparent is ignored."""
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    for number, header in enumerate(
        (f"00-{trace_id}-00f067aa0ba902b7-01", f"00-{trace_id}", f"00-{'0' * 32}-00f067aa0ba902b7-01")
    ):
        correlation_id = f"traced-{number}"
        web.post("/commands/house_fail", headers={"traceparent": header, "X-Correlation-ID": correlation_id})
        records = [json.loads(line) for line in server.log.splitlines() if correlation_id in line]
        assert records, correlation_id
        assert {record.get("trace_id") for record in records} == {trace_id if number == 0 else None}, header


def test_a_version_stands_in_the_path_or_in_the_query(web: httpx2.Client) -> None:
    for path in ("/commands/house_add@1", "/commands/house_add?version=1", "/commands/house_add@1?version=1"):
        assert body(web.post(path, json={"text": "tea"}, headers=ANN))["version"] == 1, path
    assert body(web.post("/commands/house_add", json={"text": "tea"}, headers=ANN))["version"] == 2
    wrong = {
        "/commands/house_add@1?version=2": "VALIDATION_ERROR",
        "/commands/house_add?version=x": "VALIDATION_ERROR",
        "/commands/house_add?version=": "VALIDATION_ERROR",
        "/commands/house_add?version=0": "VALIDATION_ERROR",
        "/commands/house_add?version=1&version=2": "VALIDATION_ERROR",
        "/commands/house_add?versoin=1": "VALIDATION_ERROR",
        "/commands/house_add?version=3": "UNKNOWN_VERSION",
        "/commands/house_ad?version=1": "UNKNOWN_COMMAND",
        "/commands/": "VALIDATION_ERROR",
        f"/commands/{'x' * 201}": "VALIDATION_ERROR",
    }
    for path, code in wrong.items():
        assert body(web.post(path, json={"text": "tea"}, headers=ANN))["error"]["code"] == code, path


def test_a_session_is_needed_where_trusted_callers_need_none(web: httpx2.Client) -> None:
    answer = web.post("/commands/house_add", json={"text": "tea"})
    assert (answer.status_code, body(answer)["error"]["code"]) == (401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert web.post("/commands/house_steer", headers=ANN).status_code == 403


def test_the_header_decides_over_the_request_and_the_request_over_the_arguments(web: httpx2.Client) -> None:
    """And a token that is refused is not replaced by the next."""

    def who(headers: dict[str, str], member: str | None, argument: str | None) -> str:
        args = {} if argument is None else {"session_token": argument}
        request = {"command": "house_mine", "args": args, "session_token": member}
        answer = body(web.post("/dispatch", json=request, headers=headers))
        return answer["data"]["id"] if answer["ok"] else answer["error"]["code"]

    bearer = {"Authorization": "bearer bob's"}
    assert who(bearer, "ann's", "operator's") == "bob"
    assert who({}, "ann's", "operator's") == "ann"
    assert who({}, None, "operator's") == "operator"
    assert who({"Authorization": "Bearer nobody's"}, "ann's", None) == "UNAUTHENTICATED"
    assert who({"Authorization": "Bearer"}, "ann's", None) == "UNAUTHENTICATED"
    assert who({"Authorization": "Basic YTpi"}, "ann's", None) == "ann"  # somebody's in front of the gateway
    assert body(web.post("/commands/house_mine", json={"session_token": "bob's"}))["data"]["id"] == "bob"


def test_a_handler_is_told_who_sent_the_call(web: httpx2.Client) -> None:
    answer = body(web.post("/commands/house_who", headers={"User-Agent": "tea/1", "X-Forwarded-For": "1.2.3.4"}))
    assert answer["data"] == {"id": "anonymous", "address": "127.0.0.1", "user_agent": "tea/1"}


def test_a_repeated_key_runs_the_handler_once(web: httpx2.Client) -> None:
    """With the quotation marks of the header's draft, or without them."""
    headers = {**ANN, "Idempotency-Key": "k1"}
    first = body(web.post("/commands/house_add", json={"text": "once"}, headers=headers))
    again = body(web.post("/commands/house_add", json={"text": "once"}, headers=headers | {"Idempotency-Key": '"k1"'}))
    assert again["data"] == first["data"]
    other = web.post("/commands/house_add", json={"text": "other"}, headers=headers)
    assert (other.status_code, body(other)["error"]["code"]) == (409, "IDEMPOTENCY_CONFLICT")
    too_long = web.post("/commands/house_add", json={"text": "once"}, headers={**ANN, "Idempotency-Key": "k" * 201})
    assert "idempotency_key" in body(too_long)["error"]["details"]["fields"]


def test_what_is_no_arguments_is_refused_in_an_envelope(web: httpx2.Client) -> None:
    wrong = {
        b"{": "VALIDATION_ERROR",
        b"[]": "VALIDATION_ERROR",
        b"3": "VALIDATION_ERROR",
        b'{"value": NaN}': "VALIDATION_ERROR",
        b'{"value": 1, "value": 2}': "VALIDATION_ERROR",
        b'{"value": "\\ud800"}': "VALIDATION_ERROR",
        b'{"nothing": 1}': "VALIDATION_ERROR",
        b'{"value": ' + b"[" * 200 + b"]" * 200 + b"}": "PAYLOAD_TOO_LARGE",
        b'{"value": "' + b"x" * 5_000_000 + b'"}': "PAYLOAD_TOO_LARGE",
        b"x" * 9_000_000: "PAYLOAD_TOO_LARGE",
    }
    for sent, code in wrong.items():
        answer = web.post("/commands/house_echo", content=sent, headers=JSON)
        assert body(answer)["error"]["code"] == code, sent[:40]
        assert answer.status_code == (413 if code == "PAYLOAD_TOO_LARGE" else 422), sent[:40]
        # The rest of what is too long is not read.
        assert (answer.headers.get("connection") == "close") == (len(sent) > 4 * 2**20), sent[:40]
    lone = web.post("/commands/house_echo", content=b'{"value": ["\\ud800"]}', headers=JSON)
    assert list(body(lone)["error"]["details"]["fields"]) == ["args.value.0"]


def test_what_is_not_json_is_not_read(web: httpx2.Client) -> None:
    """A page of somebody else's can send forms and plain text without asking; those are never commands."""
    for headers in ({}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}):
        answer = web.post("/commands/house_echo", content=b"{}", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (415, "text/plain; charset=utf-8"), headers
    packed = {**JSON, "Content-Encoding": "gzip"}
    assert web.post("/commands/house_echo", content=b"{}", headers=packed).status_code == 415
    for kind in ("application/json; charset=utf-8", "Application/JSON", "application/vnd.tea+json"):
        assert web.post("/commands/house_echo", content=b"{}", headers={"Content-Type": kind}).status_code == 200, kind


def test_headers_that_contradict_each_other_are_refused(web: httpx2.Client) -> None:
    for name in ("Authorization", "Idempotency-Key", "X-Correlation-ID", "Content-Type"):
        answer = web.post("/commands/house_echo", headers=[(name, "Bearer a"), (name, "Bearer b")])
        assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8"), name
    assert web.post("/commands/house_echo", headers=[("X-Tea", "a"), ("X-Tea", "b")]).status_code == 200


def test_a_whole_request_is_answered_as_on_every_other_way(web: httpx2.Client) -> None:
    request = {"id": 7, "command": "house_echo", "args": {"value": 1}, "version": 1, "correlation_id": "c2"}
    answer = body(web.post("/dispatch", json=request))
    assert (answer["id"], answer["data"], answer["correlation_id"]) == (7, {"value": 1}, "c2")
    for wrong in (b"[]", b'{"commmand": "house_echo"}', b"{", b"", b'{"id": 5, "command": "\\ud800"}'):
        refused = web.post("/dispatch", content=wrong, headers=JSON)
        assert (refused.status_code, body(refused)["error"]["code"]) == (422, "VALIDATION_ERROR"), wrong
    assert body(refused)["id"] == 5
    assert web.post("/dispatch?version=1", json=request).status_code == 422


def test_a_batch_is_answered_in_order_and_one_fails_alone(web: httpx2.Client) -> None:
    requests: list[Any] = [{"command": "house_echo", "args": {"value": n}, "id": n} for n in range(5)]
    requests[1:1] = [{"command": "house_fail"}, 3, {"command": "house_refuse", "args": {"kind": "missing"}}]
    requests.append({"command": "house_mine"})
    answer = web.post("/dispatch/batch", json=requests, headers={**ANN, "X-Correlation-ID": "c3"})
    assert answer.status_code == 200
    codes = [one["error"] and one["error"]["code"] for one in answer.json()]
    assert codes == [None, "HANDLER_ERROR", "VALIDATION_ERROR", "note_not_found", None, None, None, None, None]
    assert [one["id"] for one in answer.json() if "id" in one] == [0, None, 1, 2, 3, 4]
    assert answer.json()[-1]["data"]["id"] == "ann"
    assert {one["correlation_id"] for one in answer.json()[3:]} == {"c3"}


def test_a_batch_has_up_to_a_thousand_requests(web: httpx2.Client) -> None:
    request = {"command": "house_echo"}
    assert len(web.post("/dispatch/batch", json=[request] * 1_000).json()) == 1_000
    assert web.post("/dispatch/batch", json=[]).json() == []
    assert body(web.post("/dispatch/batch", json=[request] * 1_001))["error"]["code"] == "PAYLOAD_TOO_LARGE"
    assert body(web.post("/dispatch/batch", json=request))["error"]["code"] == "VALIDATION_ERROR"
    keyed = web.post("/dispatch/batch", json=[request], headers={"Idempotency-Key": "k"})
    assert body(keyed)["error"]["code"] == "VALIDATION_ERROR"


def test_what_is_not_ours_gets_a_short_plain_answer(web: httpx2.Client, server: WebServer) -> None:
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/nothing", 404),
        ("POST", "/livez/", 404),
        ("DELETE", "/commands/house_echo", 405),
        ("GET", "/dispatch", 405),
        ("PUT", "/jobs/7", 405),
        ("POST", "/livez", 405),
    ):
        answer = web.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8"), path
        assert len(answer.content) < 100, path
        assert ("allow" in answer.headers) == (status == 405), path
    assert set(web.delete("/commands/house_echo").headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_the_process_lives_and_is_ready(web: httpx2.Client) -> None:
    for path in ("/livez", "/readyz"):
        answer = web.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"}), path
        assert answer.headers["cache-control"] == "no-store", path


@pytest.mark.parametrize("length", [0, 70_000, 3_000_000])
def test_a_body_may_come_in_parts(web: httpx2.Client, length: int) -> None:
    def parts() -> Any:
        yield b'{"value": "'
        for _ in range(10):
            yield b"x" * (length // 10)
        yield b'"}'

    answer = web.post("/commands/house_echo", content=parts(), headers=JSON)
    assert body(answer)["data"] == {"value": "x" * length}
