"""What a network adds: an address to count by, to keep with sessions and events, and refusals on record."""

from __future__ import annotations

from typing import Any

import pytest

from bus import Peer, Request
from tests.plugins.identity.caller import MINUTE_MS, OTHER_PASSWORD, PASSWORD, Caller, World

HERE, THERE = Peer("203.0.113.7", "Workshop/1.0"), Peer("203.0.113.8")


def far(world: World, command: str, peer: Peer, token: str | None = None, /, **args: Any) -> Any:
    """The answer to a call that came over the network."""
    return world.bus.answer(Request(command, args, session_token=token, is_local=False, peer=peer))


def log_in(world: World, email: str, password: str = PASSWORD, peer: Peer = HERE) -> str | None:
    """The code of a login; None: it succeeded."""
    return far(world, "auth_login", peer, email=email, password=password).code


def test_a_session_knows_where_it_was_opened(world: World) -> None:
    person = world.person("admin")
    grant = far(world, "auth_login", HERE, email=person.email, password=PASSWORD).data
    assert (grant["ip_address"], grant["user_agent"]) == HERE
    admin = Caller(world.bus, grant["token"])
    events = admin("get_security_events", event_type="session_created")["items"]
    assert {(event["ip_address"], event["user_agent"]) for event in events if event["session_id"] == grant["id"]} == {
        HERE
    }


def test_twenty_failures_close_an_address_whatever_emails_it_tries(world: World) -> None:
    person = world.person("viewer")
    assert [log_in(world, f"u{n}@example.com", "wrong") for n in range(20)] == ["AUTH_INVALID"] * 20
    locked = far(world, "auth_login", HERE, email=person.email, password=PASSWORD)
    assert (locked.code, locked.error["details"]) == ("AUTH_LOCKED", {"retry_after_seconds": 900})
    assert log_in(world, person.email, peer=THERE) is None
    world.clock.advance(15 * MINUTE_MS)
    assert log_in(world, person.email) is None


def test_right_passwords_count_nothing_for_an_address(world: World) -> None:
    """Many people sit behind one, and the one who mistypes must not shut them out."""
    people = [world.person("viewer") for _ in range(3)]
    for _ in range(10):
        assert [log_in(world, person.email) for person in people] == [None] * 3
    assert [log_in(world, people[0].email, "wrong") for _ in range(3)] == ["AUTH_INVALID"] * 3
    assert log_in(world, people[0].email) is None


def test_a_locked_account_counts_nothing_for_an_address(world: World) -> None:
    person = world.person("viewer")
    assert [log_in(world, person.email, "wrong") for _ in range(5)] == ["AUTH_INVALID"] * 5
    assert {log_in(world, person.email, "wrong") for _ in range(30)} == {"AUTH_LOCKED"}
    assert log_in(world, world.person("viewer").email) is None


def test_local_callers_have_no_address_to_lock(world: World, anyone: Caller) -> None:
    for n in range(30):
        assert anyone.code("auth_login", email=f"u{n}@example.com", password="wrong") == "AUTH_INVALID"
    assert world.person("viewer").login()


def test_a_locked_address_is_counted_for_operators(world: World) -> None:
    for n in range(20):
        log_in(world, f"u{n}@example.com", "wrong")
    metrics = world.as_role("admin")("get_security_metrics")
    assert (metrics["blocked_ips"], metrics["active_brute_force_attempts"]) == (1, 1)


def test_sign_up_is_limited_by_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells which emails are taken."""
    monkeypatch.setenv("BUS_SIGNUP_OPEN", "true")
    world.person("admin")

    def sign_up(n: int, peer: Peer) -> str | None:
        names = {"first_name": "New", "last_name": "User"}
        email = f"new{n}@example.com"
        return far(world, "auth_create_account", peer, email=email, password=OTHER_PASSWORD, **names).code

    assert [sign_up(0, HERE) for _ in range(10)] == [None] + ["EMAIL_TAKEN"] * 9
    assert sign_up(0, HERE) == "RATE_LIMITED"
    assert sign_up(1, THERE) is None


def test_what_a_role_is_refused_is_on_record(world: World) -> None:
    """By the bus and by a handler, although the call failed."""
    admin, viewer = world.as_role("admin"), world.person("viewer")
    grant = far(world, "auth_login", HERE, email=viewer.email, password=PASSWORD).data
    far(world, "get_users", HERE, grant["token"])
    far(world, "get_user", HERE, grant["token"], user_id=world.person("viewer").id)
    events = admin("get_security_events", event_type="authorization_failure")["items"]
    assert [(event["source"], event["severity"], event["ip_address"]) for event in events] == [
        ("get_user", "medium", HERE.address),
        ("get_users", "medium", HERE.address),
    ]
    assert {(event["user_id"], event["session_id"]) for event in events} == {(viewer.id, grant["id"])}


def test_a_call_too_many_is_on_record(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody in particular made it; it did no harm."""
    admin = world.as_role("admin")
    for _ in range(11):
        far(world, "auth_create_account", HERE, email="x")
    events = admin("get_security_events", event_type="rate_limit_exceeded")["items"]
    assert [(event["user_id"], event["severity"], event["mitigated"]) for event in events] == [(None, "low", True)]
