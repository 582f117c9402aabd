"""Starts: what an intervention is like, which steps it has, who may begin it, and what becomes of its task."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.tasks.words import STATUSES
from tests.plugins.identity.caller import NIL, START_MS
from tests.plugins.interventions.work import MINUTE_MS, ZONES, Begun, Work
from tests.plugins.tasks.shop import Shop

#: step_name, step_type, fewest and most photos, seconds
EXPRESS = [
    ("Inspection", "inspection", 2, 6, 300),
    ("Installation", "installation", 4, 10, 1800),
    ("Finalisation", "finalization", 2, 6, 300),
]
STANDARD = [
    ("Inspection", "inspection", 4, 10, 900),
    ("Préparation", "preparation", 2, 8, 1800),
    ("Installation", "installation", 6, 15, 3600),
    ("Finalisation", "finalization", 4, 10, 900),
]
_SHOWN = ("step_name", "step_type", "min_photos_required", "max_photos_allowed", "estimated_duration_seconds")


def plan(begun: Begun) -> list[tuple[Any, ...]]:
    return [tuple(step[name] for name in _SHOWN) for step in begun.steps]


def test_a_start_that_says_nothing_takes_what_the_task_says(shop: Shop, work: Work) -> None:
    client = shop.client()
    car = {"vehicle_make": "Tesla", "vehicle_year": 2021, "vin": "5YJ3", "client_id": client["id"]}
    task = shop.task(of="technician", ppf_zones=["hood"], custom_ppf_zones=["mirror"], **car)
    found = work.start(task_id=task["task_number"]).intervention
    admin = shop.id_of("admin")
    expected = {
        "task_id": task["id"],
        "task_number": task["task_number"],
        "status": "in_progress",
        "intervention_type": "ppf",
        "technician_id": shop.id_of("technician"),
        "client_id": client["id"],
        "vehicle_plate": "AB-123-CD",
        "vehicle_make": "Tesla",
        "vehicle_model": "Model 3",
        "vehicle_year": "2021",
        "vehicle_vin": "5YJ3",
        "ppf_zones_config": ["hood", "mirror"],
        "film_type": "standard",
        "work_location": "indoor",
        "scheduled_at": START_MS,
        "started_at": START_MS,
        "estimated_duration": 60,
        "current_step": 0,
        "completion_percentage": 0,
        "created_at": START_MS,
        "updated_at": START_MS,
        "created_by": admin,
        "updated_by": admin,
    }
    assert {name: found[name] for name in expected} == expected
    assert {value for name, value in found.items() if name not in {*expected, "id"}} == {None}


def test_a_start_keeps_what_it_says(shop: Shop, work: Work) -> None:
    """Words in any letter case; texts are trimmed."""
    given = {
        "intervention_type": "Ceramic",
        "ppf_zones": [" roof "],
        "film_type": "MATTE",
        "film_brand": " XPEL ",
        "film_model": "Ultimate",
        "weather_condition": "Rainy",
        "lighting_condition": "mixed",
        "work_location": "Semi_Covered",
        "temperature": -3.5,
        "humidity": 100,
        "gps_coordinates": {"latitude": 48.8566, "longitude": -180, "accuracy": 0.5},
        "scheduled_start": 0,
        "estimated_duration_minutes": 100_000,
        "description": " first\nsecond ",
        "special_instructions": "ring twice",
    }
    found = work.start(**given).intervention
    stored = {
        "intervention_type": "ceramic",
        "ppf_zones_config": ["roof"],
        "film_type": "matte",
        "film_brand": "XPEL",
        "film_model": "Ultimate",
        "weather_condition": "rainy",
        "lighting_condition": "mixed",
        "work_location": "semi_covered",
        "temperature_celsius": -3.5,
        "humidity_percentage": 100,
        "start_location_lat": 48.8566,
        "start_location_lon": -180,
        "start_location_accuracy": 0.5,
        "scheduled_at": 0,
        "estimated_duration": 100_000,
        "notes": "first\nsecond",
        "special_instructions": "ring twice",
    }
    assert {name: found[name] for name in stored} == stored
    assert shop.admin("intervention_get", id=found["id"])["intervention"] == found


@pytest.mark.any_database
def test_null_means_the_same_as_absent(work: Work) -> None:
    names = "intervention_type ppf_zones technician_id film_type film_brand film_model weather_condition humidity"
    names += " lighting_condition work_location temperature gps_coordinates scheduled_start description"
    names += " estimated_duration_minutes special_instructions"
    bare, nulls = work.start(of="technician"), work.start(of="technician", **dict.fromkeys(names.split()))
    own = {"id", "task_id", "task_number"}
    assert {name for name, value in bare.intervention.items() if nulls.intervention[name] != value} == own


def test_a_huge_number_is_kept_as_a_number(work: Work) -> None:
    """Larger than any whole number that databases know."""
    assert work.start(temperature=10**300).intervention["temperature_celsius"] == 1e300
    place = {"latitude": 0, "longitude": 0, "accuracy": 2**80}
    assert work.start(gps_coordinates=place).intervention["start_location_accuracy"] == float(2**80)


@pytest.mark.any_database
def test_the_number_of_zones_decides_on_the_steps(shop: Shop, work: Work) -> None:
    """Up to two: express; no zone at all is none; the task's own zones count together."""
    cases: list[tuple[list[str] | None, dict[str, Any], Any]] = [
        ([], {"ppf_zones": ZONES}, EXPRESS),
        (["a"], {"ppf_zones": ZONES}, EXPRESS),
        (["a", "b"], {}, EXPRESS),
        (["a", "b", "c"], {}, STANDARD),
        (None, {"ppf_zones": ["a", "b"]}, EXPRESS),
        (None, {"ppf_zones": ["a", "b"], "custom_ppf_zones": ["c"]}, STANDARD),
    ]
    for zones, task, steps in cases:
        begun = work.start(task_id=shop.task(**task)["id"], ppf_zones=zones)
        assert plan(begun) == steps, (zones, task)
        assert zones in (None, begun.intervention["ppf_zones_config"])


def test_all_steps_are_pending_and_demand_photos(work: Work) -> None:
    begun = work.start(ppf_zones=ZONES)
    assert [step["step_number"] for step in begun.steps] == [1, 2, 3, 4]
    for step in begun.steps:
        usual = {"intervention_id": begun.id, "step_status": "pending", "is_mandatory": True, "requires_photos": True}
        usual |= {"photo_count": 0, "required_photos_completed": False, "quality_checkpoints": []}
        usual |= {"created_at": START_MS, "updated_at": START_MS}
        assert {name: step[name] for name in usual} == usual
        unknown = ("description", "duration_seconds", "started_at", "completed_at", "collected_data", "photo_urls")
        assert {step[name] for name in (*unknown, "notes")} == {None}
    assert work.stored(begun) == begun


def test_a_start_moves_the_task_and_tells_it_where_it_is(shop: Shop, work: Work) -> None:
    begun = work.start(of="technician", technician_id=shop.id_of("colleague"))
    task = work.task(begun)
    assert task["status"] == "in_progress"
    assert task["started_at"] == START_MS
    assert (task["workflow_id"], task["current_workflow_step_id"]) == (begun.id, begun.step_id(1))
    assert task["technician_id"] == shop.id_of("technician")
    assert begun.intervention["technician_id"] == shop.id_of("colleague")
    assert shop.statuses(task["id"]) == [(None, "pending"), ("pending", "in_progress")]


def test_a_task_in_progress_stays_as_it_is(shop: Shop, work: Work) -> None:
    """No change is on record, and the first start counts; one that is missing is made good."""
    task = shop.task(status="in_progress")
    shop.clock.advance(MINUTE_MS)
    begun = work.start(task_id=task["id"])
    assert work.task(begun)["started_at"] == START_MS
    assert shop.statuses(task["id"]) == [(None, "in_progress")]
    other = shop.task(status="in_progress")
    shop.set(other["id"], started_at=None)
    assert work.task(work.start(task_id=other["id"]))["started_at"] == START_MS + MINUTE_MS


@pytest.mark.any_database
def test_a_task_can_be_begun_where_it_may_become_in_progress(shop: Shop, work: Work) -> None:
    """And nowhere else; a refusal names what is allowed and leaves nothing behind."""
    startable = {"pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "overdue"}
    for status in STATUSES:
        task = shop.task(status=status)
        envelope = shop.admin.envelope("intervention_start", task_id=task["id"])
        assert envelope.ok == (status in startable), status
        if not envelope.ok:
            assert envelope.code == "TASK_INVALID_TRANSITION"
            details = envelope.error["details"]
            assert (details["from"], details["to"]) == (status, "in_progress")
            assert "in_progress" not in details["allowed"]
            assert shop.stored(task["id"]) == task
            assert shop.admin("intervention_get_latest_by_task", task_id=task["id"]) == {"intervention": None}


@pytest.mark.any_database
def test_the_technician_is_the_one_named_or_the_tasks_or_the_caller(shop: Shop, work: Work) -> None:
    technician, admin = shop.id_of("technician"), shop.id_of("admin")
    assert work.start().intervention["technician_id"] == admin
    assert work.start(of="technician").intervention["technician_id"] == technician
    assert work.start(of="technician", by=shop.technician).intervention["technician_id"] == technician
    assert work.start(of="colleague", technician_id=technician).intervention["technician_id"] == technician
    for role in ("admin", "supervisor"):
        assert work.start(technician_id=shop.id_of(role)).intervention["technician_id"] == shop.id_of(role)


@pytest.mark.any_database
def test_only_those_who_can_work_carry_interventions_out(shop: Shop, work: Work) -> None:
    """Named or by default; the task stays as it was."""
    for user_id in (NIL, shop.id_of("viewer"), shop.person(is_active=False), shop.person(deleted_at=1)):
        task = shop.task()
        refusal = shop.admin.refusal("intervention_start", task_id=task["id"], technician_id=user_id)
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["technician_id"])
        shop.set(task["id"], technician_id=user_id)
        assert shop.admin.code("intervention_start", task_id=task["id"]) == "VALIDATION_ERROR"
        assert shop.stored(task["id"]) == task | {"technician_id": user_id}
        assert shop.statuses(task["id"]) == [(None, "pending")]


@pytest.mark.any_database
def test_a_technician_begins_only_what_is_theirs_and_only_for_themselves(shop: Shop, work: Work) -> None:
    own, mine = shop.task(of="technician"), shop.task(by=shop.technician)
    colleague = shop.id_of("colleague")
    for task, args in ((mine, {}), (shop.task(of="colleague"), {}), (own, {"technician_id": colleague})):
        assert shop.technician.code("intervention_start", task_id=task["id"], **args) == "FORBIDDEN"
    assert work.start(task_id=own["id"], by=shop.technician, technician_id=shop.id_of("technician"))


def test_a_task_has_one_active_intervention_and_any_number_of_ended_ones(shop: Shop, work: Work) -> None:
    begun = work.start()
    refusal = shop.admin.refusal("intervention_start", task_id=begun.task_id)
    assert refusal["code"] == "INTERVENTION_ALREADY_ACTIVE"
    assert refusal["details"] == {"intervention_id": begun.id}
    shop.admin("intervention_pause", intervention_id=begun.id)
    assert shop.admin.code("intervention_start", task_id=begun.task_id) == "INTERVENTION_ALREADY_ACTIVE"
    for _ in range(2):
        shop.admin("intervention_cancel", intervention_id=begun.id)
        shop.set(begun.task_id, status="pending")
        begun = work.start(task_id=begun.task_id)
    listed = shop.admin("intervention_list", task_id=begun.task_id)["items"]
    assert [item["status"] for item in listed] == ["in_progress", "cancelled", "cancelled"]


def test_after_a_finish_the_task_is_completed_and_not_begun_again(shop: Shop, work: Work) -> None:
    begun = work.start()
    work.finish(begun)
    refusal = shop.admin.refusal("intervention_start", task_id=begun.task_id)
    assert refusal["code"] == "TASK_INVALID_TRANSITION"
    assert refusal["details"] == {"from": "completed", "to": "in_progress", "allowed": ["archived"]}


@pytest.mark.any_database
def test_what_is_wrong_is_told_in_order(shop: Shop, work: Work) -> None:
    """Shape, task, caller, active intervention, the task's status, the technician."""
    begun = work.start(of="colleague")
    shop.set(begun.task_id, status="completed")

    def code(task_id: str, **args: Any) -> str:
        return shop.technician.code("intervention_start", task_id=task_id, technician_id=NIL, **args)

    assert code(NIL, humidity=101) == "VALIDATION_ERROR"
    refusal = shop.technician.refusal("intervention_start", task_id=NIL, technician_id=NIL)
    assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": "task", "id": NIL})
    assert code(begun.task_id) == "FORBIDDEN"
    args = {"task_id": begun.task_id, "technician_id": NIL}
    assert shop.admin.code("intervention_start", **args) == "INTERVENTION_ALREADY_ACTIVE"
    shop.admin("intervention_cancel", intervention_id=begun.id)
    assert shop.admin.code("intervention_start", **args) == "TASK_INVALID_TRANSITION"
    shop.set(begun.task_id, status="pending")
    assert shop.admin.code("intervention_start", **args) == "VALIDATION_ERROR"


def test_the_work_on_a_deleted_task_does_not_begin(shop: Shop) -> None:
    task = shop.task()
    shop.admin("task_crud", action="Delete", id=task["id"])
    assert shop.admin.code("intervention_start", task_id=task["id"]) == "NOT_FOUND"
    assert shop.admin.code("intervention_start", task_id=task["task_number"]) == "NOT_FOUND"
