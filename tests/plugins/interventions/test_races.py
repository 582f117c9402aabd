"""Many at once: one start of a task, one end of an intervention, one completion of a step; and never half of one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.plugins.interventions.racers import Racers
from tests.plugins.interventions.work import Work, photos
from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import Shop

PROCESSES, THREADS, ROUNDS = 4, 6, 3


@pytest.fixture(scope="module")
def racers(standing_shop: Shop) -> Iterator[Racers]:
    """Four processes."""
    racing = Racers(PROCESSES, standing_shop.bus)
    yield racing
    racing.close()


def codes(answers: list[list[dict[str, Any]]]) -> list[str | None]:
    return [answer["error"] and answer["error"]["code"] for row in answers for answer in row]


def test_of_many_starts_of_one_task_one_wins(shop: Shop, work: Work, racers: Racers) -> None:
    """From processes of their own; the task goes into progress once and knows the winner."""
    tasks = [shop.task()["id"] for _ in range(ROUNDS)]
    calls = [("intervention_start", {"task_id": task_id, "session_token": shop.admin.token}) for task_id in tasks]
    answers = racers.race([calls] * PROCESSES)
    for number, task_id in enumerate(tasks):
        own = [row[number] for row in answers]
        (winner,) = [answer["data"]["intervention"] for answer in own if answer["ok"]]
        refused = [answer["error"]["code"] for answer in own if not answer["ok"]]
        assert refused == ["INTERVENTION_ALREADY_ACTIVE"] * (PROCESSES - 1)
        assert shop.stored(task_id)["workflow_id"] == winner["id"]
        assert shop.statuses(task_id) == [(None, "pending"), ("pending", "in_progress")]
        assert shop.admin("intervention_list", task_id=task_id)["total_count"] == 1


def test_a_finish_and_an_advance_of_the_last_step_follow_one_another(shop: Shop, work: Work, racers: Racers) -> None:
    """Whichever comes first: the last step is completed once, the work is done, the task has no current step."""
    for _ in range(ROUNDS):
        begun = work.start()
        work.complete(begun, 1, 2)
        ids = {"intervention_id": begun.id, "session_token": shop.admin.token}
        advance = ("intervention_advance_step", ids | {"step_id": begun.step_id(3), "photos": photos(3)})
        finish = ("intervention_finalize", ids | {"photos": photos(5)})
        answers = racers.race([[advance], [finish], [advance], [finish]])
        answered = codes(answers)
        assert set(answered) <= {None, "INTERVENTION_INVALID_STATE"}
        assert [answered[1], answered[3]].count(None) == 1
        assert [answered[0], answered[2]].count(None) <= 1
        after = work.stored(begun)
        advanced = None in (answered[0], answered[2])
        assert after.steps[2]["photo_count"] == (3 if advanced else 5)
        assert [step["step_status"] for step in after.steps] == ["completed"] * 3
        assert (after.intervention["status"], after.intervention["current_step"]) == ("completed", 3)
        task = work.task(begun)
        assert (task["status"], task["current_workflow_step_id"]) == ("completed", None)


def test_of_many_completions_of_a_step_one_wins(shop: Shop, work: Work) -> None:
    for _ in range(ROUNDS):
        begun = work.start()
        args = {"intervention_id": begun.id, "step_id": begun.step_id(1), "session_token": shop.admin.token}
        calls = [
            [("intervention_advance_step", args | {"photos": photos(2), "notes": str(racer)})]
            for racer in range(THREADS)
        ]
        answered = codes(race_in_threads(shop.bus, calls))
        assert answered.count(None) == 1
        assert set(answered) == {None, "INTERVENTION_INVALID_STATE"}
        after = work.stored(begun)
        assert (after.intervention["current_step"], after.steps[0]["notes"]) == (1, str(answered.index(None)))


def test_ends_pauses_and_edits_at_once_never_wait_for_one_another_in_a_circle(shop: Shop, work: Work) -> None:
    """Task first, then intervention: nobody is refused for a lock, and task and intervention agree in the end."""
    for _ in range(ROUNDS):
        begun = work.start()
        ids = {"intervention_id": begun.id, "session_token": shop.admin.token}
        of_task = {"task_id": begun.task_id, "session_token": shop.admin.token}
        rows = [
            [("intervention_pause", ids), ("intervention_resume", ids)],
            [("intervention_save_step_progress", ids | {"step_id": begun.step_id(1), "notes": "x"})] * 2,
            [("edit_task", of_task | {"data": {"notes": "x"}}), ("add_task_note", of_task | {"note": "y"})],
            [("intervention_advance_step", ids | {"step_id": begun.step_id(1)})] * 2,
            [("intervention_cancel", ids)],
            [("intervention_start", of_task)],
        ]
        answered = codes(race_in_threads(shop.bus, rows))
        expected = {None, "INTERVENTION_INVALID_STATE", "INTERVENTION_ALREADY_ACTIVE", "TASK_INVALID_TRANSITION"}
        assert set(answered) <= expected
        assert work.stored(begun).intervention["status"] == "cancelled"
        task, moves = work.task(begun), shop.statuses(begun.task_id)
        assert (task["status"], task["workflow_id"]) == ("cancelled", None)
        assert all(before[1] == after[0] for before, after in itertools.pairwise(moves))


def test_a_task_is_deleted_or_begun_but_not_both(shop: Shop, work: Work) -> None:
    for _ in range(ROUNDS):
        task_id = shop.task()["id"]
        token = {"session_token": shop.admin.token}
        rows = [
            [("task_crud", {"action": "Delete", "id": task_id} | token)],
            [("intervention_start", {"task_id": task_id} | token)],
        ]
        deleted, begun = codes(race_in_threads(shop.bus, rows))
        assert (deleted, begun) in ((None, "NOT_FOUND"), ("INTERVENTION_ALREADY_ACTIVE", None))
