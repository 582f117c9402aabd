"""The calendar's rule: which tasks of the day stand in the way, asked before and when a task is moved."""

from __future__ import annotations

import random
from typing import Any

import pytest

from contracts.tasks.words import STATUSES
from plugins.tasks.statuses import OPEN
from tests.plugins.identity.caller import NIL
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop

Window = tuple[str | None, str | None]


def check(shop: Shop, task: dict[str, Any], date: str = TODAY, start: Any = None, end: Any = None) -> list[str]:
    """The ids of the tasks in the way."""
    answer = shop.viewer("calendar_check_conflicts", task_id=task["id"], new_date=date, new_start=start, new_end=end)
    found = [item["id"] for item in answer["conflicting_tasks"]]
    assert answer["has_conflict"] is bool(found)
    assert answer["conflict_type"] == ("time_overlap" if found else None)
    assert (answer["message"] is None) is not bool(found)
    return found


@pytest.mark.parametrize(
    ("new", "other", "is_conflict"),
    [
        (("10:00", "11:00"), ("09:00", "10:00"), False),  # touching
        (("10:00", "11:00"), ("11:00", "12:00"), False),
        (("10:00", "11:00"), ("09:00", "10:01"), True),
        (("10:00", "11:00"), ("10:59", "12:00"), True),
        (("10:00", "11:00"), ("10:15", "10:45"), True),  # within
        (("10:00", "11:00"), ("09:00", "12:00"), True),  # around
        (("10:00", "11:00"), ("10:00", "11:00"), True),
        (("10:00", "11:00"), ("10:00", None), True),  # a start alone is a moment
        (("10:00", "11:00"), ("10:59", None), True),
        (("10:00", "11:00"), ("11:00", None), False),
        (("10:00", "11:00"), ("09:59", None), False),
        (("10:00", "11:00"), (None, None), False),
        (("10:00", "11:00"), (None, "10:30"), False),
        (("10:00", None), ("18:00", "19:00"), True),  # a start alone takes the day
        (("10:00", None), (None, None), True),
        ((None, None), ("18:00", None), True),
        ((None, None), (None, None), True),
        ((None, None), (None, "10:00"), True),
    ],
)
def test_which_times_stand_in_the_way(shop: Shop, new: Window, other: Window, is_conflict: bool) -> None:
    task = shop.task(of="technician", scheduled_date=TOMORROW)
    blocker = shop.task(of="technician", start_time=other[0], end_time=other[1])
    assert check(shop, task, TODAY, *new) == ([blocker["id"]] if is_conflict else [])


def test_only_open_live_tasks_of_the_same_technician_on_the_day_count(shop: Shop) -> None:
    task = shop.task(of="technician")
    blockers = {shop.task(of="technician", status=status)["id"]: status for status in STATUSES}
    shop.task(of="colleague")
    shop.task()
    shop.task(of="technician", scheduled_date=TOMORROW)
    shop.admin("task_crud", action="Delete", id=shop.task(of="technician")["id"])
    assert {blockers[found] for found in check(shop, task)} == OPEN


def test_nobodys_task_is_in_nobodys_way(shop: Shop) -> None:
    task = shop.task()
    shop.task()
    shop.task(of="technician")
    assert check(shop, task) == []


def test_what_is_in_the_way_is_shown_by_start_and_told(shop: Shop) -> None:
    """Those without a start first; the sentence names each with its time."""
    client = shop.client(name="Ana")
    task = shop.task(of="technician", scheduled_date=TOMORROW)
    late = shop.task(of="technician", title="Late", start_time="15:00", end_time="16:00", client_id=client["id"])
    early = shop.task(of="technician", title="Early", start_time="08:00")
    any_time = shop.task(of="technician", title="Any time")
    answer = shop.technician("calendar_check_conflicts", task_id=task["task_number"], new_date=TODAY)
    shown = answer["conflicting_tasks"]
    assert [item["id"] for item in shown] == [any_time["id"], early["id"], late["id"]]
    for part in ("3 tasks", TODAY, "Late (15:00-16:00)", "Early (from 08:00)", "Any time (no time)"):
        assert part in answer["message"]
    assert (shown[2]["client_name"], shown[2]["technician_name"]) == ("Ana", shop.people["technician"].username)
    assert (shown[0]["client_id"], shown[0]["client_name"]) == (None, None)
    one = shop.admin("calendar_check_conflicts", task_id=late["id"], new_date=TODAY, new_start="07:00", new_end="08:30")
    assert one["message"] == f"1 task stands in the way on {TODAY}: Early (from 08:00)"


@pytest.mark.parametrize("command", ["calendar_check_conflicts", "calendar_schedule_task"])
@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"new_end": "10:00"}, "new_start"),
        ({"new_start": "10:00", "new_end": "10:00"}, "new_end"),
        ({"new_start": "10:00", "new_end": "09:00"}, "new_end"),
        ({"new_start": "24:00"}, "new_start"),
        ({"new_start": "9:00"}, "new_start"),
        ({"new_date": "2026-02-30"}, "new_date"),
        ({"new_date": None}, "new_date"),
        ({"task_id": " "}, "task_id"),
        ({"task_id": "x" * 101}, "task_id"),
        ({"task_id": 7}, "task_id"),
        ({"technician_id": NIL}, "technician_id"),
    ],
)
def test_times_that_do_not_fit_are_refused_by_name(shop: Shop, command: str, args: dict[str, Any], field: str) -> None:
    refusal = shop.admin.refusal(command, **({"task_id": NIL, "new_date": TODAY} | args))
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field])
    assert shop.admin.code(command, task_id=NIL, new_date=TODAY) == "NOT_FOUND"


def expected(new: Window, others: dict[str, Window]) -> set[str]:
    """The rule in the words of the specification."""
    start, end = new
    if start is None or end is None:
        return set(others)

    def is_in_the_way(other: Window) -> bool:
        if other[0] is None:
            return False
        if other[1] is None:
            return start <= other[0] < end
        return other[0] < end and other[1] > start

    return {task_id for task_id, other in others.items() if is_in_the_way(other)}


def test_the_rule_holds_for_any_day(shop: Shop, rng: random.Random) -> None:
    """Against the rule as it is written down, for days full of tasks of every kind."""
    task = shop.task(of="technician", scheduled_date=TOMORROW)

    def window() -> Window:
        times = sorted(rng.sample([f"{hour:02d}:{minute}" for hour in range(8, 12) for minute in ("00", "30")], 2))
        return rng.choice([(times[0], times[1])] * 3 + [(times[0], None), (None, None)])

    others: dict[str, Window] = {}
    for _ in range(12):
        start, end = window()
        others[shop.task(of="technician", start_time=start, end_time=end)["id"]] = (start, end)
        new = window()
        assert set(check(shop, task, TODAY, *new)) == expected(new, others)
