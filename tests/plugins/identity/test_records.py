"""What is on record: written with the change, also where the call fails, and read by admins alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import DAY_MS, NIL, OTHER_PASSWORD, PASSWORD, Caller, World


def reuse(world: World) -> str:
    """Somebody uses a refresh token twice; the session's id."""
    grant = world.person().grant()
    for _ in range(2):
        world.bus.call("auth_refresh_token", {"refresh_token": grant["refresh_token"]})
    return grant["id"]


def test_events_tell_who_did_what_to_whom(world: World) -> None:
    boss, person = world.person("admin"), world.person("technician")
    admin = boss.login()
    world.bus.call(
        "change_user_role",
        {"user_id": person.id, "new_role": "supervisor"},
        session_token=admin.token,
        correlation_id="desk-7",
    )
    (event,) = admin("get_security_events", event_correlation_id="desk-7")["items"]
    assert {name: value for name, value in event.items() if name != "id"} == {
        "event_type": "role_changed",
        "severity": "low",
        "timestamp": "2026-03-01T09:00:00.000Z",
        "user_id": boss.id,
        "target_user_id": person.id,
        "session_id": None,
        "ip_address": None,
        "user_agent": None,
        "correlation_id": "desk-7",
        "details": {"old_role": "technician", "new_role": "supervisor"},
        "source": "change_user_role",
        "mitigated": False,
    }


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({}, ["authentication_failure", "authentication_success", "session_created"]),
        ({"event_type": "session_created"}, ["session_created"]),
        ({"severity": "medium"}, ["authentication_failure"]),
        ({"severity": "nonsense"}, []),
        ({"user_id": NIL}, []),
        ({"limit": 1}, ["authentication_failure"]),
        ({"limit": -5, "offset": 1}, ["authentication_success"]),
        ({"offset": -5, "limit": 10**9}, ["authentication_failure", "authentication_success", "session_created"]),
    ],
)
def test_the_newest_events_come_first_and_are_filtered(world: World, filters: dict[str, Any], types: list[str]) -> None:
    admin = world.person("admin").login()
    world.person().attempt(OTHER_PASSWORD)
    page = admin("get_security_events", **filters)
    assert [item["event_type"] for item in page["items"]] == types
    is_cut = "limit" in filters or "offset" in filters
    assert page["total_count"] == (3 if is_cut else len(types))


def test_a_call_that_is_refused_changes_nothing_but_the_record(world: World) -> None:
    admin = world.person("admin").login()
    before = len(world.events())
    assert admin.code("ban_user", user_id=NIL) == "NOT_FOUND"
    assert admin.code("disable_2fa", password=OTHER_PASSWORD) == "AUTH_INVALID"
    (failure,) = world.events()[before:]
    assert (failure.event_type, failure.source) == ("authentication_failure", "disable_2fa")


def test_what_is_merely_wrong_writes_no_event(world: World, anyone: Caller) -> None:
    person = world.person()
    world.with_two_factor(person)
    before = len(world.events())
    anyone.code("auth_validate_session")
    anyone.code("auth_refresh_token", refresh_token="A" * 43)
    person.attempt()
    assert len(world.events()) == before


def test_numbers_are_counted_from_the_tables(world: World) -> None:
    world.clock.advance(-DAY_MS)
    reuse(world)
    world.clock.advance(DAY_MS)
    reuse(world)
    for _ in range(6):
        world.bus.call("auth_login", {"email": "nobody@example.com", "password": PASSWORD})
    metrics = world.person("admin").login()("get_security_metrics")
    assert metrics == {
        "total_events_today": 2 + 2 + 6 + 2,
        "critical_alerts_today": 1,
        "active_brute_force_attempts": 1,
        "blocked_ips": 0,
        "failed_auth_attempts_last_hour": 5,
        "suspicious_activities_detected": 1,
    }


def test_an_alert_waits_until_it_is_resolved(world: World) -> None:
    first, second = world.person("admin"), world.person("admin")
    session_id = reuse(world)
    admin, other = first.login(), second.login()
    (alert,) = admin("get_security_alerts")["items"]
    (event,) = admin("get_security_events", event_type="refresh_token_reuse")["items"]
    assert (alert["event_id"], event["session_id"], alert["acknowledged"]) == (event["id"], session_id, False)
    seen = admin("acknowledge_security_alert", alert_id=alert["id"])
    assert (seen["acknowledged"], seen["acknowledged_by"]) == (True, first.id)
    world.clock.advance(1_000)
    assert other("acknowledge_security_alert", alert_id=alert["id"]) == seen
    done = admin("resolve_security_alert", alert_id=alert["id"], actions_taken=["called them"])
    assert (done["resolved"], done["actions_taken"]) == (True, ["called them"])
    assert other("resolve_security_alert", alert_id=alert["id"], actions_taken=[]) == done
    assert admin("get_security_alerts") == {"items": [], "total_count": 0}
    assert admin.code("resolve_security_alert", alert_id=NIL, actions_taken=[]) == "NOT_FOUND"
    assert admin.code("acknowledge_security_alert", alert_id=NIL) == "NOT_FOUND"
