"""The commands that look after schedules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bus import Plugin, Principal, Request, Schedule
from bus.schedules.syncing import sync
from tests.bus.schedules.conftest import tea
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

DAILY = {"name": "daily", "command": "brew", "args": {"text": "green"}, "cron": "30 2 * * *", "zone": "Asia/Kolkata"}


@pytest.fixture
def bus(database_url: str, open_bus: Callable[..., Bus]) -> Bus:
    """A bus with a command to schedule and one declared schedule."""
    opened = open_bus(database_url, plugins=[tea(Schedule("noon", "brew", "0 12 * * *", {"text": "black"})), workers])
    sync(opened)
    return opened


def ok(bus: Bus, command: str, args: dict[str, Any] | None = None) -> Any:
    answer = bus.call(command, args)
    assert answer.ok, answer
    return answer.data


def test_what_is_added_is_listed(bus: Bus) -> None:
    before = bus.jobs.now_ms()
    added = ok(bus, "schedule_add", DAILY | {"missed": "all", "priority": 4, "version": 1})["schedule"]
    listed = ok(bus, "schedule_list")
    assert (listed["total_count"], [item["name"] for item in listed["items"]]) == (2, ["daily", "noon"])
    assert listed["items"][0] == added
    assert added["next_at"] > before <= added["created_at"] == added["changed_at"]
    chosen = {name: added[name] for name in ("origin", "version", "missed", "priority", "principal", "is_paused")}
    assert chosen == {
        "origin": "operator",
        "version": 1,
        "missed": "all",
        "priority": 4,
        "principal": "local",
        "is_paused": False,
    }


@pytest.mark.parametrize(
    ("change", "code", "details"),
    [
        ({"name": "noon"}, "schedule_exists", {"name": "noon", "origin": "plugin:tea"}),
        ({"command": "boil"}, "command_not_found", {"command": "boil"}),
        ({"version": 7}, "command_not_found", {"command": "brew@7"}),
        ({"command": "brew@7"}, "command_not_found", {"command": "brew@7"}),
        ({"cron": "* * * *"}, "invalid_cron", {"cron": "* * * *", "why": "Wrong number of fields"}),
        ({"zone": "Berlin"}, "unknown_zone", {"zone": "Berlin"}),
        ({"args": {}}, "invalid_schedule_args", {"command": "brew@2", "fields": {"text": ["required"]}}),
        ({"command": "hush"}, "invalid_schedule_args", None),
        ({"name": "in the morning"}, "VALIDATION_ERROR", None),
        ({"name": "daily\n"}, "VALIDATION_ERROR", None),
        ({"missed": "twice"}, "VALIDATION_ERROR", None),
        ({"priority": 2**40}, "VALIDATION_ERROR", None),
    ],
)
def test_what_could_not_run_is_refused_when_it_is_added(bus: Bus, change: Any, code: str, details: Any) -> None:
    before = ok(bus, "schedule_list")
    answer = bus.call("schedule_add", DAILY | change)
    assert answer.code == code, answer
    assert answer.error is not None
    assert details in (None, answer.error["details"])
    assert ok(bus, "schedule_list") == before


def test_a_name_is_free_again_when_its_schedule_is_removed(bus: Bus) -> None:
    ok(bus, "schedule_add", DAILY)
    assert bus.call("schedule_add", DAILY).code == "schedule_exists"
    ok(bus, "schedule_remove", {"name": "daily"})
    ok(bus, "schedule_add", DAILY)


def test_a_declared_schedule_is_paused_and_not_removed(bus: Bus) -> None:
    answer = bus.call("schedule_remove", {"name": "noon"})
    assert (answer.code, answer.error and answer.error["details"]) == (
        "schedule_declared",
        {"name": "noon", "plugin": "tea"},
    )
    assert ok(bus, "schedule_pause", {"name": "noon"})["schedule"]["is_paused"]


def test_a_paused_schedule_is_due_at_no_time_and_goes_on_with_its_next_tick(bus: Bus) -> None:
    added = ok(bus, "schedule_add", DAILY)["schedule"]
    paused = ok(bus, "schedule_pause", {"name": "daily"})["schedule"]
    assert (paused["is_paused"], paused["next_at"]) == (True, None)
    assert ok(bus, "schedule_pause", {"name": "daily"})["schedule"] == paused
    resumed = ok(bus, "schedule_resume", {"name": "daily"})["schedule"]
    assert (resumed["is_paused"], resumed["next_at"]) == (False, added["next_at"])
    assert added["changed_at"] < paused["changed_at"] < resumed["changed_at"]
    assert ok(bus, "schedule_resume", {"name": "daily"})["schedule"] == resumed


def test_the_next_ticks_are_told_in_the_schedules_zone(bus: Bus) -> None:
    added = ok(bus, "schedule_add", DAILY)["schedule"]
    ok(bus, "schedule_pause", {"name": "daily"})
    ticks = ok(bus, "schedule_next", {"name": "daily", "count": 3})
    assert (ticks["total_count"], len(ticks["items"]), ticks["items"][0]["at"]) == (3, 3, added["next_at"])
    assert [item["local"][10:16] for item in ticks["items"]] == ["T02:30"] * 3
    assert [item["at"] for item in ticks["items"]] == sorted({item["at"] for item in ticks["items"]})


@pytest.mark.parametrize("command", ["schedule_pause", "schedule_resume", "schedule_remove", "schedule_next"])
def test_an_unknown_name_is_not_found(bus: Bus, command: str) -> None:
    assert bus.call(command, {"name": "nobody"}).code == "schedule_not_found"


@pytest.fixture
def secured(open_bus: Callable[..., Bus]) -> Bus:
    """A bus that knows two operators."""
    guard = Plugin("guard")

    @guard.hook
    def bus_authenticate(token: str) -> Principal | None:
        return Principal(token, frozenset({token}), is_operator=token != "page")

    return open_bus("sqlite://", plugins=[tea(), guard, workers])


def from_network(bus: Bus, token: str, command: str, args: dict[str, Any]) -> str | None:
    return bus.answer(Request(command, args, session_token=token, is_local=False)).code


def test_schedules_are_for_operators(secured: Bus) -> None:
    assert from_network(secured, "page", "schedule_list", {}) == "FORBIDDEN"
    assert from_network(secured, "page", "schedule_add", DAILY) == "FORBIDDEN"
    assert from_network(secured, "knight", "schedule_add", DAILY) is None
    assert ok(secured, "schedule_list")["items"][0]["principal"] == "knight"


def test_an_operator_schedules_nothing_that_its_roles_do_not_allow(secured: Bus) -> None:
    """Scheduled jobs run as a local caller, who is not asked for roles."""
    ruling = DAILY | {"command": "rule"}
    assert from_network(secured, "knight", "schedule_add", ruling) == "schedule_forbidden"
    assert from_network(secured, "king", "schedule_add", ruling) is None
    assert from_network(secured, "knight", "schedule_add", DAILY | {"command": "enter", "name": "b"}) is None


def test_without_a_queue_nothing_can_be_scheduled(open_bus: Callable[..., Bus]) -> None:
    assert open_bus("sqlite://", plugins=[tea()]).call("schedule_add", DAILY).code == "QUEUE_UNAVAILABLE"
