"""The table follows what the loaded plugins declare; whoever is not loaded is left in peace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from bus import Plugin, Schedule, SetupError
from bus.schedules.syncing import sync
from tests.bus.schedules.conftest import OpenTea, tea

if TYPE_CHECKING:
    from bus.application import Bus

MORNING = Schedule("morning", "brew", "0 6 * * *", {"text": "green"}, "Europe/Berlin")


def listed(bus: Bus) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in bus.call("schedule_list").data["items"]}


def synced(bus: Bus) -> dict[str, dict[str, Any]]:
    sync(bus)
    return listed(bus)


def test_what_is_declared_is_added_once(open_tea: OpenTea) -> None:
    bus = open_tea(tea(MORNING))
    added = synced(bus)["morning"]
    assert (added["origin"], added["command"], added["version"]) == ("plugin:tea", "brew", 2)
    assert (added["args"], added["zone"], added["missed"]) == ({"text": "green"}, "Europe/Berlin", "once")
    assert (added["principal"], added["is_paused"], added["obstacle"], added["last_at"]) == ("local", False, None, None)
    assert synced(bus)["morning"] == added


def test_what_has_changed_is_changed_and_what_is_gone_is_removed(open_tea: OpenTea) -> None:
    """An expression that stays keeps its place: ticks missed in between are not forgotten."""
    before = synced(open_tea(tea(MORNING, Schedule("noon", "brew", "0 12 * * *", {"text": "black"}))))
    changed = MORNING._replace(command="brew@1", args={"text": "mint"}, missed="all", priority=-3)
    after = synced(open_tea(tea(changed)))
    assert list(after) == ["morning"]
    kept = {"next_at", "created_at", "cron"}
    assert {name: after["morning"][name] for name in kept} == {name: before["morning"][name] for name in kept}
    assert (after["morning"]["version"], after["morning"]["args"]) == (1, {"text": "mint"})
    assert (after["morning"]["missed"], after["morning"]["priority"]) == ("all", -3)
    assert after["morning"]["changed_at"] > before["morning"]["changed_at"]
    moved = synced(open_tea(tea(changed._replace(zone="America/New_York"))))["morning"]
    assert moved["next_at"] != after["morning"]["next_at"]


def test_a_pause_survives(open_tea: OpenTea) -> None:
    bus = open_tea(tea(MORNING))
    sync(bus)
    assert bus.call("schedule_pause", {"name": "morning"}).ok
    assert synced(open_tea(tea(MORNING._replace(cron="0 7 * * *"))))["morning"]["is_paused"]


def test_the_schedules_of_a_plugin_that_is_gone_are_kept_and_listed_as_such(open_tea: OpenTea) -> None:
    there = synced(open_tea(tea(), tea(MORNING, name="cups")))
    assert there["morning"]["obstacle"] is None
    without = open_tea(tea())
    gone = synced(without)
    assert gone["morning"] == there["morning"] | {"obstacle": "the plugin cups is not loaded"}
    assert without.call("schedule_remove", {"name": "morning"}).ok


def test_a_command_that_is_gone_is_listed_as_such(open_tea: OpenTea) -> None:
    bus = open_tea()
    assert bus.call("schedule_add", {"name": "a", "command": "brew", "args": {"text": ""}, "cron": "* * * * *"}).ok
    assert listed(open_tea(tea(name="cups")))["a"]["obstacle"] == "no plugin answers brew@2"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"command": "boil"}, "no plugin answers the command 'boil'"),
        ({"command": "brew@7"}, "brew has no version 7"),
        ({"command": "hush"}, "hush@1 cannot be scheduled like this: hush is secret"),
        ({"args": {"txt": 1}}, "brew@2 cannot be scheduled like this: Invalid args for brew"),
        ({"cron": "61 * * * *"}, "'61 * * * *' is no cron expression: Bad minute"),
        ({"zone": "Europe"}, "'Europe' is no time zone"),
        ({"missed": "twice"}, "missed must be one of skip, once, all"),
        ({"name": "in the morning"}, "the name must be up to 100 letters"),
        ({"args": "green"}, "args must be a mapping"),
        ({"args": {"text": b"green"}}, "brew@2 cannot be scheduled like this: Invalid args for brew"),
        ({"name": None}, "name must be text"),
        ({"cron": 5}, "cron must be text"),
        ({"priority": "high"}, "the priority must be a whole number"),
    ],
)
def test_a_broken_declaration_names_plugin_and_schedule(open_tea: OpenTea, change: Any, sentence: str) -> None:
    """And changes nothing."""
    broken = MORNING._replace(**change)
    bus = open_tea(tea(Schedule("a", "brew", "* * * * *", {"text": ""}), broken))
    with pytest.raises(SetupError) as stopped:
        sync(bus)
    assert str(stopped.value).startswith(f"plugin tea: the schedule {broken.name!r}: {sentence}")
    assert listed(bus) == {}


def test_a_hook_that_fails_or_answers_something_else_is_named(open_tea: OpenTea) -> None:
    with pytest.raises(SetupError, match="plugin tea: bus_schedules answers 'morning'; it must answer bus.Schedule"):
        sync(open_tea(tea("morning")))
    broken = Plugin("broken")

    @broken.hook
    def bus_schedules() -> None:
        raise ZeroDivisionError("no")

    with pytest.raises(SetupError, match="plugin broken: bus_schedules failed: ZeroDivisionError: no"):
        sync(open_tea(broken))


def test_a_name_belongs_to_one(open_tea: OpenTea) -> None:
    with pytest.raises(SetupError, match="declares one of that name; rename it"):
        sync(open_tea(tea(MORNING), tea(MORNING, name="cups")))
    bus = open_tea(tea(MORNING))
    members = {"name": "morning", "command": "brew", "args": {"text": ""}, "cron": "* * * * *"}
    assert bus.call("schedule_add", members).ok
    with pytest.raises(SetupError, match="the name belongs to an operator; rename this one, or run `bus schedules rem"):
        sync(bus)
    assert bus.call("schedule_remove", {"name": "morning"}).ok
    sync(bus)
    with pytest.raises(SetupError, match="the name belongs to the plugin tea; rename this one"):
        sync(open_tea(tea(), tea(MORNING, name="cups")))


def test_schedulers_that_start_at_once_add_each_schedule_once(open_tea: OpenTea) -> None:
    """None of them fails, whoever comes first."""
    schedules = [MORNING._replace(name=f"s{n}") for n in range(20)]
    buses = [open_tea(tea(*chosen)) for chosen in (schedules, schedules[::-1], schedules)]
    barrier = Barrier(len(buses))

    def start(bus: Bus) -> None:
        barrier.wait(30)
        sync(bus)

    with ThreadPoolExecutor(len(buses)) as threads:
        list(threads.map(start, buses))
    assert set(listed(buses[0])) == {schedule.name for schedule in schedules}
