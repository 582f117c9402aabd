"""Records are kept for as long as the settings say, and then a scheduled command forgets them."""

from __future__ import annotations

import pytest

from bus import Principal
from bus.principal import LOCAL_CALLER
from tests.plugins.identity.caller import DAY_MS, PASSWORD, World


def forget(world: World) -> int:
    """Run the command as its schedule does; how many events it deleted."""
    bus = world.bus
    command = bus.registry.find("security_events_forget")
    return bus._executor.run(command, {}, LOCAL_CALLER, "schedule")["deleted_count"]


def events_of(world: World) -> int:
    return world.as_role("admin")("get_security_events")["total_count"]


def test_a_schedule_runs_it_every_day(world: World) -> None:
    from plugins.identity.hooks import bus_schedules

    assert [(schedule.command, schedule.cron) for schedule in bus_schedules()] == [
        ("security_events_forget", "17 3 * * *")
    ]
    assert world.as_role("admin").code("security_events_forget") == "UNKNOWN_COMMAND"


def test_events_are_forgotten_after_a_year(world: World) -> None:
    person = world.person("admin")
    person.login()
    before = events_of(world)
    world.clock.advance(365 * DAY_MS)
    assert forget(world) == 0
    world.clock.advance(1)
    assert forget(world) >= before
    assert forget(world) == 0


def test_operators_may_keep_them_for_less(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.person("admin").login()
    monkeypatch.setenv("BUS_SECURITY_EVENTS_DAYS", "1")
    world.clock.advance(DAY_MS + 1)
    assert forget(world) > 0


def test_sessions_that_are_over_are_forgotten_with_their_tokens(world: World) -> None:
    person = world.person("viewer")
    caller = person.login()
    world.clock.advance(7 * DAY_MS + 1)
    forget(world)
    assert not caller.is_live
    assert world.bus.call("auth_login", {"email": person.email, "password": PASSWORD}).ok


def test_other_domains_learn_names_and_nothing_else(world: World) -> None:
    """Of users that there are, banned ones too."""
    person, banned = world.person("technician"), world.person("viewer", is_active=False)
    command = world.bus.registry.find("user_names")
    args = {"user_ids": [person.id, banned.id, "nobody"]}
    items = world.bus._executor.run(command, args, Principal("someone"), "c")["items"]
    assert {item["id"]: (item["role"], item["is_active"]) for item in items} == {
        person.id: ("technician", True),
        banned.id: ("viewer", False),
    }
    assert {frozenset(item) for item in items} == {frozenset(("id", "username", "full_name", "role", "is_active"))}
