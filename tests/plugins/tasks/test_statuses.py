"""How tasks move from state to state: every pair of the table, what is stamped, and what is kept on record."""

from __future__ import annotations

import pytest

from contracts.tasks.words import STATUSES
from plugins.tasks.statuses import CLOSED, MOVES, OPEN
from tests.plugins.tasks.shop import Shop

#: From -> to, as the specification draws it.
DRAWN = {
    "draft": "pending, scheduled, cancelled",
    "pending": "in_progress, scheduled, on_hold, cancelled, assigned",
    "scheduled": "in_progress, on_hold, cancelled, assigned",
    "assigned": "in_progress, on_hold, cancelled",
    "in_progress": "completed, on_hold, paused, cancelled",
    "paused": "in_progress, cancelled",
    "on_hold": "pending, scheduled, in_progress, cancelled",
    "completed": "archived",
    "overdue": "in_progress, cancelled",
    "failed": "cancelled",
    "invalid": "cancelled",
    "cancelled": "",
    "archived": "",
}


def test_the_table_knows_every_status() -> None:
    assert MOVES.keys() == set(STATUSES)
    assert {old: ", ".join(allowed) for old, allowed in MOVES.items()} == DRAWN
    assert set(STATUSES) == OPEN | CLOSED
    assert {"completed", "cancelled", "archived", "failed", "invalid"} == CLOSED


@pytest.mark.any_database
@pytest.mark.parametrize("old", STATUSES)
def test_a_task_moves_as_the_table_says_and_in_no_other_way(shop: Shop, old: str) -> None:
    """By either command; to stay is no move; a refusal names what is allowed, and changes nothing."""
    allowed = DRAWN[old].split(", ") if DRAWN[old] else []
    task_id = shop.task()["id"]
    for new in STATUSES:
        for command, args in (
            ("task_transition_status", {"new_status": new}),
            ("edit_task", {"data": {"status": new}}),
        ):
            shop.set(task_id, status=old)
            if new in allowed:
                assert shop.admin(command, task_id=task_id, **args)["status"] == new
                continue
            refusal = shop.admin.refusal(command, task_id=task_id, **args)
            assert refusal["code"] == "TASK_INVALID_TRANSITION"
            assert refusal["details"] == {"from": old, "to": new, "allowed": allowed}
            assert shop.stored(task_id)["status"] == old


def test_the_first_start_and_the_end_are_stamped(shop: Shop) -> None:
    """A start is never forgotten and never moved; archiving keeps both."""
    task_id = shop.task()["id"]
    stamps = {}
    for new in ("in_progress", "paused", "in_progress", "completed", "archived"):
        shop.clock.advance(1000)
        task = shop.admin("task_transition_status", task_id=task_id, new_status=new)
        stamps[new] = (task["started_at"], task["completed_at"])
    started, completed = stamps["archived"]
    assert stamps["in_progress"] == (started, None)
    assert completed - started == 3000
    assert stamps["completed"] == (started, completed)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("status", "stamped"), [("in_progress", {"started_at"}), ("completed", {"completed_at"}), ("paused", set())]
)
def test_a_task_may_begin_in_any_status(shop: Shop, status: str, stamped: set[str]) -> None:
    task = shop.task(status=status)
    assert task["status"] == status
    assert {name for name in ("started_at", "completed_at") if task[name] == task["created_at"]} == stamped
    assert shop.statuses(task["id"]) == [(None, status)]


def test_every_change_is_on_record_and_nothing_else(shop: Shop) -> None:
    """Whoever changes it, by whichever command; a change that is refused leaves no trace."""
    task_id = shop.task(of="technician")["id"]
    shop.technician("task_transition_status", task_id=task_id, new_status="in_progress", reason=" car came ")
    shop.admin("edit_task", task_id=task_id, data={"status": "paused", "notes": "lunch"})
    shop.admin("edit_task", task_id=task_id, data={"notes": "still lunch"})
    shop.admin.refusal("task_transition_status", task_id=task_id, new_status="completed")
    shop.admin.refusal("edit_task", task_id=task_id, data={"status": "in_progress", "client_id": "nobody"})
    history = shop.admin("task_get_history", task_id=task_id)
    rows = [(row["old_status"], row["new_status"], row["reason"], row["changed_by"]) for row in history["items"]]
    admin, technician = shop.id_of("admin"), shop.id_of("technician")
    assert rows == [
        ("in_progress", "paused", None, admin),
        ("pending", "in_progress", "car came", technician),
        (None, "pending", None, admin),
    ]
    assert {row["task_id"] for row in history["items"]} == {task_id}


def test_history_comes_in_pages(shop: Shop) -> None:
    """Pages count from 1, are 1 to 200 long, and one past the end is empty with the true count."""
    task = shop.task()
    for new in ("in_progress", "paused", "in_progress"):
        shop.admin("task_transition_status", task_id=task["task_number"], new_status=new)

    def page(**args: int | None) -> tuple[list[str], tuple[int, ...]]:
        answer = shop.admin("task_get_history", task_id=task["id"], **args)
        shown = [item["new_status"] for item in answer["items"]]
        return shown, tuple(answer[name] for name in ("total_count", "page", "limit", "total_pages"))

    assert page() == (["in_progress", "paused", "in_progress", "pending"], (4, 1, 50, 1))
    assert page(page=2, limit=3) == (["pending"], (4, 2, 3, 2))
    assert page(page=-5, limit=0) == (["in_progress"], (4, 1, 1, 4))
    assert page(page=2**62, limit=10_000) == ([], (4, 2**62, 200, 1))


def test_a_reason_has_at_most_500_characters(shop: Shop) -> None:
    task_id = shop.task()["id"]
    args = {"task_id": task_id, "new_status": "on_hold"}
    assert shop.admin.code("task_transition_status", **args, reason="x" * 501) == "VALIDATION_ERROR"
    assert shop.admin("task_transition_status", **args, reason="x" * 500)["status"] == "on_hold"
    assert shop.admin.code("task_transition_status", task_id=task_id, new_status="done") == "VALIDATION_ERROR"
