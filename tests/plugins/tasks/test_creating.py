"""Making tasks: what is stored, what follows from it, what is refused and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.tasks.shop import CAR, TODAY, Shop

pytestmark = pytest.mark.any_database

NEEDED = {**CAR, "scheduled_date": TODAY}
FULL: dict[str, Any] = {
    **NEEDED,
    "task_number": "W-1",
    "title": "Hood and doors",
    "description": "two\nlines",
    "vehicle_make": "Tesla",
    "vehicle_year": "2024",
    "vin": "5YJ3E1EA7KF317000",
    "custom_ppf_zones": ["left step"],
    "status": "scheduled",
    "priority": "urgent",
    "start_time": "09:00",
    "end_time": "11:30",
    "date_rdv": "2026-02-28",
    "heure_rdv": "08:45",
    "customer_name": "Ana",
    "customer_email": "Ana@Example.com",
    "customer_phone": "+33 1 23",
    "customer_address": "1 rue",
    "external_id": "x-1",
    "lot_film": "L7",
    "checklist_completed": True,
    "notes": "É è\n☕",
    "tags": ["a", "a", "b"],
    "estimated_duration": 90,
    "actual_duration": 0,
}
SERVER_SET = {
    "assigned_at": None,
    "assigned_by": None,
    "technician_id": None,
    "client_id": None,
    "workflow_id": None,
    "current_workflow_step_id": None,
    "started_at": None,
    "completed_at": None,
}


def create(shop: Shop, **data: Any) -> Any:
    return shop.admin.envelope("task_crud", action={"action": "Create", "data": {**NEEDED, **data}})


def faults(shop: Shop, **data: Any) -> list[str]:
    """The fields that a refusal names."""
    envelope = create(shop, **data)
    assert envelope.code == "VALIDATION_ERROR", envelope
    return list(envelope.error["details"]["fields"])


def test_a_task_is_what_was_given(shop: Shop) -> None:
    task = shop.create(FULL)
    admin = shop.id_of("admin")
    now_ms = shop.clock.now_ms()
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": admin, "updated_by": admin}
    assert task == FULL | SERVER_SET | stamps | {"id": task["id"], "customer_email": "ana@example.com"}
    assert shop.stored(task["id"]) == task == shop.stored("W-1")


def test_what_is_left_out_or_null_has_its_default(shop: Shop) -> None:
    """Null means the same as absent; a blank text is null."""
    nulls = dict.fromkeys((FULL.keys() | {"technician_id", "client_id", "note"}) - NEEDED.keys())
    bare, nulled = shop.create(NEEDED), shop.create(NEEDED | nulls)
    blank = shop.create(NEEDED | {"description": " \n ", "title": "  ", "vin": "", "notes": " "})
    apart = ("id", "task_number")
    trio = [{name: value for name, value in task.items() if name not in apart} for task in (bare, nulled, blank)]
    assert trio[0] == trio[1] == trio[2]
    assert (bare["status"], bare["priority"], bare["custom_ppf_zones"], bare["tags"]) == ("pending", "medium", [], [])
    assert bare["checklist_completed"] is False
    assert bare["description"] is None


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"vehicle_make": "Tesla"}, "Tesla Model 3 (AB-123-CD)"),
        ({}, "Model 3 (AB-123-CD)"),
        ({"title": " "}, "Model 3 (AB-123-CD)"),
        ({"vehicle_model": "M" * 100}, "M" * 100),
        ({"title": " Hood "}, "Hood"),
    ],
)
def test_a_task_without_a_title_is_called_by_its_car(shop: Shop, given: dict[str, Any], title: str) -> None:
    assert shop.task(**given)["title"] == title


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("absent", [True, False])
def test_what_is_needed_is_asked_for(shop: Shop, name: str, absent: bool) -> None:
    data = {key: value for key, value in NEEDED.items() if key != name} if absent else NEEDED | {name: None}
    refusal = shop.admin.refusal("task_crud", action={"action": "Create", "data": data})
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [f"data.{name}"])


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        *((name, " ") for name in ("vehicle_plate", "vehicle_model", "scheduled_date")),
        ("vehicle_plate", "x" * 21),
        ("vehicle_plate", 7),
        ("vehicle_model", "x" * 101),
        ("vehicle_make", "x" * 101),
        ("vin", "x" * 51),
        ("title", "x" * 101),
        ("description", "x" * 1001),
        ("ppf_zones", []),
        ("ppf_zones", "hood"),
        ("ppf_zones.1", ["a", " "]),
        ("ppf_zones.0", ["x" * 101]),
        ("custom_ppf_zones.0", [" "]),
        ("vehicle_year", "1899"),
        ("vehicle_year", 2101),
        ("vehicle_year", "20x4"),
        ("vehicle_year", 2020.0),
        ("vehicle_year", True),
        ("status", "done"),
        ("status", "Pending"),
        ("priority", "hot"),
        ("scheduled_date", "2025-02-30"),
        ("scheduled_date", "2025-2-3"),
        ("scheduled_date", "\u0662025-02-01"),
        ("date_rdv", "20250201"),
        ("start_time", "24:00"),
        ("start_time", "9:00"),
        ("heure_rdv", "09:60"),
        ("customer_name", "x" * 201),
        ("customer_email", "ana"),
        ("customer_email", "a..b@example.com"),
        ("customer_email", ".a@example.com"),
        ("customer_phone", "x" * 51),
        ("customer_address", "x" * 501),
        ("external_id", "x" * 101),
        ("lot_film", "x" * 101),
        ("checklist_completed", 1),
        ("checklist_completed", "true"),
        ("tags", "a, b"),
        ("tags", '{"a": 1}'),
        ("tags", "[" * 100_000),
        ("tags.1", '["a", 1]'),
        ("tags.0", ["x" * 51]),
        ("estimated_duration", 0),
        ("estimated_duration", 100_001),
        ("actual_duration", -1),
        ("estimated_duration", True),
        ("estimated_duration", 1.5),
        ("task_number", "x" * 51),
        ("id", NIL),
        ("assigned_at", 1),
        ("created_at", 1),
        ("workflow_id", NIL),
        ("nonsense", None),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shop: Shop, field: str, bad: Any) -> None:
    assert faults(shop, **{field.partition(".")[0]: bad}) == [f"data.{field}"]


def test_every_fault_is_named_at_once(shop: Shop) -> None:
    named = faults(shop, title=1, start_time="x", nonsense=1)
    assert sorted(named) == ["data.nonsense", "data.start_time", "data.title"]


@pytest.mark.parametrize(("start", "end"), [("10:00", "10:00"), ("10:00", "09:59")])
def test_an_end_is_later_than_its_start(shop: Shop, start: str, end: str) -> None:
    assert faults(shop, start_time=start, end_time=end) == ["data.end_time"]
    assert shop.task(start_time=start, end_time=None)["start_time"] == start
    assert shop.task(start_time=None, end_time=end)["end_time"] == end


def test_a_year_may_be_a_number_and_tags_may_be_text(shop: Shop) -> None:
    task = shop.task(vehicle_year=2024, tags='["a", " b "]')
    assert (task["vehicle_year"], task["tags"]) == ("2024", ["a", "b"])


def test_notes_have_two_names_of_which_one_is_used(shop: Shop) -> None:
    assert shop.task(note="x")["notes"] == "x"
    assert shop.task(note=None, notes="y")["notes"] == "y"
    assert faults(shop, note="x", notes="y") == ["data.note"]


def test_older_programs_send_an_author_that_is_ignored(shop: Shop) -> None:
    task = shop.task(created_by=NIL, creator_id={"any": 1})
    assert task["created_by"] == shop.id_of("admin")


def test_an_assignment_is_stamped(shop: Shop) -> None:
    task = shop.task(of="technician")
    assert (task["technician_id"], task["assigned_by"]) == (shop.id_of("technician"), shop.id_of("admin"))
    assert (task["assigned_at"], task["status"]) == (task["created_at"], "pending")


def test_only_those_who_work_are_given_tasks(shop: Shop) -> None:
    for name in ("admin", "supervisor", "technician"):
        assert shop.task(of=name)["technician_id"] == shop.id_of(name)
    nobodies = {
        "viewer": shop.id_of("viewer"),
        "banned": shop.person(is_active=False),
        "deleted": shop.person(deleted_at=1),
        "unknown": NIL,
    }
    for what, user_id in nobodies.items():
        assert faults(shop, technician_id=user_id) == ["data.technician_id"], what


def test_a_technician_assigns_nobody(shop: Shop) -> None:
    """Not even themselves; whether the shape is right is said before."""
    own = {"technician_id": shop.id_of("technician")}
    action = {"action": "Create", "data": NEEDED | own}
    assert shop.technician.code("task_crud", action=action) == "FORBIDDEN"
    assert shop.technician.code("task_crud", action=action | {"data": own}) == "VALIDATION_ERROR"
    assert shop.task(by=shop.technician, technician_id=None)["created_by"] == shop.id_of("technician")


def test_a_task_is_for_a_live_client(shop: Shop) -> None:
    client = shop.client()
    assert shop.task(client_id=client["id"])["client_id"] == client["id"]
    gone = shop.client()["id"]
    shop.admin("client_crud", action="Delete", id=gone)
    assert faults(shop, client_id=gone) == faults(shop, client_id=NIL) == ["data.client_id"]
    assert faults(shop, client_id=NIL, technician_id=NIL, task_number="T") == ["data.client_id"]


def test_a_refused_task_leaves_no_trace(shop: Shop) -> None:
    shop.task(task_number="T")
    assert create(shop, task_number="T", client_id=shop.client()["id"]).code == "TASK_DUPLICATE_NUMBER"
    assert shop.admin("task_crud", action="GetStatistics")["statistics"]["total"] == 1
    assert len(shop.statuses("T")) == 1


def test_a_new_task_is_in_the_queue_of_what_others_are_told(shop: Shop) -> None:
    """Once, as it was made, in the name of whoever made it; a refused task is not, nor is any change."""

    def told(task_id: str) -> list[dict[str, Any]]:
        return shop.viewer("sync_get_operations_for_entity", entity_type="task", entity_id=task_id)["items"]

    task = shop.task(by=shop.technician, task_number="T")
    (operation,) = told(task["id"])
    shown = {"operation_type": "create", "data": task, "dependencies": [], "status": "pending"}
    assert {name: operation[name] for name in shown} == shown
    assert operation["user_id"] == shop.id_of("technician")
    assert create(shop, task_number="T").code == "TASK_DUPLICATE_NUMBER"
    shop.admin("edit_task", task_id=task["id"], data={"title": "x", "status": "on_hold"})
    shop.admin("task_crud", action="Delete", id=task["id"])
    assert told(task["id"]) == [operation]
    assert shop.admin("sync_get_status")["total_operations"] == 1


def test_a_task_that_is_too_large_to_tell_is_refused(shop: Shop) -> None:
    assert faults(shop, notes="x" * 300_000) == ["data"]
    assert shop.admin("task_crud", action="GetStatistics")["statistics"]["total"] == 0
