"""What there is to call, over HTTP: lists, schemas, documents, pages, and who may see them."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from bus.gateway.catalogue import is_open
from bus.settings import Settings
from tests.bus.gateway.web_server import WebServer

ANN = {"Authorization": "Bearer ann's"}
DOCUMENTS = ("/openapi.json", "/asyncapi.json")
ALL = ("/commands", "/commands/house_echo", *DOCUMENTS, "/docs")


@pytest.fixture
def closed(named: WebServer) -> Iterator[httpx2.Client]:
    """A client of a server whose documents are not for everybody."""
    with named.client(headers={"Host": "tea.example"}) as client:
        yield client


def test_every_command_that_callers_may_know_is_listed(web: httpx2.Client) -> None:
    envelope = web.get("/commands").json()
    names = [item["name"] for item in envelope["data"]["items"]]
    assert {"house_add", "job_get"} <= set(names)
    assert "worker_count" not in names


def test_a_command_is_described_with_its_schemas(web: httpx2.Client) -> None:
    told = web.get("/commands/house_add").json()["data"]
    assert (told["version"], told["versions"], told["access"]) == (2, [1, 2], "local")
    assert told["args_schema"]["required"] == ["text"]
    assert told["data_schema"]["properties"].keys() == {"count"}
    assert web.get("/commands/house_add?version=1").json()["data"]["version"] == 1
    for path, status, code in (
        ("/commands/nothing", 404, "command_not_found"),
        ("/commands/house_add?version=9", 404, "command_not_found"),
        ("/commands/worker_count", 404, "command_not_found"),
        ("/commands/house_add?version=x", 422, "VALIDATION_ERROR"),
    ):
        answer = web.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), path


def test_the_documents_are_there_and_need_not_be_sent_twice(web: httpx2.Client) -> None:
    for path, kind in zip(DOCUMENTS, ("openapi", "asyncapi"), strict=True):
        answer = web.get(path)
        assert (answer.status_code, answer.json()[kind][0]) == (200, "3"), path
        assert answer.headers["content-encoding"] == "gzip", path
        again = web.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path


def test_the_pages_run_nothing_from_elsewhere(web: httpx2.Client) -> None:
    answer = web.get("/docs")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert web.get("/docs/nothing").status_code == 404


def test_documents_are_for_sessions_alone_unless_they_are_open(closed: httpx2.Client) -> None:
    for path in ALL:
        assert closed.get(path).status_code == 401, path
        assert closed.get(path).json()["error"]["code"] == "UNAUTHENTICATED", path
        assert closed.get(path, headers=ANN).status_code == 200, path


def test_a_token_that_is_none_opens_nothing_that_is_open(web: httpx2.Client) -> None:
    assert web.get("/commands", headers={"Authorization": "Bearer nobody's"}).status_code == 401


def test_documents_are_open_where_only_this_machine_can_ask() -> None:
    for host, expected in {
        "127.0.0.1": True,
        "::1": True,
        "localhost": True,
        "0.0.0.0": False,  # noqa: S104  # nothing is opened
        "a.example": False,
    }.items():
        assert is_open(Settings(http_host=host)) is expected, host
        assert is_open(Settings(http_host=host, http_documents=True)) is True, host
        assert is_open(Settings(http_host=host, http_documents=False)) is False, host
