"""How a task goes along with the work on it: every occasion for every status; and when it cannot be deleted."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.tasks.v1.following import OCCASIONS
from contracts.tasks.words import STATUSES
from plugins.tasks.following import FOLLOWS
from plugins.tasks.statuses import CLOSED, MOVES
from tests.plugins.identity.caller import NIL, START_MS
from tests.plugins.tasks.shop import Shop

_OPEN = ["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "overdue"]
#: Occasion -> the statuses that it moves, and where to, as the specification says it.
DRAWN = {
    "started": {name: "in_progress" for name in _OPEN if name != "draft"},
    "advanced": {},
    "paused": {"in_progress": "paused"},
    "resumed": {"paused": "in_progress"},
    "cancelled": dict.fromkeys(_OPEN, "cancelled"),
    "finalized": dict.fromkeys(_OPEN, "completed"),
}
#: Occasion -> what the task knows of the work afterwards: the intervention, and the step.
PLACES: dict[str, tuple[str | None, str | None]] = {
    "started": ("new", "step"),
    "advanced": ("old", "step"),
    "paused": ("old", "here"),
    "resumed": ("old", "here"),
    "cancelled": (None, None),
    "finalized": ("old", "step"),
}


def followed(shop: Shop, task_id: str, occasion: str, **args: Any) -> Any:
    given = {"task_id": task_id, "occasion": occasion, "intervention_id": "new", "step_id": "step"}
    return shop.bus.call_internal("task_follow", given | args)


def test_the_table_is_the_drawn_one() -> None:
    assert FOLLOWS == DRAWN
    assert tuple(FOLLOWS) == OCCASIONS
    assert set(_OPEN) == set(STATUSES) - CLOSED
    assert all("cancelled" in MOVES[status] for status in _OPEN)


@pytest.mark.any_database
@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_task_follows_as_the_table_says(shop: Shop, occasion: str) -> None:
    """A move is on record with its reason; to stay is no move; a start that the table does not know is refused."""
    for status in STATUSES:
        task = shop.task(status=status, actual_duration=1)
        shop.set(task["id"], workflow_id="old", current_workflow_step_id="here", completed_at=None)
        before = shop.stored(task["id"])
        envelope = followed(shop, task["id"], occasion, reason="why", actual_duration=30)
        after, new = shop.stored(task["id"]), DRAWN[occasion].get(status)
        if occasion == "started" and new is None:
            assert envelope.code == "TASK_INVALID_TRANSITION", status
            assert after == before
            continue
        assert envelope.ok, status
        assert after["status"] == (new or status)
        assert (after["workflow_id"], after["current_workflow_step_id"]) == PLACES[occasion], status
        is_done = occasion == "finalized" and new is not None
        assert (after["completed_at"], after["actual_duration"]) == ((START_MS, 30) if is_done else (None, 1)), status
        moved = [] if new in (None, status) else [(status, new)]
        assert shop.statuses(task["id"])[1:] == moved, status
        newest = shop.admin("task_get_history", task_id=task["id"])["items"][0]
        assert newest["reason"] == ("why" if moved else None)


def test_a_task_that_is_gone_follows_nobody(shop: Shop) -> None:
    task = shop.task()
    assert shop.bus.call_internal("task_hold", {"task_id": task["task_number"]}).data["task"] == task
    shop.admin("task_crud", action="Delete", id=task["id"])
    for task_id in (task["id"], task["task_number"], NIL):
        assert followed(shop, task_id, "advanced").code == "NOT_FOUND"
        assert shop.bus.call_internal("task_hold", {"task_id": task_id}).data == {"task": None}


def test_a_task_that_is_being_worked_on_is_not_deleted(shop: Shop) -> None:
    """Neither while the work rests; once it has ended, it is."""
    task = shop.task()
    begun = shop.admin("intervention_start", task_id=task["id"])["intervention"]
    for command in (None, "intervention_pause"):
        if command:
            shop.admin(command, intervention_id=begun["id"])
        before = shop.stored(task["id"])
        for reference in (task["id"], task["task_number"]):
            error = shop.admin.refusal("task_crud", action="Delete", id=reference)
            assert (error["code"], error["details"]) == (
                "INTERVENTION_ALREADY_ACTIVE",
                {"intervention_id": begun["id"]},
            )
        assert shop.stored(task["id"]) == before
    shop.admin("intervention_cancel", intervention_id=begun["id"])
    assert shop.admin("task_crud", action="Delete", id=task["id"]) == {"type": "Deleted", "id": task["id"]}
