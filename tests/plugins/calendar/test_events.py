"""Events: what is stored, what is refused, who may change them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop

START, END = f"{TODAY}T09:00:00Z", f"{TODAY}T10:00:00Z"
BARE = {
    "description": None,
    "all_day": False,
    "timezone": "UTC",
    "event_type": "meeting",
    "category": None,
    "task_id": None,
    "client_id": None,
    "technician_id": None,
    "location": None,
    "meeting_link": None,
    "is_virtual": False,
    "participants": [],
    "is_recurring": False,
    "recurrence_rule": None,
    "parent_event_id": None,
    "reminders": [],
    "status": "confirmed",
    "color": None,
    "tags": [],
    "notes": None,
}
FULL: dict[str, Any] = {
    "title": "Stand-up",
    "start_datetime": "2026-03-01T10:00:00.250+01:00",
    "end_datetime": "2026-03-01T11:00",
    "description": "d",
    "all_day": True,
    "timezone": "Europe/Paris",
    "event_type": "appointment",
    "category": "c",
    "location": "l",
    "meeting_link": "HTTPS://example.com/a?b#c",
    "is_virtual": True,
    "participants": [
        {"id": "p1", "name": "Ana", "email": "a@example.com", "status": "accepted"},
        {"id": None, "name": "Bo", "email": None, "status": "needsaction"},
    ],
    "reminders": [0, 40_320],
    "color": "#0aF9b1",
    "tags": ["a", "b"],
    "notes": "n",
}


def faults(shop: Shop, **fields: Any) -> list[str]:
    """The fields that a refusal names."""
    refusal = shop.admin.refusal(
        "create_event", **({"title": "x", "start_datetime": START, "end_datetime": END} | fields)
    )
    assert refusal["code"] == "VALIDATION_ERROR", refusal
    return list(refusal["details"]["fields"])


def test_an_event_is_what_was_given(shop: Shop) -> None:
    """Its texts as they were given, whatever instants they stand for."""
    event = shop.event(**FULL)
    admin, now_ms = shop.id_of("admin"), shop.clock.now_ms()
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": admin, "updated_by": admin}
    assert event == BARE | FULL | stamps | {"id": event["id"]}
    assert shop.viewer("get_event_by_id", id=event["id"]) == event


def test_what_is_left_out_or_null_has_its_default(shop: Shop) -> None:
    given = {"title": "x", "start_datetime": START, "end_datetime": END}
    optional = BARE.keys() - {"status", "is_recurring", "recurrence_rule", "parent_event_id"}
    bare, nulled = shop.event(**given), shop.event(**given, **dict.fromkeys(optional))
    assert bare | {"id": ""} == nulled | {"id": ""}
    assert {name: bare[name] for name in BARE} == BARE


def test_tags_are_there_once_and_participants_have_a_status(shop: Shop) -> None:
    event = shop.event(tags=[" b", "a", "b", "a "], participants=[{"name": " Ana ", "status": None}])
    assert event["tags"] == ["b", "a"]
    assert event["participants"] == [{"id": None, "name": "Ana", "email": None, "status": "needsaction"}]
    assert shop.admin("update_event", id=event["id"], tags=["c", "c"])["tags"] == ["c"]


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["title", "start_datetime", "end_datetime"])
def test_what_is_needed_is_asked_for(shop: Shop, name: str) -> None:
    assert faults(shop, **{name: None}) == [name]
    given = {"title": "x", "start_datetime": START, "end_datetime": END}
    del given[name]
    assert list(shop.admin.refusal("create_event", **given)["details"]["fields"]) == [name]


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("all_day", 1),
        ("all_day", "true"),
        ("is_virtual", 0),
        ("timezone", "Mars/Base"),
        ("timezone", "localtime"),
        ("timezone", ""),
        ("timezone", "../UTC"),
        ("event_type", "party"),
        ("description", "x" * 5001),
        ("notes", "x" * 10_001),
        ("category", "x" * 101),
        ("location", "x" * 501),
        ("meeting_link", "ftp://example.com"),
        ("meeting_link", "javascript:alert(1)"),
        ("meeting_link", "https://"),
        ("meeting_link", "https://a b"),
        ("meeting_link", "https://e/" + "x" * 2000),
        ("participants.0.name", [{}]),
        ("participants.0.name", [{"name": "x" * 201}]),
        ("participants.0.status", [{"name": "x", "status": "maybe"}]),
        ("participants.0.role", [{"name": "x", "role": "boss"}]),
        ("participants", [{"name": "x"}] * 101),
        ("participants", {}),
        ("reminders.0", [-1]),
        ("reminders.1", [0, 40_321]),
        ("reminders.0", [1.5]),
        ("reminders.0", [True]),
        ("reminders", [0] * 11),
        ("color", "red"),
        ("color", "#12345"),
        ("color", "#12345g"),
        ("tags.0", [" "]),
        ("tags.0", ["x" * 51]),
        ("tags", ["x"] * 21),
        ("status", "tentative"),
        ("id", NIL),
        ("is_recurring", True),
        ("created_by", NIL),
        ("scheduled_by_bus", True),
        ("start_utc", 0),
        ("task_id", "x" * 101),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shop: Shop, field: str, bad: Any) -> None:
    assert faults(shop, **{field.partition(".")[0]: bad}) == [field]


def test_references_are_there_when_they_are_named(shop: Shop) -> None:
    """A task also by its number; they are looked up in their order, and after everything else."""
    task, client = shop.task(), shop.client()
    event = shop.event(task_id=task["task_number"], client_id=client["id"], technician_id=shop.id_of("viewer"))
    assert (event["task_id"], event["client_id"]) == (task["id"], client["id"])
    shop.admin("task_crud", action="Delete", id=task["id"])
    shop.admin("client_crud", action="Delete", id=client["id"])
    for command, args in (
        ("create_event", {"title": "x", "start_datetime": START, "end_datetime": END}),
        ("update_event", {"id": event["id"]}),
    ):
        named = {"task_id": task["id"], "client_id": client["id"], "technician_id": shop.person(is_active=False)}
        for field, entity in (("task_id", "task"), ("client_id", "client"), ("technician_id", "user")):
            refusal = shop.admin.refusal(command, **args, **named)
            assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": entity, "id": named[field]})
            del named[field]
    kept = shop.admin("update_event", id=event["id"], title="y")
    assert (kept["task_id"], kept["client_id"]) == (task["id"], client["id"])


def test_a_change_keeps_what_it_does_not_name(shop: Shop) -> None:
    event = shop.event(**FULL)
    shop.clock.advance(5)
    changed = shop.supervisor("update_event", id=event["id"], title="Other", status="tentative")
    stamps = {"updated_at": event["updated_at"] + 5, "updated_by": shop.id_of("supervisor")}
    assert changed == event | {"title": "Other", "status": "tentative"} | stamps
    assert shop.viewer("get_event_by_id", id=event["id"]) == changed


def test_null_clears_what_an_event_may_be_without(shop: Shop) -> None:
    event = shop.event(**FULL, task_id=shop.task()["id"], client_id=shop.client()["id"])
    nullable = [name for name, value in BARE.items() if value is None and not name.startswith(("rec", "parent"))]
    cleared = shop.admin("update_event", id=event["id"], **dict.fromkeys(nullable))
    assert cleared == event | dict.fromkeys(nullable)
    for name in ("title", "start_datetime", "end_datetime", "all_day", "timezone", "event_type", "is_virtual"):
        refusal = shop.admin.refusal("update_event", id=event["id"], **{name: None})
        assert list(refusal["details"]["fields"]) == [name]
    for name in ("participants", "reminders", "tags", "status"):
        refusal = shop.admin.refusal("update_event", id=event["id"], **{name: None})
        assert list(refusal["details"]["fields"]) == [name]


def test_a_change_of_nothing_changes_nothing(shop: Shop) -> None:
    event = shop.event()
    shop.clock.advance(5)
    assert shop.supervisor("update_event", id=event["id"]) == event


def test_a_deleted_event_is_gone(shop: Shop) -> None:
    """From every list; a second deletion finds nothing."""
    task = shop.task()
    event = shop.event(task_id=task["id"], technician_id=shop.id_of("technician"))
    assert shop.admin("delete_event", id=event["id"]) == {"id": event["id"], "deleted": True}
    for command in ("get_event_by_id", "update_event", "delete_event"):
        refusal = shop.admin.refusal(command, id=event["id"])
        assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": "event", "id": event["id"]})
    lists = [
        shop.admin("get_events", start_date=TODAY, end_date=TOMORROW),
        shop.admin("get_events_for_task", task_id=task["id"]),
        shop.admin("get_events_for_technician", technician_id=shop.id_of("technician")),
    ]
    assert lists == [{"items": [], "total_count": 0}] * 3


def test_a_technician_makes_events_for_themselves(shop: Shop) -> None:
    own = shop.id_of("technician")
    for given in ({}, {"technician_id": None}, {"technician_id": own}):
        assert shop.event(shop.technician, **given)["technician_id"] == own
    given = {"title": "x", "start_datetime": START, "end_datetime": END, "technician_id": shop.id_of("colleague")}
    assert shop.technician.code("create_event", **given) == "FORBIDDEN"
    assert shop.technician.code("create_event", **given | {"task_id": NIL}) == "FORBIDDEN"
    assert shop.technician.code("create_event", **given | {"end_datetime": START}) == "VALIDATION_ERROR"


def test_a_technician_changes_events_they_made_or_have(shop: Shop) -> None:
    own = shop.id_of("technician")
    made = shop.event(shop.technician)
    shop.admin("update_event", id=made["id"], technician_id=shop.id_of("colleague"))
    given = shop.event(technician_id=own)
    other = shop.event(technician_id=shop.id_of("colleague"))
    for event in (made, given):
        assert shop.technician("update_event", id=event["id"], title="mine")["title"] == "mine"
    for command, args in (("update_event", {"title": "x"}), ("update_event", {}), ("delete_event", {})):
        assert shop.technician.code(command, id=other["id"], **args) == "FORBIDDEN"
        assert shop.technician.code(command, id=NIL, **args) == "NOT_FOUND"
    for event in (made, given):
        shop.technician("delete_event", id=event["id"])


def test_a_technician_names_themselves_or_whoever_has_it(shop: Shop) -> None:
    """Anybody else is refused before references are looked up; nobody may be named as well."""
    made = shop.event(shop.technician)
    colleague, own = shop.id_of("colleague"), shop.id_of("technician")
    shop.admin("update_event", id=made["id"], technician_id=colleague)

    def name(user_id: str | None) -> Any:
        return shop.technician.envelope("update_event", id=made["id"], technician_id=user_id).code

    assert name(colleague) is None
    assert name(shop.id_of("admin")) == name(NIL) == "FORBIDDEN"
    assert name(own) is None
    assert name(None) is None


@pytest.mark.parametrize("command", ["create_event", "update_event", "delete_event"])
def test_viewers_change_no_event(shop: Shop, command: str) -> None:
    assert shop.viewer.code(command, nonsense=1) == "FORBIDDEN"
