"""Changing tasks: what stays, what null clears, who has them, and in which order refusals come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.tasks.shop import CAR, TODAY, TOMORROW, Shop

NOT_NULLABLE = (
    "title",
    "vehicle_plate",
    "vehicle_model",
    "ppf_zones",
    "custom_ppf_zones",
    "status",
    "priority",
    "scheduled_date",
    "checklist_completed",
    "tags",
)
NULLABLE: dict[str, Any] = {
    "description": "d",
    "vehicle_make": "m",
    "vehicle_year": "2020",
    "vin": "v",
    "start_time": "09:00",
    "end_time": "10:00",
    "date_rdv": TODAY,
    "heure_rdv": "08:00",
    "customer_name": "n",
    "customer_email": "a@example.com",
    "customer_phone": "1",
    "customer_address": "a",
    "external_id": "e",
    "lot_film": "l",
    "notes": "n",
    "estimated_duration": 1,
    "actual_duration": 0,
}


def edit(shop: Shop, task: dict[str, Any], **data: Any) -> dict[str, Any]:
    return shop.admin("edit_task", task_id=task["id"], data=data)


def faults(shop: Shop, task: dict[str, Any], **data: Any) -> list[str]:
    """The fields that a refusal names."""
    refusal = shop.admin.refusal("edit_task", task_id=task["id"], data=data)
    assert refusal["code"] == "VALIDATION_ERROR", refusal
    return list(refusal["details"]["fields"])


def test_what_is_given_replaces_and_the_rest_stays(shop: Shop) -> None:
    task = shop.task(**NULLABLE)
    shop.clock.advance(5)
    changed = shop.supervisor("edit_task", task_id=task["task_number"], data={"title": " Doors ", "tags": ["x"]})
    stamps = {"updated_at": task["updated_at"] + 5, "updated_by": shop.id_of("supervisor")}
    assert changed == task | {"title": "Doors", "tags": ["x"]} | stamps == shop.stored(task["id"])


def test_null_clears(shop: Shop) -> None:
    task = shop.task(**NULLABLE)
    assert edit(shop, task, **dict.fromkeys(NULLABLE)) == task | dict.fromkeys(NULLABLE)
    task = shop.task(**NULLABLE)
    assert edit(shop, task, description=" ", note=None) == task | {"description": None, "notes": None}


@pytest.mark.any_database
@pytest.mark.parametrize("name", NOT_NULLABLE)
def test_what_a_task_needs_cannot_be_cleared(shop: Shop, name: str) -> None:
    task = shop.task()
    assert faults(shop, task, **{name: None}) == [f"data.{name}"]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("title", " "),
        ("vehicle_plate", ""),
        ("vehicle_model", " "),
        ("ppf_zones", []),
        ("task_number", "X"),
        ("status", "done"),
        ("id", NIL),
        ("assigned_by", NIL),
        ("deleted_at", 1),
        ("search_text", "x"),
    ],
)
def test_what_nobody_may_change_is_refused_by_name(shop: Shop, field: str, bad: Any) -> None:
    task = shop.task()
    assert faults(shop, task, **{field: bad}) == [f"data.{field}"]
    assert shop.stored(task["id"]) == task


def test_a_change_of_nothing_changes_nothing(shop: Shop) -> None:
    """Not even when; an author that is ignored is nothing."""
    task = shop.task(of="technician")
    shop.clock.advance(5)
    assert edit(shop, task) == edit(shop, task, created_by=NIL, creator_id=None) == task
    assert shop.technician("edit_task", task_id=task["id"], data={}) == task


def test_start_and_end_are_judged_together(shop: Shop) -> None:
    task = shop.task(start_time="09:00", end_time="10:00")
    assert faults(shop, task, start_time="10:00") == ["data.end_time"]
    assert faults(shop, task, end_time="09:00") == ["data.end_time"]
    moved = edit(shop, task, start_time="11:00", end_time="12:00")
    assert (moved["start_time"], moved["end_time"]) == ("11:00", "12:00")
    assert edit(shop, task, end_time=None, start_time="23:00")["end_time"] is None


def test_a_task_changes_hands_by_way_of_nobodys(shop: Shop) -> None:
    task = shop.task(of="technician")
    other = {"technician_id": shop.id_of("colleague")}
    assert shop.admin.code("edit_task", task_id=task["id"], data=other) == "TASK_ASSIGNMENT_CONFLICT"
    free = edit(shop, task, technician_id=None)
    assert [free[name] for name in ("technician_id", "assigned_at", "assigned_by", "status")] == [
        None,
        None,
        None,
        "pending",
    ]
    shop.clock.advance(5)
    taken = shop.supervisor("edit_task", task_id=task["id"], data=other)
    assert (taken["technician_id"], taken["assigned_by"]) == (shop.id_of("colleague"), shop.id_of("supervisor"))
    assert taken["assigned_at"] == task["assigned_at"] + 5


def test_the_present_technician_again_renews_the_assignment(shop: Shop) -> None:
    task = shop.task(of="technician")
    shop.clock.advance(5)
    again = shop.supervisor("edit_task", task_id=task["id"], data={"technician_id": shop.id_of("technician")})
    assert (again["assigned_at"], again["assigned_by"]) == (task["assigned_at"] + 5, shop.id_of("supervisor"))


def test_only_those_who_work_and_live_clients_are_named(shop: Shop) -> None:
    task = shop.task()
    for user_id in (shop.id_of("viewer"), shop.person(is_active=False), NIL):
        assert faults(shop, task, technician_id=user_id) == ["data.technician_id"]
    assert faults(shop, task, client_id=NIL) == ["data.client_id"]
    client = shop.client()
    assert edit(shop, task, client_id=client["id"])["client_id"] == client["id"]
    assert edit(shop, task, client_id=None)["client_id"] is None


def test_refusals_come_in_their_order(shop: Shop) -> None:
    """Each one is told although everything behind it is wrong as well."""
    task_id = shop.task(of="colleague", start_time="09:00", status="archived")["id"]
    wrong: dict[str, Any] = {"status": "pending", "end_time": "08:00", "client_id": NIL, "technician_id": NIL}

    def answer(data: dict[str, Any], task_id: str = task_id) -> tuple[str, Any]:
        refusal = shop.admin.refusal("edit_task", task_id=task_id, data=data)
        return refusal["code"], refusal["details"]

    assert shop.viewer.code("edit_task", task_id=NIL, nonsense=1) == "FORBIDDEN"
    assert answer(wrong | {"title": None}, NIL)[0] == "VALIDATION_ERROR"
    assert answer(wrong, NIL) == ("NOT_FOUND", {"entity": "task", "id": NIL})
    assert shop.technician.code("edit_task", task_id=task_id, data={"status": "pending"}) == "FORBIDDEN"
    assert answer(wrong)[0] == "TASK_INVALID_TRANSITION"
    del wrong["status"]
    assert list(answer(wrong)[1]["fields"]) == ["data.end_time"]
    del wrong["end_time"]
    assert list(answer(wrong)[1]["fields"]) == ["data.client_id"]
    del wrong["client_id"]
    assert answer(wrong)[0] == "TASK_ASSIGNMENT_CONFLICT"


@pytest.mark.parametrize("by_crud", [True, False])
def test_a_technician_changes_some_fields_of_their_own_tasks(shop: Shop, by_crud: bool) -> None:
    """An allowed field beside a forbidden one is not changed; what is forbidden is named in alphabetical order."""
    task = shop.task(of="technician", status="in_progress")

    def answer(**data: Any) -> Any:
        if by_crud:
            return shop.technician.envelope("task_crud", action="update", id=task["id"], data=data)
        return shop.technician.envelope("edit_task", task_id=task["id"], data=data)

    forbidden = {"title": task["title"], "priority": "low", "customer_name": None, "created_by": NIL}
    refused = answer(notes="x", **forbidden)
    assert (refused.code, refused.error["details"]) == ("FORBIDDEN", {"forbidden_fields": sorted(forbidden)})
    assert shop.stored(task["id"]) == task
    allowed = {"status": "paused", "notes": "x", "checklist_completed": True, "lot_film": "L", "actual_duration": 5}
    done = answer(**allowed)
    assert done.ok
    assert shop.stored(task["id"]) == task | allowed | {"updated_by": shop.id_of("technician")}
    assert answer(note="y").ok
    assert shop.stored(task["id"])["notes"] == "y"


def test_a_technician_changes_no_task_of_others(shop: Shop) -> None:
    """Not even one they made; made for them is not enough to change, being assigned is."""
    made = shop.task(by=shop.technician)
    for task in (made, shop.task(of="colleague"), shop.task()):
        for command, args in (
            ("edit_task", {"data": {"notes": "x"}}),
            ("task_transition_status", {"new_status": "on_hold"}),
            ("delay_task", {"new_scheduled_date": TOMORROW, "reason": "x"}),
            ("add_task_note", {"note": "x"}),
        ):
            assert shop.technician.code(command, task_id=task["id"], **args) == "FORBIDDEN"
        assert shop.stored(task["id"]) == task


def test_a_deleted_task_is_gone(shop: Shop) -> None:
    """For every command, by its id and its number."""
    task = shop.task()
    assert shop.admin("task_crud", action="Delete", id=task["task_number"]) == {"type": "Deleted", "id": task["id"]}
    for reference in (task["id"], task["task_number"]):
        for command, args in (
            ("edit_task", {"data": {}}),
            ("task_transition_status", {"new_status": "on_hold"}),
            ("delay_task", {"new_scheduled_date": TOMORROW, "reason": "x"}),
            ("add_task_note", {"note": "x"}),
            ("task_get_history", {}),
            ("check_task_availability", {}),
            ("check_task_assignment", {"user_id": NIL}),
            ("validate_task_assignment_change", {"new_user_id": NIL}),
            ("calendar_check_conflicts", {"new_date": TODAY}),
            ("calendar_schedule_task", {"new_date": TODAY}),
        ):
            refusal = shop.admin.refusal(command, task_id=reference, **args)
            assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": "task", "id": reference}), command
        for action in ("Get", "Update", "Delete"):
            more = {"data": {}} if action == "Update" else {}
            assert shop.admin.code("task_crud", action=action, id=reference, **more) == "NOT_FOUND"
    assert shop.admin("task_crud", action="List")["items"] == []


def test_an_id_goes_before_a_number_that_looks_like_it(shop: Shop) -> None:
    task = shop.task()
    other = shop.task(task_number=task["id"])
    assert shop.stored(task["id"])["id"] == task["id"]
    assert shop.stored(other["id"])["id"] == other["id"]


def test_both_forms_of_an_action_are_one(shop: Shop) -> None:
    """Nested or flat, the word in any spelling; faults are named from the action on."""
    data = {**CAR, "scheduled_date": TODAY}
    for word in ("Create", "create", "CREATE", " c_r_eate "):
        assert shop.admin("task_crud", action=word, data=data)["type"] == "Created"
        assert shop.admin("task_crud", action={"action": word, "data": data})["type"] == "Created"
    for word in ("GetStatistics", "get_statistics", "getstatistics"):
        assert shop.admin("task_crud", action=word)["statistics"]["total"] == 8
    for args in ({"action": "Create", "data": {}}, {"action": {"action": "Create", "data": {}}}):
        fields = shop.admin.refusal("task_crud", **args)["details"]["fields"]
        assert list(fields) == [f"data.{name}" for name in fields_needed(fields)]


def fields_needed(fields: dict[str, Any]) -> list[str]:
    """The fields of a new task, in the order in which they are named."""
    assert {name.removeprefix("data.") for name in fields} == {*CAR, "scheduled_date"}
    return [name.removeprefix("data.") for name in fields]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({}, "action"),
        ({"action": None}, "action"),
        ({"action": 7}, "action"),
        ({"action": "Drop"}, "action"),
        ({"action": {}}, "action"),
        ({"action": {"action": ["Get"]}}, "action"),
        ({"action": {"action": "Get"}}, "id"),
        ({"action": "Get", "id": " "}, "id"),
        ({"action": "Get", "id": 7}, "id"),
        ({"action": "Get", "id": NIL, "data": {}}, "data"),
        ({"action": {"action": "Get", "id": NIL, "nonsense": 1}}, "nonsense"),
        ({"action": {"action": "Get", "id": NIL}, "id": NIL}, "id (beside action)"),
        ({"action": "Update", "id": NIL}, "data"),
        ({"action": "Update", "id": NIL, "data": []}, "data"),
        ({"action": "GetStatistics", "filters": {}}, "filters"),
    ],
)
def test_a_bad_action_is_told_where_it_is_bad(shop: Shop, args: dict[str, Any], field: str) -> None:
    refusal = shop.admin.refusal("task_crud", **args)
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field])
    assert "task_crud" in refusal["message"] or field == "action"
    assert "task_get" not in refusal["message"]


def test_the_word_is_judged_before_the_role_and_the_role_before_the_rest(shop: Shop) -> None:
    assert shop.viewer.code("task_crud", action="Drop") == "VALIDATION_ERROR"
    for word in ("Create", "Update", "Delete"):
        assert shop.viewer.code("task_crud", action=word, nonsense=1) == "FORBIDDEN"
        assert shop.viewer.code("task_crud", action={"action": word}, nonsense=1) == "FORBIDDEN"
    assert shop.technician.code("task_crud", action="Delete") == "FORBIDDEN"
