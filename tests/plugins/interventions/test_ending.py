"""Pauses, cancellations and finishes: what becomes of the intervention, of its last step and of its task."""

from __future__ import annotations

from typing import Any

import pytest

from bus.plugin import Plugin
from contracts.tasks.words import STATUSES
from plugins.tasks.statuses import CLOSED
from tests.plugins.identity.caller import START_MS
from tests.plugins.interventions.work import MINUTE_MS, Work, photos
from tests.plugins.tasks.shop import PLUGINS, Shop

LATER = START_MS + MINUTE_MS


def picked(found: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(found[name] for name in names)


def test_a_pause_rests_the_task_and_a_resume_takes_it_up(shop: Shop, work: Work) -> None:
    begun = work.start(of="technician")
    shop.clock.advance(MINUTE_MS)
    ids = {"intervention_id": begun.id}
    paused = shop.technician("intervention_pause", **ids)["intervention"]
    assert picked(paused, "status", "paused_at", "updated_by") == ("paused", LATER, shop.id_of("technician"))
    assert work.task(begun)["status"] == "paused"
    resumed = shop.technician("intervention_resume", **ids)["intervention"]
    assert picked(resumed, "status", "paused_at", "started_at") == ("in_progress", None, START_MS)
    task = work.task(begun)
    assert picked(task, "status", "started_at", "workflow_id") == ("in_progress", START_MS, begun.id)
    assert shop.statuses(begun.task_id)[2:] == [("in_progress", "paused"), ("paused", "in_progress")]


@pytest.mark.any_database
def test_a_task_that_goes_its_own_way_is_left_there(shop: Shop, work: Work) -> None:
    """A pause rests only a task in progress, a resume takes up only one that rests."""
    begun = work.start()
    ids = {"intervention_id": begun.id}
    for status in STATUSES:
        for command, old, new in (
            ("intervention_pause", "in_progress", "paused"),
            ("intervention_resume", "paused", "in_progress"),
        ):
            work.set(begun.id, status=old)
            shop.set(begun.task_id, status=status)
            before = work.task(begun)
            shop.clock.advance(1)
            shop.admin(command, **ids)
            expected = before | ({"status": new, "updated_at": shop.clock.now_ms()} if status == old else {})
            assert work.task(begun) == expected, (command, status)


def test_a_cancelled_intervention_cancels_its_task(shop: Shop, work: Work) -> None:
    """Which has no current intervention any more; why is on record with both."""
    begun = work.start(of="technician")
    shop.clock.advance(MINUTE_MS)
    answer = shop.technician("intervention_cancel", intervention_id=begun.id, reason=" hail ")["intervention"]
    assert picked(answer, "status", "cancelled_at", "cancel_reason") == ("cancelled", LATER, "hail")
    task = work.task(begun)
    assert picked(task, "status", "workflow_id", "current_workflow_step_id") == ("cancelled", None, None)
    newest = shop.admin("task_get_history", task_id=begun.task_id)["items"][0]
    told = picked(newest, "old_status", "new_status", "reason", "changed_by")
    assert told == ("in_progress", "cancelled", "hail", shop.id_of("technician"))


def test_a_cancellation_needs_no_reason_and_no_progress(shop: Shop, work: Work) -> None:
    begun = work.start()
    shop.admin("intervention_pause", intervention_id=begun.id)
    answer = shop.admin("intervention_cancel", intervention_id=begun.id)["intervention"]
    assert picked(answer, "status", "cancel_reason") == ("cancelled", None)
    args = {"intervention_id": work.start().id}
    assert shop.admin.code("intervention_cancel", **args, reason="x" * 501) == "VALIDATION_ERROR"
    assert shop.admin("intervention_cancel", **args, reason="x" * 500)["intervention"]["cancel_reason"] == "x" * 500


@pytest.mark.any_database
def test_the_end_of_the_work_ends_every_open_task_and_leaves_closed_ones_as_they_are(shop: Shop, work: Work) -> None:
    """Whatever people did to the task meanwhile; a closed one keeps its stamps, and only forgets where the work was."""
    for status in STATUSES:
        for command, new in (("intervention_cancel", "cancelled"), ("intervention_finalize", "completed")):
            begun = work.start()
            work.complete(begun, 1, 2)
            shop.set(begun.task_id, status=status, completed_at=None, actual_duration=7)
            before, history = work.task(begun), shop.statuses(begun.task_id)
            shop.clock.advance(MINUTE_MS)
            shop.admin(command, intervention_id=begun.id)
            expected = before | {"current_workflow_step_id": None, "updated_at": shop.clock.now_ms()}
            expected |= {"workflow_id": None} if new == "cancelled" else {}
            if status not in CLOSED:
                expected |= {"status": new}
                history = [*history, (status, new)]
                if new == "completed":
                    expected |= {"completed_at": shop.clock.now_ms(), "actual_duration": 1}
            assert work.task(begun) == expected, (command, status)
            assert shop.statuses(begun.task_id) == history, (command, status)


def test_a_finish_completes_the_last_step_the_intervention_and_the_task(shop: Shop, work: Work) -> None:
    begun = work.start(of="technician")
    work.complete(begun, 1, 2)
    shop.clock.advance(3 * MINUTE_MS - 1)
    judged = {
        "customer_satisfaction": 10,
        "quality_score": 0,
        "final_observations": [" dust ", ""],
        "customer_signature": "data:image/png;base64,iVBORw0KGgo=",
        "customer_comments": "good",
    }
    last = {"collected_data": {"ok": True}, "photos": photos(1)}
    answer = shop.technician("intervention_finalize", intervention_id=begun.id, **judged, **last)
    done = answer["intervention"]
    now_ms = shop.clock.now_ms()
    assert picked(done, "status", "completed_at", "actual_duration") == ("completed", now_ms, 2)
    assert picked(done, "current_step", "completion_percentage") == (3, 100)
    assert {name: done[name] for name in judged} == judged | {"final_observations": ["dust", ""]}
    assert answer["metrics"] == {
        "total_duration_minutes": 2,
        "completion_rate": 100,
        "quality_score": 0,
        "customer_satisfaction": 10,
        "steps_completed": 3,
        "total_steps": 3,
        "photos_taken": 7,
    }
    step = work.stored(begun).steps[2]
    assert picked(step, "step_status", "completed_at", "started_at") == ("completed", now_ms, now_ms)
    assert picked(step, "collected_data", "photo_urls", "photo_count") == ({"ok": True}, photos(1), 1)
    task = work.task(begun)
    assert picked(task, "status", "completed_at", "actual_duration") == ("completed", now_ms, 2)
    assert picked(task, "workflow_id", "current_workflow_step_id") == (begun.id, None)
    assert shop.statuses(begun.task_id)[-1] == ("in_progress", "completed")


@pytest.mark.any_database
def test_the_photos_of_the_last_step_are_told_but_not_judged(work: Work) -> None:
    """`required_photos_completed` says whether there are enough."""
    for count in (0, 1, 2, 6, 7):
        begun = work.start()
        work.complete(begun, 1, 2)
        work.finalize(begun, photos=photos(count))
        step = work.stored(begun).steps[2]
        assert picked(step, "photo_count", "required_photos_completed") == (count, count >= 2), count


@pytest.mark.any_database
@pytest.mark.parametrize("empty", [{}, {"collected_data": None, "photos": None}, {"collected_data": {}, "photos": []}])
def test_a_finish_keeps_what_was_saved_of_the_last_step(work: Work, empty: dict[str, Any]) -> None:
    begun = work.start()
    work.complete(begun, 1, 2)
    args = {"collected_data": {"a": 1}, "photos": photos(2), "notes": "n"}
    work.shop.admin("intervention_save_step_progress", step_id=begun.step_id(3), **args)
    work.shop.clock.advance(90_000)
    answer = work.finalize(begun, **empty)
    step = work.stored(begun).steps[2]
    assert picked(step, "collected_data", "photo_urls", "notes") == ({"a": 1}, photos(2), "n")
    assert picked(step, "required_photos_completed", "duration_seconds") == (True, 90)
    nothing = ("customer_satisfaction", "quality_score", "final_observations", "customer_signature")
    assert {answer["intervention"][name] for name in (*nothing, "customer_comments")} == {None}


@pytest.mark.any_database
def test_a_finish_after_all_steps_leaves_them_as_they_are(work: Work) -> None:
    begun = work.start()
    work.complete(begun, 1, 2, 3)
    steps = work.stored(begun).steps
    work.finalize(begun, photos=photos(6), collected_data={"late": True})
    assert work.stored(begun).steps == steps


@pytest.mark.any_database
def test_a_finish_names_the_other_steps_that_are_open(work: Work) -> None:
    """In their order; nothing changes."""
    begun = work.start(ppf_zones=["a", "b", "c"])
    work.complete(begun, 1)
    work.shop.admin("intervention_save_step_progress", step_id=begun.step_id(3), photos=photos(1))
    before = work.everything(begun)
    error = work.shop.admin.refusal("intervention_finalize", intervention_id=begun.id, photos=photos(4))
    assert error["code"] == "INTERVENTION_VALIDATION_FAILED"
    names = [{"step_number": 2, "step_name": "Préparation"}, {"step_number": 3, "step_name": "Installation"}]
    assert error["details"] == {"incomplete_steps": names}
    assert work.everything(begun) == before
    work.set_step(begun.step_id(2), is_mandatory=False)
    error = work.shop.admin.refusal("intervention_finalize", intervention_id=begun.id)
    assert error["details"] == {"incomplete_steps": names[1:]}


@pytest.mark.any_database
def test_a_finished_intervention_is_finished_once(work: Work) -> None:
    begun = work.start()
    work.finish(begun)
    before = work.everything(begun)
    for command in ("intervention_finalize", "intervention_cancel", "intervention_pause", "intervention_resume"):
        error = work.shop.admin.refusal(command, intervention_id=begun.id)
        assert error["code"] == "INTERVENTION_INVALID_STATE"
        assert error["details"] == {"entity": "intervention", "status": "completed"}
    assert work.everything(begun) == before


def test_a_finish_is_announced_once_it_is_there(shop: Shop, work: Work) -> None:
    """Nothing is announced of one that was refused."""
    from bus.application import Bus

    heard: list[tuple[str, dict[str, Any]]] = []
    ear = Plugin("ear")

    @ear.hook
    def bus_event(name: str, payload: dict[str, Any]) -> None:
        heard.append((name, payload))

    begun = work.start(of="technician")
    args, token = {"intervention_id": begun.id}, shop.admin.token
    url = shop.bus.database.url.render_as_string(hide_password=False)
    with Bus.open(url, plugins=[*PLUGINS, ear], clock=shop.clock) as bus:
        assert bus.call("intervention_finalize", args, session_token=token).code == "INTERVENTION_VALIDATION_FAILED"
        assert heard == []
        work.complete(begun, 1, 2)
        assert bus.call("intervention_finalize", args, session_token=token).ok
        assert bus.call("intervention_finalize", args, session_token=token).code == "INTERVENTION_INVALID_STATE"
    told = {
        "intervention_id": begun.id,
        "task_id": begun.task_id,
        "task_number": begun.intervention["task_number"],
        "technician_id": shop.id_of("technician"),
        "finalized_by": shop.id_of("admin"),
    }
    assert heard == [("intervention.finalized", told)]
