"""Moving tasks: the check and the write are one, and the task's event goes with it."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.tasks.words import STATUSES
from plugins.tasks.statuses import CLOSED
from tests.plugins.identity.caller import NIL, Caller
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop

DAY = "2026-06-20"
MOVED = {
    "has_conflict": False,
    "conflict_type": None,
    "conflicting_tasks": [],
    "message": None,
    "scheduled": True,
}


def schedule(shop: Shop, task: dict[str, Any], by: Caller | None = None, **args: Any) -> Any:
    return (by or shop.admin).envelope("calendar_schedule_task", **({"task_id": task["id"], "new_date": DAY} | args))


def events_of(shop: Shop, task: dict[str, Any]) -> list[dict[str, Any]]:
    return shop.viewer("get_events_for_task", task_id=task["id"])["items"]


def test_a_task_and_its_event_move_together(shop: Shop) -> None:
    task = shop.task(of="technician", start_time="08:00", end_time="09:00", status="on_hold")
    shop.clock.advance(5)
    assert schedule(shop, task, new_start="14:00", new_end="16:00").data == MOVED
    moved = {"scheduled_date": DAY, "start_time": "14:00", "end_time": "16:00", "updated_at": task["updated_at"] + 5}
    assert shop.stored(task["id"]) == task | moved
    (event,) = events_of(shop, task)
    shown = {
        "title": task["title"],
        "start_datetime": f"{DAY}T14:00:00",
        "end_datetime": f"{DAY}T16:00:00",
        "all_day": False,
        "timezone": "UTC",
        "event_type": "task",
        "task_id": task["id"],
        "technician_id": shop.id_of("technician"),
        "status": "confirmed",
        "created_by": shop.id_of("admin"),
        "client_id": None,
        "participants": [],
    }
    assert {name: event[name] for name in shown} == shown


@pytest.mark.parametrize(
    ("given", "start", "end", "all_day"),
    [
        ({}, f"{DAY}T00:00:00", f"{DAY}T23:59:59", True),
        ({"new_start": "14:00"}, f"{DAY}T14:00:00", f"{DAY}T23:59:59", False),
        ({"new_start": "23:59"}, f"{DAY}T23:59:00", f"{DAY}T23:59:59", False),
        ({"new_start": "00:00", "new_end": "00:01"}, f"{DAY}T00:00:00", f"{DAY}T00:01:00", False),
    ],
)
def test_what_is_left_out_of_the_time_is_cleared(
    shop: Shop, given: dict[str, str], start: str, end: str, all_day: bool
) -> None:
    task = shop.task(start_time="08:00", end_time="09:00")
    assert schedule(shop, task, **given).data == MOVED
    stored = shop.stored(task["id"])
    assert (stored["start_time"], stored["end_time"]) == (given.get("new_start"), given.get("new_end"))
    (event,) = events_of(shop, task)
    assert (event["start_datetime"], event["end_datetime"], event["all_day"]) == (start, end, all_day)
    assert event["technician_id"] is None


def test_there_is_never_more_than_one_event_of_a_schedule(shop: Shop) -> None:
    """Repeating it changes nothing; whatever people wrote into the event stays."""
    task = shop.task(of="technician")
    for _ in range(2):
        schedule(shop, task, new_start="14:00", new_end="16:00")
    (event,) = events_of(shop, task)
    written = {"title": "Hood!", "notes": "bring film", "status": "cancelled", "timezone": "Asia/Tokyo"}
    shop.admin("update_event", id=event["id"], **written)
    schedule(shop, task, new_start="15:00", new_end="16:00")
    (moved,) = events_of(shop, task)
    assert moved["id"] == event["id"]
    assert [moved[name] for name in ("title", "notes", "status", "timezone")] == [
        "Hood!",
        "bring film",
        "confirmed",
        "UTC",
    ]
    assert moved["start_datetime"] == f"{DAY}T15:00:00"


def test_the_newest_event_of_the_task_is_the_one_that_moves(shop: Shop) -> None:
    """One that somebody made by hand, too; others of the task and deleted ones stay where they are."""
    task = shop.task()
    schedule(shop, task)
    meeting = shop.event(task_id=task["id"], event_type="meeting")
    by_hand = shop.event(task_id=task["task_number"], event_type="task", title="By hand")
    schedule(shop, task, new_date=TOMORROW)
    starts = {event["id"]: event["start_datetime"] for event in events_of(shop, task)}
    assert len(starts) == 3
    assert starts[by_hand["id"]] == f"{TOMORROW}T00:00:00"
    assert starts[meeting["id"]] == meeting["start_datetime"]
    shop.admin("delete_event", id=by_hand["id"])
    schedule(shop, task, new_date=TODAY)
    assert sorted(event["start_datetime"][:10] for event in events_of(shop, task)) == [TODAY, TODAY]


def test_a_deleted_event_is_replaced(shop: Shop) -> None:
    task = shop.task()
    schedule(shop, task)
    (event,) = events_of(shop, task)
    shop.admin("delete_event", id=event["id"])
    schedule(shop, task)
    (again,) = events_of(shop, task)
    assert again["id"] != event["id"]


def test_a_conflict_is_told_and_nothing_is_changed(shop: Shop) -> None:
    blocker = shop.task(of="technician", scheduled_date=DAY, start_time="09:00", end_time="10:00")
    task = shop.task(of="technician")
    answer = schedule(shop, task, new_start="09:30", new_end="11:00").data
    assert (answer["has_conflict"], answer["scheduled"]) == (True, False)
    assert [item["id"] for item in answer["conflicting_tasks"]] == [blocker["id"]]
    assert shop.stored(task["id"]) == task
    assert events_of(shop, task) == []


def test_force_goes_over_it_and_says_nothing_of_it(shop: Shop) -> None:
    shop.task(of="technician", scheduled_date=DAY, start_time="09:00", end_time="10:00")
    task = shop.task(of="technician")
    for caller in (shop.admin, shop.supervisor):
        assert schedule(shop, task, caller, new_start="09:30", new_end="11:00", force=True).data == MOVED
    assert shop.stored(task["id"])["start_time"] == "09:30"
    assert len(events_of(shop, task)) == 1


def test_a_technician_moves_their_own_tasks_without_force(shop: Shop) -> None:
    own, other, free = shop.task(of="technician"), shop.task(of="colleague"), shop.task(by=shop.technician)
    assert schedule(shop, own, shop.technician).data == MOVED
    assert schedule(shop, own, shop.technician, force=False).data == MOVED
    for task in (other, free):
        assert schedule(shop, task, shop.technician).code == "FORBIDDEN"
        assert shop.stored(task["id"]) == task
    assert schedule(shop, own, shop.technician, force=True).code == "FORBIDDEN"
    assert schedule(shop, own, shop.viewer).code == "FORBIDDEN"


@pytest.mark.parametrize("status", STATUSES)
def test_a_closed_task_is_not_moved(shop: Shop, status: str) -> None:
    """Neither by force nor by a delay; what would be in its way may be asked all the same."""
    task = shop.task(of="technician", status=status)
    is_closed = status in CLOSED
    for command, args in (
        ("calendar_schedule_task", {"new_date": DAY}),
        ("calendar_schedule_task", {"new_date": DAY, "force": True}),
        ("delay_task", {"new_scheduled_date": DAY, "reason": "x"}),
    ):
        envelope = shop.admin.envelope(command, task_id=task["id"], **args)
        if is_closed:
            assert (envelope.code, envelope.error["details"]) == ("TASK_NOT_SCHEDULABLE", {"status": status})
            assert shop.stored(task["id"]) == task
        else:
            assert envelope.ok
            assert shop.stored(task["id"])["status"] == status
    assert shop.admin("calendar_check_conflicts", task_id=task["id"], new_date=DAY)["has_conflict"] is False


def test_refusals_come_in_their_order(shop: Shop) -> None:
    closed = shop.task(of="colleague", status="archived")
    assert shop.viewer.code("calendar_schedule_task", nonsense=1) == "FORBIDDEN"
    assert schedule(shop, {"id": NIL}, shop.technician, force=1).code == "VALIDATION_ERROR"
    missing = schedule(shop, {"id": NIL}, shop.technician, force=True)
    assert (missing.code, missing.error["details"]) == ("NOT_FOUND", {"entity": "task", "id": NIL})
    assert schedule(shop, closed, shop.technician).code == "FORBIDDEN"
    assert schedule(shop, closed).code == "TASK_NOT_SCHEDULABLE"


def test_a_delay_moves_the_event_to_the_whole_day(shop: Shop) -> None:
    """Whatever else is on that day; an event is made where there is none."""
    shop.task(of="technician", scheduled_date=DAY)
    task = shop.task(of="technician")
    schedule(shop, task, new_date=TOMORROW, new_start="09:00", new_end="10:00")
    for args in ({"reason": "rain"}, {"reason": " wind ", "additional_notes": "strong\nindeed"}):
        shop.technician("delay_task", task_id=task["id"], new_scheduled_date=DAY, **args)
        (event,) = events_of(shop, task)
        assert (event["start_datetime"], event["end_datetime"]) == (f"{DAY}T00:00:00", f"{DAY}T23:59:59")
        assert event["all_day"] is True
    stored = shop.stored(task["id"])
    assert (stored["scheduled_date"], stored["start_time"], stored["end_time"]) == (DAY, None, None)
    prefix = f"[2026-03-01T09:00:00.000Z][delay][{shop.id_of('technician')}]"
    assert stored["notes"] == f"{prefix} rain\n{prefix} wind - strong\nindeed"
    other = shop.task(status="draft")
    shop.admin("delay_task", task_id=other["id"], new_scheduled_date=DAY, reason="x")
    assert len(events_of(shop, other)) == 1
