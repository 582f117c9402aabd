"""Lines that are appended to a task's notes: whose they are, and that none is lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import TOMORROW, Shop

STAMP = "[2026-03-01T09:00:00.000Z]"


def test_a_note_is_a_line_more(shop: Shop) -> None:
    """With when and whose; what stands there already stays as it is, line breaks and all."""
    task = shop.task(of="technician", notes="first\nof all")
    noted = shop.technician("add_task_note", task_id=task["task_number"], note=" É\n☕ ")
    assert noted["notes"] == f"first\nof all\n{STAMP}[note][{shop.id_of('technician')}] É\n☕"
    bare = shop.task()
    for note in "ab":
        shop.admin("add_task_note", task_id=bare["id"], note=note)
    admin = shop.id_of("admin")
    assert shop.stored(bare["id"])["notes"] == f"{STAMP}[note][{admin}] a\n{STAMP}[note][{admin}] b"


@pytest.mark.parametrize(
    ("command", "args", "field"),
    [
        ("add_task_note", {"note": " "}, "note"),
        ("add_task_note", {"note": "x" * 5001}, "note"),
        ("add_task_note", {"note": "x", "reason": "x"}, "reason"),
        ("delay_task", {"new_scheduled_date": TOMORROW, "reason": " "}, "reason"),
        ("delay_task", {"new_scheduled_date": TOMORROW, "reason": "x" * 501}, "reason"),
        ("delay_task", {"new_scheduled_date": "2026-02-30", "reason": "x"}, "new_scheduled_date"),
        (
            "delay_task",
            {"new_scheduled_date": TOMORROW, "reason": "x", "additional_notes": "x" * 5001},
            "additional_notes",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shop: Shop, command: str, args: dict[str, Any], field: str) -> None:
    task = shop.task()
    refusal = shop.admin.refusal(command, task_id=task["id"], **args)
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field])
    assert shop.stored(task["id"]) == task


def test_no_note_is_lost_when_many_write(shop: Shop) -> None:
    task = shop.task()
    calls = [
        [
            ("add_task_note", {"task_id": task["id"], "note": f"{racer}-{number}", "session_token": shop.admin.token})
            for number in range(10)
        ]
        for racer in range(4)
    ]
    answers = race_in_threads(shop.bus, calls)
    assert all(answer["ok"] for row in answers for answer in row)
    notes = [line.rpartition(" ")[2] for line in shop.stored(task["id"])["notes"].split("\n")]
    assert sorted(notes) == sorted(f"{racer}-{number}" for racer in range(4) for number in range(10))


def test_a_move_has_one_winner_when_many_make_it(shop: Shop) -> None:
    """And one entry of the history."""
    task = shop.task()
    args = {"task_id": task["id"], "new_status": "in_progress", "session_token": shop.admin.token}
    answers = race_in_threads(shop.bus, [[("task_transition_status", args)]] * 6)
    codes = [answer["error"] and answer["error"]["code"] for (answer,) in answers]
    assert sorted(codes, key=str) == [None, *["TASK_INVALID_TRANSITION"] * 5]
    assert shop.statuses(task["id"]) == [(None, "pending"), ("pending", "in_progress")]
