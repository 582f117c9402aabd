"""What an envelope looks like over HTTP: status, headers, problem documents, compression."""

from __future__ import annotations

import gzip
import re

import httpx2

from bus import errors
from bus.gateway.statuses import CONFLICTS, ENDINGS, REFUSED, STATUSES, status_of
from tests.bus.gateway.web_server import ROOT, WebServer

ANN = {"Authorization": "Bearer ann's"}
PROBLEM = {"Accept": "application/problem+json"}
PAGE = ROOT / "docs" / "reference" / "http.md"


def test_the_status_follows_the_code(web: httpx2.Client) -> None:
    for kind, status in {"missing": 404, "taken": 409, "locked": 422}.items():
        assert web.post("/commands/house_refuse", json={"kind": kind}).status_code == status, kind
    assert web.post("/commands/house_fail").status_code == 500
    assert web.post("/commands/house_nothing").status_code == 404
    assert web.post("/commands/house_echo", json={"tea": 1}).status_code == 422


def test_every_code_of_the_bus_has_a_status() -> None:
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.BusError)]
    assert {one.code for one in classes if one is not errors.Refusal} == STATUSES.keys()


def test_the_table_of_the_documentation_is_the_table_of_the_code() -> None:
    section = PAGE.read_text().partition("\n## Statuses\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\S.*?) +\| (\d{3}) +\|", section, re.MULTILINE)
    told = {what.replace("`", ""): int(status) for what, status in rows}
    codes = {code: status for code, status in told.items() if code in STATUSES}
    assert codes == STATUSES
    endings = {f"…_{ending}": status for ending, status in ENDINGS.items()}
    conflicts = {f"a word of {', '.join(sorted(CONFLICTS))}": 409}
    assert told == {**STATUSES, **endings, **conflicts, "every other": REFUSED}


def test_a_domains_code_is_judged_by_its_words() -> None:
    for code, status in {
        "NOT_FOUND": 404,
        "note_not_found": 404,
        "not_found_elsewhere": 422,
        "db_busy": 503,
        "SYNC_UNAVAILABLE": 503,
        "internal_error": 503,
        "EMAIL_TAKEN": 409,
        "schedule_exists": 409,
        "SYNC_ALREADY_RUNNING": 409,
        "MATERIAL_DUPLICATE_SKU": 409,
        "invalid_note_id": 422,
        "AUTH_INVALID": 422,
    }.items():
        assert status_of(code) == status, code


def test_what_will_pass_says_when_to_come_back(web: httpx2.Client) -> None:
    assert web.post("/commands/house_refuse", json={"kind": "locked"}).headers["retry-after"] == "17"
    statuses = [web.post("/commands/house_rare") for _ in range(3)]
    assert [one.status_code for one in statuses] == [200, 200, 429]
    limited = statuses[-1]
    assert int(limited.headers["retry-after"]) == limited.json()["error"]["details"]["retry_after_seconds"] > 3_000
    assert "retry-after" not in web.post("/commands/house_fail").headers


def test_whoever_asks_for_a_problem_gets_the_same_code(web: httpx2.Client) -> None:
    """RFC 9457, for errors alone."""
    answer = web.post("/commands/house_refuse", json={"kind": "missing"}, headers={**PROBLEM, "X-Correlation-ID": "p1"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:charterbus:code:note_not_found",
        "title": "Not Found",
        "status": 404,
        "detail": "no note has the id 7",
        "instance": "urn:charterbus:call:p1",
        "code": "note_not_found",
        "details": {"note_id": 7},
        "command": "house_refuse",
        "version": 1,
        "correlation_id": "p1",
        "warnings": [],
        "job": None,
    }
    assert web.post("/commands/house_echo", headers=PROBLEM).headers["content-type"] == "application/json"
    broken = web.post("/commands/house_echo", content=b"{", headers={**PROBLEM, "Content-Type": "application/json"})
    assert (broken.status_code, broken.json()["code"]) == (422, "VALIDATION_ERROR")


def test_an_old_version_says_until_when_and_what_comes_after_it(web: httpx2.Client) -> None:
    old = web.post("/commands/house_add@1", json={"text": "tea"}, headers=ANN)
    assert old.headers["deprecation"].startswith("@")
    assert old.headers["sunset"] == "Mon, 03 Feb 2031 00:00:00 GMT"
    assert old.headers["link"] == '</commands/house_add>; rel="successor-version"'
    assert old.json()["warnings"]
    new = web.post("/commands/house_add", json={"text": "tea"}, headers=ANN)
    assert not {"deprecation", "sunset", "link"} & set(new.headers)


def test_nobody_on_the_way_keeps_an_answer(web: httpx2.Client) -> None:
    for path, args in (
        ("house_mine", None),
        ("house_echo", None),
        ("house_secret", {"text": "tea"}),
        ("nothing", None),
    ):
        assert web.post(f"/commands/{path}", json=args, headers=ANN).headers["cache-control"] == "no-store", path


def test_long_answers_are_compressed_for_whoever_reads_that(web: httpx2.Client) -> None:
    def encoding(length: int, accepted: str) -> str | None:
        answer = web.post("/commands/house_big", json={"length": length}, headers={"Accept-Encoding": accepted})
        assert answer.json()["data"]["text"] == "x" * length
        assert len(answer.content) > length
        return answer.headers.get("content-encoding")

    for accepted, expected in {
        "gzip": "gzip",
        "br, GZIP;q=0.5": "gzip",
        "*": "gzip",
        "identity": None,
        "gzip;q=0": None,
        "gzip; q=0.000, br": None,
        "xgzip": None,
        "": None,
    }.items():
        assert encoding(2_000, accepted) == expected, accepted
    assert encoding(500, "gzip") is None
    with web.stream("POST", "/commands/house_big", json={"length": 100_000}) as answer:
        packed = b"".join(answer.iter_raw())
        assert int(answer.headers["content-length"]) == len(packed) < 1_000
    assert gzip.decompress(packed).endswith(b'"job":null}')


def test_what_is_secret_is_not_compressed(web: httpx2.Client) -> None:
    """The length of a compressed answer tells what repeats in it."""
    answer = web.post("/commands/house_secret", json={"text": "x" * 100})
    assert len(answer.content) > 10_000
    assert "content-encoding" not in answer.headers
    batch = web.post("/dispatch/batch", json=[{"command": "house_secret", "args": {"text": "x" * 100}}])
    assert "content-encoding" not in batch.headers


def test_only_hosts_that_were_named_are_served(named: WebServer, web: httpx2.Client) -> None:
    with named.client() as client:
        for host, status in {
            "tea.example": 200,
            "TEA.example:8000": 200,
            "a.inside.example": 200,
            "inside.example": 421,
            "evil.example": 421,
            "": 421,
        }.items():
            for path in ("/commands/house_echo", "/dispatch"):
                answer = client.post(
                    path, json={"command": "house_echo"} if path == "/dispatch" else {}, headers={"Host": host}
                )
                assert answer.status_code == status, (host, path)
    assert web.post("/commands/house_echo", headers={"Host": "any.example"}).status_code == 200


def test_pages_of_named_origins_may_call_and_no_others(named: WebServer, web: httpx2.Client) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,idempotency-key"}
    with named.client(headers={"Host": "tea.example"}) as client:
        ours = {"Origin": "https://app.example"}
        before = client.options("/commands/house_echo", headers=asked | ours)
        assert before.status_code == 200
        assert before.headers["access-control-allow-origin"] == "https://app.example"
        answer = client.post("/commands/house_echo", headers=ours)
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        assert "x-correlation-id" in answer.headers["access-control-expose-headers"].lower()
        assert (
            client.options("/commands/house_echo", headers=asked | {"Origin": "https://evil.example"}).status_code
            == 400
        )
    answer = web.options("/commands/house_echo", headers=asked | {"Origin": "https://app.example"})
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_named_proxy_is_believed_who_it_speaks_for(named: WebServer) -> None:
    """The last address that is none of the proxies: what stands before it, a client may have written itself."""
    with named.client(headers={"Host": "tea.example"}) as client:
        answer = client.post("/commands/house_who", headers={"X-Forwarded-For": "6.6.6.6, 1.2.3.4, 127.0.0.9"})
    assert answer.json()["data"]["address"] == "1.2.3.4"
