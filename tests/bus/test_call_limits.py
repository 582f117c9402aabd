"""How often a command may be called: in any stretch of time, by all processes together."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bus import AUTHENTICATED, PUBLIC, Bus, CallLimit, Peer, Principal, Request, fields, roles
from bus.testing import FakeClock
from tests.bus.sample import Sample
from workers import workers

THREE = CallLimit("three", count=3, per_ms=60_000)
TEXT = {"text": fields.Text(required=True)}


@pytest.fixture
def limited(sample: Sample) -> Sample:
    """Commands that share a limit, and two sessions."""

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal(token, frozenset({"viewer"})) if token in ("ann", "bob") else None

    for name, members in {
        "ask": {"access": AUTHENTICATED, "limit": THREE},
        "tell": {"access": AUTHENTICATED, "limit": THREE},
        "rule": {"access": roles("admin"), "limit": THREE},
        "free": {"access": AUTHENTICATED},
        "knock": {"access": PUBLIC, "limit": CallLimit("door", count=2, per_ms=1_000, by_address=True)},
        "near": {"access": AUTHENTICATED, "limit": CallLimit("near", count=1, per_ms=1_000, network_only=True)},
    }.items():
        sample.command(name, params=TEXT, **members)(lambda ctx, text: {})
    return sample


def codes(bus: Bus, *calls: tuple[str, str], **args: Any) -> list[str | None]:
    """The code of each call of (session token, command); None where it is ``ok``."""
    return [bus.call(command, args or {"text": "x"}, session_token=token).code for token, command in calls]


def rows(bus: Bus) -> int:
    """How many callers are remembered."""
    with bus.database.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM bus_call").scalar_one()


def test_the_call_beyond_the_limit_says_how_long_to_wait(limited: Sample, clock: FakeClock, database_url: str) -> None:
    bus = limited.open(database_url, clock=clock)
    assert codes(bus, *[("ann", "ask")] * 3) == [None] * 3
    clock.advance(15_500)
    refused = bus.call("ask", {"text": "x"}, session_token="ann")
    assert (refused.code, refused.error["details"]) == ("RATE_LIMITED", {"retry_after_seconds": 45})


def test_it_holds_in_any_stretch_of_time(limited: Sample, clock: FakeClock, database_url: str) -> None:
    """Not only on the average: what came at the end of one minute still counts in the next."""
    bus = limited.open(database_url, clock=clock)
    assert codes(bus, ("ann", "ask")) == [None]
    clock.advance(59_000)
    assert codes(bus, *[("ann", "ask")] * 2) == [None] * 2
    clock.advance(1_000)
    assert codes(bus, *[("ann", "ask")] * 2) == [None, "RATE_LIMITED"]
    clock.advance(58_000)
    assert codes(bus, ("ann", "ask")) == ["RATE_LIMITED"]
    clock.advance(1_000)
    assert codes(bus, *[("ann", "ask")] * 3) == [None, None, "RATE_LIMITED"]


def test_commands_share_it_and_callers_do_not(limited: Sample, database_url: str) -> None:
    bus = limited.open(database_url)
    assert codes(bus, ("ann", "ask"), ("ann", "tell"), ("ann", "ask"), ("ann", "tell")) == [None] * 3 + ["RATE_LIMITED"]
    assert codes(bus, ("bob", "ask"), ("ann", "free")) == [None, None]


def test_what_was_refused_before_it_does_not_count(limited: Sample) -> None:
    bus = limited.open()
    assert codes(bus, *[("ann", "rule"), ("eve", "ask")] * 5) == ["FORBIDDEN", "UNAUTHENTICATED"] * 5
    assert codes(bus, *[("ann", "ask")] * 3, *[("ann", "ask")] * 5) == [None] * 3 + ["RATE_LIMITED"] * 5


def test_it_comes_before_the_arguments(limited: Sample) -> None:
    bus = limited.open()
    assert codes(bus, *[("ann", "ask")] * 4, wrong=1) == ["VALIDATION_ERROR"] * 3 + ["RATE_LIMITED"]


def test_queueing_counts_as_a_call(limited: Sample) -> None:
    bus = limited.open()
    assert codes(bus, *[("ann", "ask")] * 3) == [None] * 3
    assert bus.submit("ask", {"text": "x"}, session_token="ann").code == "RATE_LIMITED"


def test_it_is_shared_by_buses_on_one_database(limited: Sample, database_url: str) -> None:
    one, other = limited.open(database_url), limited.open(database_url)
    assert codes(one, *[("ann", "ask")] * 2) + codes(other, *[("ann", "ask")] * 2) == [None] * 3 + ["RATE_LIMITED"]


def test_a_race_lets_no_call_too_many_through(limited: Sample, database_url: str) -> None:
    bus, found = limited.open(database_url), []
    start = threading.Barrier(16)

    def race() -> None:
        start.wait()
        found.extend(codes(bus, *[("ann", "ask")] * 2))

    threads = [threading.Thread(target=race) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == ["None"] * 3 + ["RATE_LIMITED"] * 29


def test_addresses_are_counted_where_there_are_any(limited: Sample) -> None:
    bus = limited.open()

    def knock(peer: Peer | None) -> str | None:
        return bus.answer(Request("knock", {"text": "x"}, is_local=peer is None, peer=peer)).code

    assert [knock(Peer("10.0.0.1")) for _ in range(3)] == [None, None, "RATE_LIMITED"]
    assert [knock(peer) for peer in (Peer("10.0.0.2"), None, None, None)] == [None] * 4


def test_one_for_the_network_alone_leaves_local_callers_free(limited: Sample) -> None:
    bus = limited.open()

    def near(*, is_local: bool) -> str | None:
        return bus.answer(Request("near", {"text": "x"}, session_token="ann", is_local=is_local)).code

    assert [near(is_local=True) for _ in range(3)] == [None] * 3
    assert [near(is_local=False) for _ in range(2)] == [None, "RATE_LIMITED"]


def test_callers_who_went_away_are_forgotten(sample: Sample, clock: FakeClock, database_url: str) -> None:
    """Whoever comes under ever new names does not fill the table."""

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal(token)

    sample.command("ask", params=TEXT, access=AUTHENTICATED, limit=THREE)(lambda ctx, text: {})
    bus = sample.open(database_url, clock=clock)
    for n in range(20):
        assert codes(bus, (f"u{n}", "ask")) == [None]
    assert rows(bus) == 20
    clock.advance(60_000)
    for n in range(20, 30):
        assert codes(bus, (f"u{n}", "ask")) == [None]
    assert rows(bus) == 10


def test_of_many_that_are_queued_together_each_is_a_call(limited: Sample, database_url: str) -> None:
    bus = limited.open(database_url, workers)
    envelopes = bus.submit_many("ask", [{"text": str(n)} for n in range(5)], session_token="ann")
    assert [envelope.code for envelope in envelopes] == [None] * 3 + ["RATE_LIMITED"] * 2
    assert bus.call("job_list").data["total_count"] == 3
