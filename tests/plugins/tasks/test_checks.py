"""The questions before an assignment: every rule, in its order, and the stricter rule of conflicts behind them."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.tasks.words import STATUSES
from tests.plugins.identity.caller import NIL
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop

#: Open tasks that a user has at most, unless operators say otherwise.
MAX_TASKS = 10

FAR = "2026-12-24"


def assignment(shop: Shop, task: dict[str, Any], user_id: str) -> str:
    answer = shop.supervisor("check_task_assignment", task_id=task["task_number"], user_id=user_id)
    assert (answer["task_id"], answer["user_id"]) == (task["id"], user_id)
    assert (answer["reason"] is None) is (answer["status"] == "available")
    return answer["status"]


def availability(shop: Shop, task: dict[str, Any], **args: Any) -> str:
    answer = shop.viewer("check_task_availability", task_id=task["task_number"], **args)
    assert answer["task_id"] == task["id"]
    assert (answer["reason"] is None) is (answer["status"] == "available")
    return answer["status"]


def change(shop: Shop, task: dict[str, Any], new: str, old: str | None = None) -> tuple[int, int]:
    """How many errors and warnings there are."""
    answer = shop.admin("validate_task_assignment_change", task_id=task["id"], new_user_id=new, old_user_id=old)
    assert answer["is_valid"] is not bool(answer["errors"])
    return len(answer["errors"]), len(answer["warnings"])


def fill(shop: Shop, count: int, of: str = "technician", **data: Any) -> None:
    """Give somebody so many tasks, far from everything else."""
    for _ in range(count):
        shop.task(of=of, **{"scheduled_date": FAR} | data)


@pytest.mark.any_database
@pytest.mark.parametrize("status", STATUSES)
def test_some_statuses_can_be_given_away_begun_or_changed(shop: Shop, status: str) -> None:
    task = shop.task(status=status)
    user = shop.id_of("technician")
    can_be_given = status in ("draft", "scheduled", "pending", "assigned", "on_hold", "paused")
    taken = ("in_progress", "completed", "cancelled", "invalid", "archived", "failed", "assigned")
    assert assignment(shop, task, user) == ("available" if can_be_given else "unavailable")
    assert availability(shop, task) == ("unavailable" if status in taken else "available")
    assert change(shop, task, user)[0] == (0 if status in ("pending", "on_hold") else 1)


def test_the_rules_of_an_assignment_hold_in_their_order(shop: Shop) -> None:
    user, other = shop.id_of("technician"), shop.id_of("colleague")
    task = shop.task(of="colleague")
    assert assignment(shop, shop.task(status="archived"), NIL) == "unavailable"
    for nobody in (NIL, shop.id_of("viewer"), shop.person(is_active=False), shop.person(deleted_at=1)):
        assert assignment(shop, task, nobody) == "restricted"
    assert assignment(shop, task, user) == "assigned"
    fill(shop, 3, scheduled_date=TODAY, status="assigned")
    assert assignment(shop, task, user) == "unavailable"
    fill(shop, MAX_TASKS, of="colleague")
    assert assignment(shop, task, other) == "available"
    assert assignment(shop, shop.task(scheduled_date=TOMORROW), other) == "unavailable"


def test_a_user_has_at_most_so_many_open_tasks(shop: Shop) -> None:
    """Closed and deleted ones do not count."""
    user = shop.id_of("technician")
    task = shop.task()
    fill(shop, MAX_TASKS - 1)
    fill(shop, 3, status="completed")
    shop.admin("task_crud", action="Delete", id=shop.task(of="technician", scheduled_date=FAR)["id"])
    assert assignment(shop, task, user) == "available"
    assert change(shop, task, user) == (0, 0)
    fill(shop, 1, status="overdue")
    assert assignment(shop, task, user) == "unavailable"
    assert change(shop, task, user) == (1, 0)
    assert change(shop, task, user, user)[0] == 0


def test_how_many_open_tasks_a_user_has_at_most_is_set_by_operators(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    task, user = shop.task(), shop.id_of("technician")
    fill(shop, 2)
    assert assignment(shop, task, user) == "available"
    monkeypatch.setenv("BUS_MAX_TASKS_PER_USER", "2")
    assert assignment(shop, task, user) == "unavailable"
    assert change(shop, task, user) == (1, 0)


@pytest.mark.parametrize(
    ("own", "other", "is_conflict"),
    [
        (("09:00", "10:00"), ("10:00", "11:00"), False),
        (("10:00", "11:00"), ("09:00", "10:00"), False),
        (("09:00", "10:01"), ("10:00", "11:00"), True),
        (("09:00", "12:00"), ("10:00", "11:00"), True),
        (("10:15", "10:30"), ("10:00", "11:00"), True),
        (("09:00", None), ("09:00", "10:00"), False),
        (("09:00", "10:00"), ("09:00", None), False),
        ((None, None), ("09:00", "10:00"), False),
        ((None, None), (None, None), False),
    ],
)
def test_windows_that_overlap_are_a_conflict(shop: Shop, own: Any, other: Any, is_conflict: bool) -> None:
    task = shop.task(start_time=own[0], end_time=own[1])
    shop.task(of="technician", status="scheduled", start_time=other[0], end_time=other[1])
    user = shop.id_of("technician")
    assert assignment(shop, task, user) == ("unavailable" if is_conflict else "available")
    assert availability(shop, task, technician_id=user) == ("scheduled_conflict" if is_conflict else "available")
    assert change(shop, task, user) == (0, int(is_conflict))


def test_three_tasks_of_a_day_are_a_full_day(shop: Shop) -> None:
    """Settled ones alone; the task itself is not its own conflict."""
    user = shop.id_of("technician")
    task = shop.task(of="technician", status="scheduled")
    for status in ("pending", "on_hold", "paused", "overdue", "draft", "completed"):
        fill(shop, 1, scheduled_date=TODAY, status=status)
    for status, answer in (
        ("scheduled", "available"),
        ("in_progress", "available"),
        ("assigned", "scheduled_conflict"),
    ):
        fill(shop, 1, scheduled_date=TODAY, status=status)
        assert availability(shop, task) == answer
    assert availability(shop, task, scheduled_date=TOMORROW) == "available"
    assert availability(shop, shop.task(), technician_id=user) == "scheduled_conflict"
    assert availability(shop, shop.task()) == "available"


def test_availability_is_asked_for_the_own_time_unless_another_is_given(shop: Shop) -> None:
    shop.task(of="technician", status="scheduled", start_time="09:00", end_time="10:00")
    shop.task(of="technician", status="scheduled", scheduled_date=TOMORROW, start_time="14:00", end_time="15:00")
    task = shop.task(of="technician", start_time="09:30", end_time="09:45")
    assert availability(shop, task) == "scheduled_conflict"
    assert availability(shop, task, technician_id=shop.id_of("colleague")) == "available"
    assert availability(shop, task, start_time="08:00", end_time="09:00") == "available"
    assert availability(shop, task, scheduled_date=TOMORROW) == "available"
    assert availability(shop, task, scheduled_date=TOMORROW, start_time="14:30", end_time="16:00") == (
        "scheduled_conflict"
    )
    assert availability(shop, task, **dict.fromkeys(("scheduled_date", "start_time", "end_time"))) == (
        "scheduled_conflict"
    )


def test_what_speaks_against_a_change_of_hands(shop: Shop) -> None:
    """One sentence for each rule that holds, however many do."""
    new, old = shop.id_of("technician"), shop.id_of("colleague")
    fill(shop, 2, of="colleague")
    task = shop.task(of="colleague")
    assert change(shop, task, new, old) == (0, 0)
    assert change(shop, task, new) == (0, 0)
    assert change(shop, task, old, old) == (0, 1)
    assert change(shop, shop.task(status="draft"), shop.id_of("viewer"), old) == (2, 0)
    assert change(shop, shop.task(priority="urgent"), new, old) == (0, 1)
    assert change(shop, shop.task(priority="urgent"), new) == (0, 0)
    assert change(shop, shop.task(priority="urgent"), old, old) == (0, 1)
    assert change(shop, task, new, NIL) == (0, 1)
    assert change(shop, shop.task(status="archived", priority="urgent"), NIL, NIL) == (2, 2)


@pytest.mark.any_database
@pytest.mark.parametrize("command", ["check_task_assignment", "validate_task_assignment_change"])
def test_role_comes_before_shape_and_shape_before_the_task(shop: Shop, command: str) -> None:
    user = {"user_id" if command == "check_task_assignment" else "new_user_id": " "}
    assert shop.technician.code(command, nonsense=1) == "FORBIDDEN"
    assert shop.admin.code(command, task_id=NIL, **user) == "VALIDATION_ERROR"
    assert shop.admin.code(command, task_id=NIL, **dict.fromkeys(user, NIL)) == "NOT_FOUND"
