"""Steps: begun, completed in their order with photos enough, and what is kept of them meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL, START_MS
from tests.plugins.interventions.work import MINUTE_MS, ZONES, Begun, Work, photos
from tests.plugins.tasks.shop import Shop


def refusal(work: Work, begun: Begun, number: int, **args: Any) -> dict[str, Any]:
    """The error of an advance that is refused and has changed nothing."""
    before = work.everything(begun)
    ids = {"intervention_id": begun.id, "step_id": begun.step_id(number)}
    error = work.shop.admin.refusal("intervention_advance_step", **ids, **args)
    assert work.everything(begun) == before
    return error


def save(work: Work, begun: Begun, number: int = 1, **args: Any) -> dict[str, Any]:
    """The step after its progress was saved."""
    return work.shop.admin("intervention_save_step_progress", step_id=begun.step_id(number), **args)["step"]


def picked(found: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(found[name] for name in names)


def test_notes_alone_begin_a_step(shop: Shop, work: Work) -> None:
    """Nothing completes; the task stays where it was."""
    begun = work.start()
    shop.clock.advance(MINUTE_MS)
    answer = work.advance(begun, 1, notes=" scratched ", collected_data={}, photos=[], issues=[])
    step = answer["step"]
    assert picked(step, "step_status", "notes", "started_at") == ("in_progress", "scratched", START_MS + MINUTE_MS)
    assert picked(step, "completed_at", "collected_data", "required_photos_completed") == (None, None, False)
    assert answer == {"step": step, "next_step": None, "progress_percentage": 0, "requirements_completed": []}
    assert work.task(begun)["current_workflow_step_id"] == begun.step_id(1)


@pytest.mark.any_database
def test_an_empty_advance_of_a_begun_step_changes_nothing(shop: Shop, work: Work) -> None:
    begun = work.start()
    first = work.advance(begun, 1, quality_check_passed=False)
    shop.clock.advance(MINUTE_MS)
    assert work.advance(begun, 1) == first


@pytest.mark.any_database
@pytest.mark.parametrize(
    "args", [{"collected_data": {"film": None}}, {"photos": photos(2)}, {"issues": ["dust"]}], ids=str
)
def test_data_photos_or_issues_complete_a_step(shop: Shop, work: Work, args: dict[str, Any]) -> None:
    begun = work.start()
    save(work, begun, photos=photos(2))
    shop.clock.advance(61_999)
    answer = work.advance(begun, 1, **args)
    step = answer["step"]
    assert picked(step, "step_status", "started_at", "duration_seconds") == ("completed", START_MS, 61)
    assert picked(step, "completed_at", "photo_count") == (START_MS + 61_999, 2)
    assert step["required_photos_completed"] is True
    expected = {**args.get("collected_data", {}), "quality_check_passed": True}
    assert step["collected_data"] == expected | ({"issues": args["issues"]} if "issues" in args else {})
    assert answer["next_step"] == work.stored(begun).steps[1] == begun.steps[1]
    assert answer["progress_percentage"] == 33.33
    assert answer["requirements_completed"] == ["step_1_completed"]


def test_a_step_that_was_never_begun_is_begun_and_completed_at_once(work: Work) -> None:
    begun = work.start()
    step = work.advance(begun, 1, photos=photos(2), notes="quick")["step"]
    assert picked(step, "started_at", "completed_at", "duration_seconds") == (START_MS, START_MS, 0)
    assert picked(step, "photo_urls", "notes") == (photos(2), "quick")


def test_the_intervention_and_the_task_go_on_step_by_step(work: Work) -> None:
    """Progress counts completed steps; at 100 the intervention is still in progress, the task has no current step."""
    for zones, percentages in (([], [33.33, 66.67, 100]), (ZONES, [25, 50, 75, 100])):
        begun = work.start(ppf_zones=zones)
        for number, percentage in enumerate(percentages, start=1):
            answer = work.advance(begun, number, photos=photos(6))
            assert answer["progress_percentage"] == percentage
            assert answer["requirements_completed"] == [f"step_{number}_completed"]
            after = work.stored(begun)
            told = picked(after.intervention, "status", "current_step", "completion_percentage")
            assert told == ("in_progress", number, percentage)
            next_id = begun.step_id(number + 1) if number < len(percentages) else None
            assert work.task(begun)["current_workflow_step_id"] == next_id
            assert (answer["next_step"] or {}).get("id") == next_id
        assert work.task(begun)["workflow_id"] == begun.id
        assert work.task(begun)["status"] == "in_progress"


@pytest.mark.any_database
def test_photos_must_be_neither_too_few_nor_too_many(work: Work) -> None:
    """Those given count, or else those saved before; a refusal keeps nothing of the call."""
    begun = work.start()
    for count in (0, 1, 7):
        error = refusal(work, begun, 1, photos=photos(count), collected_data={"a": 1}, notes="lost")
        assert error["code"] == "INTERVENTION_VALIDATION_FAILED"
        expected = {"photo_count": count, "min_photos_required": 2, "max_photos_allowed": 6}
        assert error["details"] == expected
    save(work, begun, photos=photos(7))
    assert refusal(work, begun, 1, issues=["dust"])["details"]["photo_count"] == 7
    assert refusal(work, begun, 1, photos=photos(1))["details"]["photo_count"] == 1
    for number, (least, most) in enumerate(((2, 6), (4, 10), (2, 6)), start=1):
        count = least if number == 1 else most
        assert work.advance(begun, number, photos=photos(count))["step"]["photo_count"] == count


@pytest.mark.any_database
@pytest.mark.parametrize("given", [{}, {"photos": None}, {"photos": []}], ids=str)
def test_saved_photos_count_where_only_data_is_given(work: Work, given: dict[str, Any]) -> None:
    begun = work.start()
    save(work, begun, photos=photos(3), notes="saved")
    step = work.advance(begun, 1, collected_data={"a": 1}, **given)["step"]
    assert picked(step, "step_status", "photo_count", "photo_urls", "notes") == ("completed", 3, photos(3), "saved")


def test_what_is_given_replaces_what_was_saved_as_a_whole(work: Work) -> None:
    begun = work.start()
    saved = {"collected_data": {"a": 1, "b": {"c": [2]}}, "photos": photos(5), "notes": "before"}
    save(work, begun, **saved)
    step = work.advance(begun, 1, collected_data={"b": 3}, photos=photos(2), notes="after")["step"]
    assert step["collected_data"] == {"b": 3, "quality_check_passed": True}
    assert picked(step, "photo_urls", "photo_count", "notes") == (photos(2), 2, "after")


@pytest.mark.any_database
@pytest.mark.parametrize("empty", [{}, {"collected_data": None}, {"collected_data": {}}], ids=str)
def test_saved_data_stays_where_none_is_given(work: Work, empty: dict[str, Any]) -> None:
    """The verdict and the issues are added; one that did not pass holds nothing up."""
    begun = work.start()
    save(work, begun, collected_data={"a": 1, "quality_check_passed": "perhaps"})
    args = {"photos": photos(2), "quality_check_passed": False, "issues": [" dust ", ""]}
    step = work.advance(begun, 1, **args, **empty)["step"]
    assert step["collected_data"] == {"a": 1, "quality_check_passed": False, "issues": ["dust", ""]}
    assert step["step_status"] == "completed"


@pytest.mark.any_database
def test_steps_come_in_their_order(work: Work) -> None:
    """Also the mere beginning of a step; one that is in progress is not completed."""
    begun = work.start()
    work.advance(begun, 1)
    for args in ({}, {"photos": photos(4)}):
        error = refusal(work, begun, 2, **args)
        assert error["code"] == "INTERVENTION_STEP_OUT_OF_ORDER"
        expected = {"step_number": 2, "previous_step_number": 1, "previous_status": "in_progress"}
        assert error["details"] == expected
    assert refusal(work, begun, 3, photos=photos(2))["code"] == "INTERVENTION_STEP_OUT_OF_ORDER"
    work.complete(begun, 1, 2)
    assert refusal(work, begun, 1)["code"] == "INTERVENTION_INVALID_STATE"


@pytest.mark.any_database
def test_the_state_of_things_is_judged_in_order(shop: Shop, work: Work) -> None:
    """The intervention, the caller, the step, the intervention's state, the step's, its turn, its photos."""
    begun, other = work.start(of="technician"), work.start(of="colleague")

    def code(intervention_id: str, step_id: str, **args: Any) -> str:
        ids = {"intervention_id": intervention_id, "step_id": step_id}
        return shop.technician.code("intervention_advance_step", **ids, **args)

    assert code(NIL, "x", photos=[" "]) == "VALIDATION_ERROR"
    assert code(NIL, "x") == "NOT_FOUND"
    assert code(other.id, "x") == "FORBIDDEN"
    shop.admin("intervention_pause", intervention_id=begun.id)
    work.set_step(begun.step_id(2), step_status="skipped")
    for step_id in (NIL, other.step_id(1)):
        assert code(begun.id, step_id) == "INTERVENTION_STEP_NOT_FOUND"
    assert shop.technician.refusal("intervention_advance_step", intervention_id=begun.id, step_id=begun.step_id(2))[
        "details"
    ] == {"entity": "intervention", "status": "paused"}
    shop.admin("intervention_resume", intervention_id=begun.id)
    assert code(begun.id, begun.step_id(2), photos=photos(9)) == "INTERVENTION_INVALID_STATE"
    work.set_step(begun.step_id(2), step_status="pending")
    assert code(begun.id, begun.step_id(2), photos=photos(1)) == "INTERVENTION_STEP_OUT_OF_ORDER"
    assert code(begun.id, begun.step_id(1), photos=photos(1)) == "INTERVENTION_VALIDATION_FAILED"


def test_progress_is_saved_without_regard_to_order_and_photos(shop: Shop, work: Work) -> None:
    """A pending step is begun; its photos are counted, but not judged."""
    begun = work.start()
    shop.clock.advance(MINUTE_MS)
    step = save(work, begun, 3, photos=photos(40), progress_data={"a": 1}, notes="early")
    assert picked(step, "step_status", "started_at") == ("in_progress", START_MS + MINUTE_MS)
    assert picked(step, "photo_count", "collected_data", "notes") == (40, {"a": 1}, "early")
    assert picked(step, "completed_at", "required_photos_completed") == (None, False)
    assert work.stored(begun).steps[2] == step
    after = work.stored(begun).intervention
    assert picked(after, "current_step", "completion_percentage") == (0, 0)
    assert work.task(begun)["current_workflow_step_id"] == begun.step_id(1)


def test_saving_keeps_what_is_not_given_and_replaces_what_is(work: Work) -> None:
    """Null and absence keep; an empty list or object replaces."""
    begun = work.start()
    full = save(work, begun, collected_data={"a": 1}, photos=photos(2), notes="x")
    nulls = dict.fromkeys(("collected_data", "progress_data", "photos", "notes"))
    for args in ({}, nulls, {"notes": " "}):
        assert save(work, begun, **args) == full
    emptied = save(work, begun, collected_data={}, photos=[], intervention_id=begun.id)
    assert picked(emptied, "collected_data", "photo_urls", "photo_count", "notes") == ({}, [], 0, "x")
    replaced = save(work, begun, progress_data={"b": 2}, photos=photos(1), notes="y")
    assert picked(replaced, "collected_data", "photo_urls", "notes") == ({"b": 2}, photos(1), "y")


@pytest.mark.any_database
def test_a_step_is_saved_under_its_own_intervention_alone(shop: Shop, work: Work) -> None:
    """Whether or not that is named; without a name there is none that could be missing."""
    begun, other = work.start(of="technician"), work.start(of="colleague")

    def code(step_id: str, **args: Any) -> str:
        return shop.technician.code("intervention_save_step_progress", step_id=step_id, **args)

    assert code(NIL) == "INTERVENTION_STEP_NOT_FOUND"
    assert code(NIL, intervention_id=NIL) == "NOT_FOUND"
    assert code(begun.step_id(1), intervention_id=NIL) == "NOT_FOUND"
    assert code(NIL, intervention_id=other.id) == "FORBIDDEN"
    assert code(other.step_id(1)) == "FORBIDDEN"
    assert code(other.step_id(1), intervention_id=begun.id) == "INTERVENTION_STEP_NOT_FOUND"
    assert code(NIL, intervention_id=begun.id) == "INTERVENTION_STEP_NOT_FOUND"
    work.complete(begun, 1)
    assert code(begun.step_id(1), notes="late") == "INTERVENTION_INVALID_STATE"
