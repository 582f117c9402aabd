"""Reading: one intervention, its steps, those of a task, a page of them, how far one is."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from contracts.interventions.words import STATUSES
from contracts.workshop.paging import Page
from plugins.interventions.finding import STEPS
from plugins.interventions.listing import LATEST_OF_TASK, page_statement
from plugins.interventions.tables import interventions
from plugins.interventions.within import ACTIVE_OF_TASK
from tests.plugins.identity.caller import NIL
from tests.plugins.interventions.work import MINUTE_MS, ZONES, Begun, Work, photos
from tests.plugins.tasks.shop import Shop


@pytest.mark.any_database
def test_an_intervention_is_read_by_either_name_of_its_id(shop: Shop, work: Work) -> None:
    begun = work.start(of="technician")
    found = {"intervention": begun.intervention, "steps": begun.steps}
    assert shop.technician("intervention_get", id=begun.id) == found
    assert shop.supervisor("intervention_get", intervention_id=f" {begun.id} ", id=None) == found
    both = shop.admin.refusal("intervention_get", id=begun.id, intervention_id=begun.id)
    assert (both["code"], list(both["details"]["fields"])) == ("VALIDATION_ERROR", ["intervention_id"])
    for args in ({}, {"id": None}, {"id": " "}, {"intervention_id": ""}):
        assert list(shop.admin.refusal("intervention_get", **args)["details"]["fields"]) == ["id"]
    missing = shop.admin.refusal("intervention_get", id=begun.task_id)
    assert (missing["code"], missing["details"]) == ("NOT_FOUND", {"entity": "intervention", "id": begun.task_id})


def test_a_step_is_read_under_its_own_intervention_alone(shop: Shop, work: Work) -> None:
    begun, other = work.start(), work.start()
    step = shop.admin("intervention_get_step", intervention_id=begun.id, step_id=begun.step_id(2))
    assert step == {"step": begun.steps[1]}
    for step_id in (NIL, other.step_id(2)):
        error = shop.admin.refusal("intervention_get_step", intervention_id=begun.id, step_id=step_id)
        assert (error["code"], error["details"]) == ("INTERVENTION_STEP_NOT_FOUND", {"step_id": step_id})


def test_the_interventions_of_a_task_are_read_by_its_id_or_number(shop: Shop, work: Work) -> None:
    """The active one, or null; the newest one of any status, or null."""
    task = shop.task(of="technician")
    references = (task["id"], task["task_number"])

    def read(which: str, caller: Any = None) -> list[Any]:
        name = f"intervention_get_{which}_by_task"
        return [(caller or shop.admin)(name, task_id=reference)["intervention"] for reference in references]

    assert read("active") == read("latest") == [None, None]
    first = work.start(task_id=task["id"])
    assert read("active") == read("latest") == read("latest", shop.technician) == [first.intervention] * 2
    shop.admin("intervention_pause", intervention_id=first.id)
    assert [found["status"] for found in read("active")] == ["paused", "paused"]
    shop.admin("intervention_cancel", intervention_id=first.id)
    assert read("active") == [None, None]
    shop.set(task["id"], status="pending")
    second = work.start(task_id=task["id"])
    shop.admin("intervention_cancel", intervention_id=second.id)
    assert [found["id"] for found in read("latest")] == [second.id] * 2


@pytest.mark.any_database
def test_a_technician_reads_the_work_on_tasks_they_may_read(shop: Shop, work: Work) -> None:
    """Those they have or made, whoever does the work; a task that is gone is unknown to everybody."""
    made = work.start(task_id=shop.task(by=shop.technician)["id"])
    others = work.start(of="colleague", technician_id=shop.id_of("technician"))
    gone = shop.task()
    shop.admin("task_crud", action="Delete", id=gone["id"])
    for name in ("intervention_get_active_by_task", "intervention_get_latest_by_task"):
        assert shop.technician(name, task_id=made.task_id)["intervention"]["id"] == made.id
        assert shop.technician.code(name, task_id=others.task_id) == "FORBIDDEN"
        for task_id in (NIL, gone["id"], gone["task_number"]):
            error = shop.technician.refusal(name, task_id=task_id)
            assert (error["code"], error["details"]) == ("NOT_FOUND", {"entity": "task", "id": task_id})


@pytest.mark.any_database
def test_progress_tells_how_far_the_work_is(shop: Shop, work: Work) -> None:
    """The current step is at most the last one; what remains is the estimate of all open steps, rounded up."""
    begun = work.start(ppf_zones=ZONES)
    work.set_step(begun.step_id(4), estimated_duration_seconds=901)

    def told(*names: str) -> tuple[Any, ...]:
        answer = shop.admin("intervention_get_progress", intervention_id=begun.id)
        assert answer["intervention_id"] == begun.id
        assert answer["steps"] == work.stored(begun).steps
        return tuple(answer[name] for name in names)

    names = ("total_steps", "completed_steps", "current_step", "completion_percentage", "estimated_time_remaining")
    expected = [(4, 0, 1, 0, 121), (4, 1, 2, 25, 106), (4, 2, 3, 50, 76), (4, 3, 4, 75, 16), (4, 4, 4, 100, 0)]
    for number, line in enumerate(expected):
        assert told(*names) == line
        assert told("status") == ("in_progress",)
        if number < 4:
            work.advance(begun, number + 1, photos=photos(8))
    work.finalize(begun)
    assert told("status", *names) == ("completed", *expected[-1])


def ids(answer: dict[str, Any]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def test_a_list_is_filtered_by_status_technician_and_task(shop: Shop, work: Work) -> None:
    """The newest first; a null filter does not filter, one that matches nothing gives an empty list."""
    own, others = work.start(of="technician"), work.start(of="colleague")
    shop.admin("intervention_pause", intervention_id=own.id)
    technician, number = shop.id_of("technician"), others.intervention["task_number"]
    cases: list[tuple[dict[str, Any], list[Begun]]] = [
        ({}, [others, own]),
        ({"status": None, "technician_id": None, "task_id": None}, [others, own]),
        ({"status": "paused"}, [own]),
        ({"status": "completed"}, []),
        ({"technician_id": technician}, [own]),
        ({"technician_id": NIL}, []),
        ({"task_id": number}, [others]),
        ({"task_id": own.task_id, "status": "in_progress"}, []),
        ({"task_id": own.task_id, "status": "paused", "technician_id": technician}, [own]),
        ({"task_id": "no such task"}, []),
    ]
    for args, expected in cases:
        answer = shop.admin("intervention_list", **args)
        assert ids(answer) == [begun.id for begun in expected], args
        assert answer["total_count"] == len(expected), args
    assert shop.admin("intervention_list")["items"][0] == others.intervention
    assert shop.admin.code("intervention_list", status="done") == "VALIDATION_ERROR"


def test_a_technician_lists_their_own_alone(shop: Shop, work: Work) -> None:
    own, others = work.start(of="technician"), work.start(of="colleague")
    for args in ({}, {"technician_id": shop.id_of("technician")}, {"task_id": own.task_id}):
        assert ids(shop.technician("intervention_list", **args)) == [own.id]
    for args in ({"technician_id": shop.id_of("colleague")}, {"task_id": others.task_id}):
        assert shop.technician("intervention_list", **args)["total_count"] == 0


def test_lists_come_in_pages(shop: Shop, work: Work) -> None:
    """All of them were begun in one millisecond; pages count from 1 and are 1 to 200 long."""
    made = [work.start().id for _ in range(5)][::-1]

    def page(**args: int | None) -> tuple[list[str], tuple[int, ...]]:
        answer = shop.admin("intervention_list", **args)
        names = ("total_count", "page", "limit", "total_pages")
        return ids(answer), tuple(answer[name] for name in names)

    assert page() == (made, (5, 1, 50, 1))
    assert page(page=2, limit=2) == (made[2:4], (5, 2, 2, 3))
    assert page(page=0, limit=0) == (made[:1], (5, 1, 1, 5))
    assert page(page=-(2**62), limit=10_000) == (made, (5, 1, 200, 1))
    assert page(page=2**62, limit=None) == ([], (5, 2**62, 50, 1))


def test_the_task_may_be_gone_when_the_work_is_read(shop: Shop, work: Work) -> None:
    """A finished intervention outlives its task."""
    begun = work.start()
    work.finish(begun)
    shop.admin("task_crud", action="Delete", id=begun.task_id)
    assert work.stored(begun).intervention["status"] == "completed"
    assert ids(shop.admin("intervention_list")) == [begun.id]
    assert ids(shop.admin("intervention_list", task_id=begun.task_id)) == []


#: What is asked -> the statement, and the indexes of which one must be in its plan.
ASKED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "the steps": (STEPS.params(of_id="x"), ("interventions_steps_of_intervention",)),
    "the active one of a task": (ACTIVE_OF_TASK.params(of_task="x"), ("interventions_interventions_active",)),
    "the latest one of a task": (LATEST_OF_TASK.params(of_task="x"), ("interventions_interventions_of_task",)),
    "a page": (page_statement([], Page(2, 20)), ("interventions_interventions_by_created_at",)),
    **{
        f"a page by {name}": (page_statement([interventions.c[name] == "x"], Page(2, 20)), (index,))
        for name, index in (
            ("status", "interventions_interventions_by_status"),
            ("technician_id", "interventions_interventions_of_technician"),
            ("task_id", "interventions_interventions_of_task"),
        )
    },
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_asked_often_is_found_by_an_index(work: Work, what: str) -> None:
    """Also where hardly anything is stored, if the database is told to look for one."""
    statement, indexes = ASKED[what]
    engine = work.shop.bus.database.engine
    text = statement.compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("BEGIN"))
            for kind in ("seqscan", "sort", "bitmapscan"):
                connection.execute(sa.text(f"SET LOCAL enable_{kind} = off"))
            explain = "EXPLAIN"
        plan = [str(row[-1]) for row in connection.execute(sa.text(f"{explain} {text}"))]
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("ROLLBACK"))
    assert any(index in line for line in plan for index in indexes), plan


@pytest.mark.any_database
def test_every_status_can_be_listed(shop: Shop, work: Work) -> None:
    for status in STATUSES:
        work.set(work.start().id, status=status)
        assert [item["status"] for item in shop.admin("intervention_list", status=status)["items"]] == [status]


def test_a_change_is_stamped_with_its_moment_and_its_author(shop: Shop, work: Work) -> None:
    begun = work.start(of="technician")
    shop.clock.advance(MINUTE_MS)
    work.advance(begun, 1, by=shop.technician, photos=photos(2))
    found = work.stored(begun)
    assert (found.intervention["updated_at"], found.intervention["updated_by"]) == (
        begun.intervention["updated_at"] + MINUTE_MS,
        shop.id_of("technician"),
    )
    stamps = [step["updated_at"] - begun.intervention["created_at"] for step in found.steps]
    assert stamps == [MINUTE_MS, 0, 0]
    assert found.intervention["created_by"] == shop.id_of("admin")
