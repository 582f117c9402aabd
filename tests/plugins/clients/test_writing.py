"""Making, changing and deleting clients: one spelling of what is stored, and who is there once."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.tasks.words import STATUSES
from plugins.tasks.statuses import OPEN
from tests.plugins.identity.caller import NIL, Caller
from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import CAR, TODAY, Shop

FULL: dict[str, Any] = {
    "name": "Ana Lopez",
    "email": "ana@example.com",
    "phone": "+33 (1) 23-45-67",
    "customer_type": "business",
    "address_street": "1 rue É",
    "address_city": "Paris",
    "address_state": "IDF",
    "address_zip": "75001",
    "address_country": "FR",
    "tax_id": "FR123",
    "company_name": "Films",
    "contact_person": "Bo",
    "notes": "two\nlines",
    "tags": ["a", "a"],
}
NULLABLE = FULL.keys() - {"name", "customer_type", "tags"}
NO_TASKS = {"total_tasks": 0, "active_tasks": 0, "completed_tasks": 0, "last_task_date": None}


def create(shop: Shop, by: Caller | None = None, **data: Any) -> Any:
    return (by or shop.admin).envelope("client_crud", action={"action": "Create", "data": {"name": "x"} | data})


def update(shop: Shop, client: dict[str, Any], by: Caller | None = None, **data: Any) -> Any:
    return (by or shop.admin).envelope("client_crud", action="Update", id=client["id"], data=data)


def stored(shop: Shop, client: dict[str, Any]) -> dict[str, Any]:
    return shop.viewer("client_crud", action="Get", id=client["id"])["client"]


def faults(envelope: Any) -> list[str]:
    """The fields that a refusal names."""
    assert envelope.code == "VALIDATION_ERROR", envelope
    return list(envelope.error["details"]["fields"])


def test_a_client_is_what_was_given(shop: Shop) -> None:
    client = shop.client(**FULL)
    now_ms = shop.clock.now_ms()
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": shop.id_of("admin")}
    assert client == FULL | stamps | NO_TASKS | {"id": client["id"]}
    assert stored(shop, client) == client


def test_only_a_name_is_needed(shop: Shop) -> None:
    """Null means the same as absent."""
    bare = create(shop).data["client"]
    nulled = create(shop, **dict.fromkeys(FULL.keys() - {"name"})).data["client"]
    assert bare | {"id": ""} == nulled | {"id": ""}
    assert (bare["customer_type"], bare["tags"], bare["email"]) == ("individual", [], None)
    for data in ({}, {"name": None}, {"name": " \u0007 "}):
        assert faults(shop.admin.envelope("client_crud", action="Create", data=data)) == ["data.name"]


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("name", "  Ana \n\t Lopez\u0007 ", "Ana Lopez"),
        ("email", " Ana.B+c%d_e-f@Ex-1.Example.COM ", "ana.b+c%d_e-f@ex-1.example.com"),
        ("phone", "Tel. +33 (1) 23/45.67 ", "+33 (1) 234567"),
        ("phone", "0123456", "0123456"),
        ("notes", " a\nb ", "a\nb"),
        ("notes", " ", None),
        ("tags", '["a", " b "]', ["a", "b"]),
        ("tax_id", " fr1 ", "fr1"),
    ],
)
def test_there_is_one_spelling(shop: Shop, field: str, given: Any, kept: Any) -> None:
    client = create(shop, **{field: given}).data["client"]
    assert client[field] == kept
    assert update(shop, create(shop).data["client"], tax_id=None).ok
    other = create(shop).data["client"]
    if field not in ("email", "tax_id"):
        assert update(shop, other, **{field: given}).data["client"][field] == kept


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("name", "x" * 101),
        ("name", 7),
        ("email", "ana"),
        ("email", "ana@example"),
        ("email", "ana@example.c"),
        ("email", "a..b@example.com"),
        ("email", "ana@example..com"),
        (".email", ".ana@example.com"),
        ("email", "ána@example.com"),
        ("email", "a" * 250 + "@e.co"),
        ("phone", "123456"),
        ("phone", "1" * 21),
        ("phone", "call me"),
        ("customer_type", "friend"),
        ("address_city", "x" * 201),
        ("tax_id", "x" * 51),
        ("company_name", "x" * 101),
        ("contact_person", "x" * 101),
        ("notes", "x" * 1001),
        ("tags.0", [" "]),
        ("tags", "a"),
        ("id", NIL),
        ("total_tasks", 1),
        ("created_by", NIL),
    ],
)
def test_what_does_not_fit_is_refused_by_name(shop: Shop, field: str, bad: Any) -> None:
    name = field.strip(".").partition(".")[0]
    client = create(shop).data["client"]
    for envelope in (create(shop, **{name: bad}), update(shop, client, **{name: bad})):
        assert faults(envelope) == [f"data.{field.strip('.')}"]


def test_a_business_has_a_name(shop: Shop) -> None:
    """Also after a change; an individual may be without."""
    assert faults(create(shop, customer_type="business")) == ["data.company_name"]
    assert faults(create(shop, customer_type="business", company_name=" ")) == ["data.company_name"]
    client = create(shop, customer_type="business", company_name="Films").data["client"]
    assert faults(update(shop, client, company_name=None)) == ["data.company_name"]
    assert update(shop, client, company_name=None, customer_type="individual").ok
    assert faults(update(shop, client, customer_type="business")) == ["data.company_name"]


def test_emails_and_tax_ids_are_there_once(shop: Shop) -> None:
    """Whatever their letters; the email is checked first, and a client may keep its own."""
    first = create(shop, email="a@example.com", tax_id="T").data["client"]
    other = create(shop, email="b@example.com", tax_id="U").data["client"]
    assert create(shop, email="A@Example.com", tax_id="T").code == "CLIENT_DUPLICATE_EMAIL"
    assert create(shop, tax_id="T").code == "CLIENT_DUPLICATE_TAX_ID"
    assert create(shop, tax_id="t").ok
    assert update(shop, other, email="a@example.com", tax_id="T").code == "CLIENT_DUPLICATE_EMAIL"
    assert update(shop, other, tax_id="T").code == "CLIENT_DUPLICATE_TAX_ID"
    assert stored(shop, other) == other
    assert update(shop, first, email="a@example.com", tax_id="T", name="y").ok
    assert update(shop, first, email=None).ok
    assert update(shop, other, email="a@example.com").ok


def test_a_deleted_client_frees_both(shop: Shop) -> None:
    client = create(shop, email="a@example.com", tax_id="T").data["client"]
    assert shop.admin("client_crud", action="Delete", id=client["id"]) == {"type": "Deleted", "id": client["id"]}
    assert create(shop, email="a@example.com", tax_id="T").ok
    for action, args in (("Get", {}), ("GetWithTasks", {}), ("Update", {"data": {}}), ("Delete", {})):
        refusal = shop.admin.refusal("client_crud", action=action, id=client["id"], **args)
        assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": "client", "id": client["id"]})


def test_a_change_keeps_what_it_does_not_name(shop: Shop) -> None:
    client = shop.client(**FULL)
    shop.clock.advance(5)
    changed = update(shop, client, shop.supervisor, name="Bea").data["client"]
    assert changed == client | {"name": "Bea", "updated_at": client["updated_at"] + 5}
    cleared = update(shop, changed, customer_type="individual", **dict.fromkeys(NULLABLE)).data["client"]
    assert cleared == changed | {"customer_type": "individual"} | dict.fromkeys(NULLABLE)
    for name in ("name", "customer_type", "tags"):
        assert faults(update(shop, client, **{name: None})) == [f"data.{name}"]


def test_a_change_of_nothing_changes_nothing(shop: Shop) -> None:
    client = shop.client()
    shop.clock.advance(5)
    assert update(shop, client).data["client"] == client


@pytest.mark.parametrize("status", STATUSES)
def test_a_client_with_open_tasks_stays(shop: Shop, status: str) -> None:
    """Closed ones go on naming it; deleted ones do not count."""
    client = shop.client()
    task = shop.task(client_id=client["id"], status=status)
    gone = shop.admin.envelope("client_crud", action="Delete", id=client["id"])
    if status not in OPEN:
        assert gone.ok
        assert shop.stored(task["id"])["client_id"] == client["id"]
        return
    assert (gone.code, gone.error["details"]) == ("CLIENT_HAS_ACTIVE_TASKS", {"active_tasks": 1})
    shop.admin("task_crud", action="Delete", id=task["id"])
    assert shop.admin.envelope("client_crud", action="Delete", id=client["id"]).ok


def test_refusals_come_in_their_order(shop: Shop) -> None:
    """Each one is told although everything behind it is wrong as well."""
    create(shop, email="a@example.com")
    client = create(shop).data["client"]
    wrong = {"customer_type": "business", "email": "a@example.com"}
    assert update(shop, {"id": NIL}, shop.technician, nonsense=1).code == "VALIDATION_ERROR"
    assert update(shop, {"id": NIL}, shop.technician, **wrong).code == "NOT_FOUND"
    assert update(shop, client, shop.technician, **wrong).code == "FORBIDDEN"
    assert faults(update(shop, client, **wrong)) == ["data.company_name"]
    assert update(shop, client, **wrong, company_name="x").code == "CLIENT_DUPLICATE_EMAIL"


def test_an_email_has_one_winner(shop: Shop) -> None:
    """Among those who make a client with it, and those who change theirs."""
    clients = [create(shop).data["client"] for _ in range(2)]
    for number in range(5):
        data = {"email": f"a{number}@example.com", "tax_id": f"T{number}"}
        actions = [{"action": "Create", "data": {"name": "x"} | data}] * 2
        actions += [{"action": "Update", "id": client["id"], "data": data} for client in clients]
        calls = [[("client_crud", {"action": action, "session_token": shop.admin.token})] for action in actions]
        codes = [answer["error"] and answer["error"]["code"] for (answer,) in race_in_threads(shop.bus, calls)]
        assert sorted(codes, key=str) == ["CLIENT_DUPLICATE_EMAIL"] * 3 + [None]


def test_a_task_and_the_deletion_of_its_client_exclude_each_other(shop: Shop) -> None:
    """Whoever comes first: no open task names a deleted client."""
    token = shop.admin.token
    for _ in range(8):
        client = shop.client()
        data = {**CAR, "scheduled_date": TODAY, "client_id": client["id"]}
        make = {"action": {"action": "Create", "data": data}, "session_token": token}
        delete = {"action": {"action": "Delete", "id": client["id"]}, "session_token": token}
        (made,), (deleted,) = race_in_threads(shop.bus, [[("task_crud", make)], [("client_crud", delete)]])
        codes = (made["error"] and made["error"]["code"], deleted["error"] and deleted["error"]["code"])
        assert codes in ((None, "CLIENT_HAS_ACTIVE_TASKS"), ("VALIDATION_ERROR", None))
