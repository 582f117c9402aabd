"""What plugins are told of calls and jobs that were not allowed."""

from __future__ import annotations

from typing import Any

import pytest

from bus import AUTHENTICATED, CallLimit, Peer, Principal, Request, roles
from bus.errors import Forbidden
from tests.bus.sample import N, No, Sample, row, texts
from tests.bus.worker import work
from workers import workers

WRITE = "INSERT INTO sample_row (text) VALUES (?)"


@pytest.fixture
def roles_of_ann() -> list[str]:
    """The roles that ann has by now."""
    return []


@pytest.fixture
def told(sample: Sample, roles_of_ann: list[str]) -> list[dict[str, Any]]:
    """What the hook was told; it writes to the database as well, as a plugin that keeps records does."""
    heard: list[dict[str, Any]] = []

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal("ann", frozenset(roles_of_ann)) if token == "ann" else None

    @sample.plugin.hook
    def bus_principal(principal_id):
        return Principal("ann", frozenset(roles_of_ann))

    @sample.plugin.hook
    def bus_refused(error, command, principal, correlation_id, peer, database, now_ms):
        with database.writer().transaction() as kept:
            kept.raw.execute(database.sql(WRITE), (f"{command}: {error.code}",))
        heard.append({"who": principal.id, "of": correlation_id, "peer": peer, "at": now_ms, "message": error.message})

    @sample.command("rule", access=roles("admin"))
    def rule(ctx):
        return {}

    @sample.command("own", params=N, access=AUTHENTICATED, errors=(No,))
    def own(ctx, n):
        ctx.db.execute(row.insert(), {"text": "of a handler"})
        if n == 1:
            raise Forbidden("this one is not yours")
        if n == 2:
            raise No(why="of that")
        return {}

    @sample.command("once", access=AUTHENTICATED, limit=CallLimit("once", count=1, per_ms=60_000))
    def once(ctx):
        return {}

    return heard


def test_a_refused_role_is_told_with_all_that_is_known(sample: Sample, told: list[dict[str, Any]]) -> None:
    bus, peer = sample.open(), Peer("10.0.0.1", "curl")
    request = Request("rule", session_token="ann", correlation_id="c1", is_local=False, peer=peer)
    assert bus.answer(request).code == "FORBIDDEN"
    assert [{**one, "at": None} for one in told] == [
        {"who": "ann", "of": "c1", "peer": peer, "at": None, "message": "rule needs one of the roles admin"}
    ]


def test_what_a_handler_forbids_is_told_when_nothing_of_it_is_left(
    sample: Sample, told: list[dict[str, Any]], database_url: str
) -> None:
    bus = sample.open(database_url)
    assert bus.call("own", {"n": 1}, session_token="ann").code == "FORBIDDEN"
    assert len(told) == 1
    assert texts(bus) == ["own: FORBIDDEN"]


def test_a_call_too_many_is_told(sample: Sample, told: list[dict[str, Any]]) -> None:
    bus = sample.open()
    assert [bus.call("once", session_token="ann").code for _ in range(2)] == [None, "RATE_LIMITED"]
    assert len(told) == 1


def test_other_answers_are_not(sample: Sample, told: list[dict[str, Any]]) -> None:
    bus = sample.open()
    answers = [
        bus.call("rule"),
        bus.call("rule", session_token="eve"),
        bus.call("own", {"n": 2}, session_token="ann"),
        bus.call("own", {"n": "x"}, session_token="ann"),
        bus.call("nothing", session_token="ann"),
    ]
    assert [answer.code for answer in answers] == [
        "UNAUTHENTICATED",
        "UNAUTHENTICATED",
        "no",
        "VALIDATION_ERROR",
        "UNKNOWN_COMMAND",
    ]
    assert told == []


def test_a_hook_that_fails_changes_nothing(
    sample: Sample, told: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    from bus.plugin import Plugin

    other = Plugin("other")

    @other.hook
    def bus_refused():
        raise OSError("disk")

    assert sample.open("sqlite://", other).call("rule", session_token="ann").code == "FORBIDDEN"
    assert len(told) == 1
    assert "refusal_listener_failed" in capsys.readouterr().err


def test_jobs_that_are_not_allowed_are_told(
    sample: Sample, told: list[dict[str, Any]], database_url: str, roles_of_ann: list[str]
) -> None:
    """By a handler, beside another job in the same transaction, and before one: the role was lost meanwhile."""
    bus = sample.open(database_url, workers)
    roles_of_ann.append("admin")
    jobs = [bus.submit("own", {"n": n}, session_token="ann").job["id"] for n in (0, 1)]
    jobs.append(bus.submit("rule", session_token="ann").job["id"])
    roles_of_ann.clear()
    work(bus)
    assert [bus.wait(job).code for job in jobs] == [None, "FORBIDDEN", "FORBIDDEN"]
    assert sorted((one["who"], one["message"]) for one in told) == [
        ("ann", "rule needs one of the roles admin"),
        ("ann", "this one is not yours"),
    ]
