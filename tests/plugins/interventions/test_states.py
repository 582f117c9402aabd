"""How interventions and their steps move from state to state: every pair of both tables, by the commands themselves."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.interventions.words import ACTIVE, STATUSES, STEP_STATUSES
from plugins.interventions.states import FIRST, FIRST_OF_STEP, MOVES, STEP_MOVES
from tests.plugins.interventions.work import Work, photos

pytestmark = pytest.mark.any_database

#: From -> to, as the specification draws it.
DRAWN = {
    "pending": "cancelled",
    "in_progress": "paused, completed, cancelled",
    "paused": "in_progress, cancelled",
    "completed": "",
    "cancelled": "",
}
DRAWN_OF_STEP = {
    "pending": "in_progress, completed",
    "in_progress": "completed",
    "completed": "",
    "paused": "",
    "failed": "",
    "skipped": "",
    "rework": "",
}
#: What an intervention becomes -> the command that does it; nothing makes one pending.
COMMANDS = {
    "in_progress": "intervention_resume",
    "paused": "intervention_pause",
    "completed": "intervention_finalize",
    "cancelled": "intervention_cancel",
}


def test_the_tables_know_every_status() -> None:
    assert {old: ", ".join(allowed) for old, allowed in MOVES.items()} == DRAWN
    assert {old: ", ".join(allowed) for old, allowed in STEP_MOVES.items()} == DRAWN_OF_STEP
    assert tuple(MOVES) == STATUSES
    assert set(STEP_MOVES) == set(STEP_STATUSES)
    assert set(ACTIVE) == {status for status, allowed in MOVES.items() if allowed}


def test_work_begins_where_the_tables_begin(work: Work) -> None:
    begun = work.start()
    assert begun.intervention["status"] == FIRST == "in_progress"
    assert {step["step_status"] for step in begun.steps} == {FIRST_OF_STEP} == {"pending"}


@pytest.mark.parametrize("old", STATUSES)
def test_an_intervention_moves_as_the_table_says_and_in_no_other_way(work: Work, old: str) -> None:
    """To stay is no move; what is refused changes nothing, of the task neither."""
    begun = work.start()
    work.complete(begun, 1, 2)
    for new, command in COMMANDS.items():
        work.set(begun.id, status=old)
        before = work.everything(begun)
        envelope = work.shop.admin.envelope(command, intervention_id=begun.id)
        if new in DRAWN[old].split(", "):
            assert envelope.data["intervention"]["status"] == new, (old, new)
            work.shop.set(begun.task_id, status="in_progress")
            work.set_step(begun.step_id(3), step_status="pending")
        else:
            assert envelope.code == "INTERVENTION_INVALID_STATE", (old, new)
            assert envelope.error["details"] == {"entity": "intervention", "status": old}
            assert work.everything(begun) == before


@pytest.mark.parametrize("old", STEP_STATUSES)
def test_a_step_moves_as_the_table_says_and_in_no_other_way(work: Work, old: str) -> None:
    """Beginning what is begun changes nothing; a step that is neither pending nor in progress is refused."""
    begun = work.start()
    ids = {"intervention_id": begun.id, "step_id": begun.step_id(1)}
    attempts: list[tuple[str, dict[str, Any], str]] = [
        ("intervention_save_step_progress", {}, "in_progress"),
        ("intervention_advance_step", {}, "in_progress"),
        ("intervention_advance_step", {"photos": photos(2)}, "completed"),
    ]
    for command, args, new in attempts:
        work.set_step(begun.step_id(1), step_status=old)
        before = work.everything(begun)
        envelope = work.shop.admin.envelope(command, **ids, **args)
        if new in DRAWN_OF_STEP[old].split(", ") or old == new == "in_progress":
            assert envelope.data["step"]["step_status"] == new, (old, new)
        else:
            assert envelope.code == "INTERVENTION_INVALID_STATE", (old, new)
            assert envelope.error["details"] == {"entity": "step", "status": old}
            assert work.everything(begun) == before


@pytest.mark.parametrize("old", STEP_STATUSES)
def test_a_finish_completes_the_last_step_as_the_table_says(work: Work, old: str) -> None:
    """One that is completed stays as it is."""
    begun = work.start()
    work.complete(begun, 1, 2)
    work.set_step(begun.step_id(3), step_status=old)
    envelope = work.shop.admin.envelope("intervention_finalize", intervention_id=begun.id)
    if old in ("pending", "in_progress", "completed"):
        assert envelope.data["intervention"]["status"] == "completed"
        assert work.stored(begun).steps[2]["step_status"] == "completed"
    else:
        assert envelope.error["details"] == {"entity": "step", "status": old}


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "in_progress"])
def test_nobody_works_on_what_is_not_in_progress(work: Work, status: str) -> None:
    begun = work.start()
    work.set(begun.id, status=status)
    before = work.everything(begun)
    ids = {"intervention_id": begun.id, "step_id": begun.step_id(1)}
    for command in ("intervention_save_step_progress", "intervention_advance_step"):
        refusal = work.shop.admin.refusal(command, **ids, photos=photos(2))
        assert (refusal["code"], refusal["details"]["entity"]) == ("INTERVENTION_INVALID_STATE", "intervention")
    assert work.everything(begun) == before
