"""Tasks whose day has passed: which become overdue, what is on record, and that each does so once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.tasks.words import STATUSES
from plugins.tasks import overdue, tasks
from tests.plugins.identity.caller import DAY_MS
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop

YESTERDAY = "2026-02-28"
LATE = ("pending", "scheduled", "assigned")


def mark(shop: Shop) -> int:
    """Run the command as its schedule does; how many became overdue."""
    envelope = shop.bus.call_internal("task_mark_overdue")
    assert envelope.ok, envelope
    return envelope.data["overdue_count"]


def test_a_schedule_runs_it_every_day() -> None:
    hooked: Any = tasks
    assert [(one.name, one.command, one.cron) for one in hooked.bus_schedules()] == [
        ("tasks.overdue", "task_mark_overdue", "5 0 * * *")
    ]


def test_what_nobody_began_in_time_is_overdue(shop: Shop) -> None:
    """Of every status and around today in UTC; everything else stays exactly as it was."""
    made = {
        (status, day): shop.task(status=status, scheduled_date=day)
        for status in STATUSES
        for day in (YESTERDAY, TODAY, TOMORROW)
    }
    assert mark(shop) == len(LATE)
    for (status, day), task in made.items():
        stored = shop.stored(task["id"])
        if status in LATE and day == YESTERDAY:
            assert stored == task | {"status": "overdue", "updated_by": "local"}, status
        else:
            assert stored == task, (status, day)
    shop.clock.advance(DAY_MS)
    assert (mark(shop), mark(shop)) == (len(LATE), 0)


def test_the_change_is_on_record_with_its_reason(shop: Shop) -> None:
    task = shop.task(scheduled_date=YESTERDAY)
    shop.clock.advance(1_000)
    mark(shop)
    newest, _ = shop.admin("task_get_history", task_id=task["id"])["items"]
    del newest["id"]
    assert newest == {
        "task_id": task["id"],
        "old_status": "pending",
        "new_status": "overdue",
        "reason": "scheduled date has passed",
        "changed_at": shop.clock.now_ms(),
        "changed_by": "local",
    }


def test_work_on_an_overdue_task_can_still_begin(shop: Shop) -> None:
    task = shop.task(of="technician", scheduled_date=YESTERDAY)
    mark(shop)
    began = shop.technician("task_transition_status", task_id=task["id"], new_status="in_progress")
    assert began["started_at"] == shop.clock.now_ms()
    assert shop.statuses(task["id"]) == [(None, "pending"), ("pending", "overdue"), ("overdue", "in_progress")]


def test_deleted_tasks_are_left_alone(shop: Shop) -> None:
    shop.admin("task_crud", action="Delete", id=shop.task(scheduled_date=YESTERDAY)["id"])
    assert mark(shop) == 0


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_many_are_done_whatever_fits_into_a_batch(shop: Shop, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(overdue, "BATCH", batch)
    made = [shop.task(scheduled_date=YESTERDAY)["id"] for _ in range(5)]
    assert mark(shop) == 5
    assert {shop.stored(task_id)["status"] for task_id in made} == {"overdue"}


def test_each_is_marked_once_when_several_runs_meet(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """And people begin some of them meanwhile: whoever is first is on record first."""
    monkeypatch.setattr(overdue, "BATCH", 3)
    made = [shop.task(scheduled_date=YESTERDAY)["id"] for _ in range(10)]

    def begin(task_id: str) -> None:
        shop.admin("task_transition_status", task_id=task_id, new_status="in_progress")

    with ThreadPoolExecutor(5) as pool:
        runs = [pool.submit(mark, shop) for _ in range(3)]
        begun = [pool.submit(begin, task_id) for task_id in made[::3]]
        marked = sum(run.result() for run in runs)
        assert all(one.result() is None for one in begun)
    expected = [[(None, "pending"), ("pending", "overdue")], [(None, "pending"), ("pending", "in_progress")]]
    both = [*expected[0], ("overdue", "in_progress")]
    found = [shop.statuses(task_id) for task_id in made]
    assert all(changes in (*expected, both) for changes in found), found
    assert marked == sum(("pending", "overdue") in changes for changes in found)
