"""Writing, reading, changing and deleting quotes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.quotes.desk import HOOD, Desk
from tests.plugins.tasks.shop import Shop

#: Of every field that callers may change: what they send, and what is stored.
WHOLE: dict[str, tuple[Any, Any]] = {
    "valid_until": (253_402_300_799_999, 253_402_300_799_999),
    "notes": (" two\nlines é ", "two\nlines é"),
    "terms": ("30 days", "30 days"),
    "vehicle_plate": (" AB-123-CD ", "AB-123-CD"),
    "vehicle_make": ("Citroën", "Citroën"),
    "vehicle_model": ("C4", "C4"),
    "vehicle_year": (2024, "2024"),
    "vehicle_vin": ("   ", None),
}


def test_a_quote_has_what_was_given(shop: Shop, desk: Desk) -> None:
    """The example of the specification, and every other field."""
    task, material = shop.task(), desk.material()
    items = [
        {"kind": "service", "label": " Hood ", "qty": 1, "unit_price": 50_000, "tax_rate": 20},
        {
            "kind": "material",
            "label": "Film",
            "qty": 2.0,
            "unit_price": 10_000,
            "tax_rate": 20,
            "material_id": material,
        },
    ]
    given = {name: value for name, (value, _) in WHOLE.items()} | {"task_id": task["task_number"], "items": items}
    quote = shop.technician("quote_create", data={"client_id": desk.client_id, **given})
    stamps = {"created_at": shop.clock.now_ms(), "updated_at": shop.clock.now_ms()}
    own = {"quote_id": quote["id"], "description": None, **stamps}
    lines = [
        items[0]
        | own
        | {"label": "Hood", "material_id": None, "position": 0, "line_total": 50_000, "line_tax": 10_000},
        items[1] | own | {"position": 1, "line_total": 20_000, "line_tax": 4_000},
    ]
    expected = {name: stored for name, (_, stored) in WHOLE.items()} | stamps
    expected |= {"id": quote["id"], "quote_number": "DEV-00001", "client_id": desk.client_id, "task_id": task["id"]}
    expected |= {"status": "draft", "subtotal": 70_000, "tax_total": 14_000, "total": 84_000}
    expected |= {"created_by": shop.id_of("technician")}
    expected["items"] = [line | {"id": item["id"]} for line, item in zip(lines, quote["items"], strict=True)]
    assert quote == expected == desk.stored(quote["id"])


@pytest.mark.any_database
def test_what_is_left_out_or_null_has_its_default(shop: Shop, desk: Desk) -> None:
    nothing = dict.fromkeys(("task_id", "items", *WHOLE))
    for data in ({}, nothing):
        quote = shop.admin("quote_create", data={"client_id": desk.client_id, **data})
        assert {name: quote[name] for name in nothing} == nothing | {"items": []}
        assert (quote["subtotal"], quote["tax_total"], quote["total"]) == (0, 0, 0)
    nulls = dict.fromkeys(("kind", "description", "tax_rate", "material_id", "position"))
    for item in ({}, nulls):
        (made,) = desk.quote(item)["items"]
        assert {name: made[name] for name in nulls} == nulls | {"kind": "service", "position": 0}


@pytest.mark.any_database
def test_what_does_not_fit_is_refused_by_its_path(shop: Shop, desk: Desk) -> None:
    faults: dict[str, list[dict[str, Any]]] = {
        "client_id": [{"client_id": None}, {"client_id": " "}, {"client_id": NIL}, {"client_id": 7}],
        "task_id": [{"task_id": NIL}, {"task_id": "none"}],
        "valid_until": [{"valid_until": shop.clock.now_ms()}, {"valid_until": -1}, {"valid_until": 2**48}],
        "notes": [{"notes": "x" * 5_001}],
        "terms": [{"terms": "x" * 5_001}],
        "vehicle_plate": [{"vehicle_plate": "x" * 21}],
        "vehicle_make": [{"vehicle_make": "x" * 101}],
        "vehicle_model": [{"vehicle_model": "x" * 101}],
        "vehicle_year": [{"vehicle_year": 1899}, {"vehicle_year": "24"}],
        "vehicle_vin": [{"vehicle_vin": "x" * 51}],
        "items": [{"items": {}}, {"items": "x"}],
        "status": [{"status": "sent"}],
        "total": [{"total": 1}],
    }
    for name, cases in faults.items():
        for data in cases:
            assert desk.refused(**data) == [f"data.{name}"], data
    assert shop.admin.code("quote_create", data={}) == shop.admin.code("quote_create") == "VALIDATION_ERROR"
    assert desk.list()["total_count"] == 0


@pytest.mark.any_database
def test_an_item_that_does_not_fit_is_refused_by_its_path(shop: Shop, desk: Desk) -> None:
    """In a new quote, in a new item and in a change alike."""
    faults: dict[str, list[Any]] = {
        "label": [" ", "x" * 201, None, 7],
        "description": ["x" * 1_001, 7],
        "qty": [0, -1, 1.0005, 1_000_000_000.001, 1_000_000_001, True, "1", None],
        "unit_price": [-1, 1_000_000_001, 0.5, True, "1", None],
        "tax_rate": [-1, 100.01, 19.625, True, "20"],
        "kind": ["gift", " "],
        "position": [-1, 1.5, True],
        "material_id": [NIL, 7],
        "line_total": [1],
        "id": [NIL],
    }
    quote = desk.quote({})
    (item,) = quote["items"]
    for name, values in faults.items():
        for value in values:
            given = {name: value}
            if name == "kind" and value == " ":
                continue  # null in a new item, which is the default
            assert desk.refused({}, given) == [f"data.items.1.{name}"], given
            added = shop.admin.refusal("quote_item_add", quote_id=quote["id"], item=HOOD | given)
            assert list(added["details"]["fields"]) == [f"item.{name}"], given
            args = {"quote_id": quote["id"], "item_id": item["id"], "data": given}
            assert list(shop.admin.refusal("quote_item_update", **args)["details"]["fields"]) == [f"data.{name}"], given
    for name in ("label", "qty", "unit_price"):
        lacking = {key: value for key, value in HOOD.items() if key != name}
        refusal = shop.admin.refusal("quote_item_add", quote_id=quote["id"], item=lacking)
        assert list(refusal["details"]["fields"]) == [f"item.{name}"]
    assert desk.stored(quote["id"]) == quote


def test_all_that_is_referred_to_must_be_there(shop: Shop, desk: Desk) -> None:
    """Whoever names several things that are gone learns of all of them."""
    task, client, material = shop.task(), shop.client(), desk.material()
    shop.admin("task_crud", action="Delete", id=task["id"])
    shop.admin("client_crud", action="Delete", id=client["id"])
    past = shop.clock.now_ms() - 1
    wrong = desk.refused(
        {"material_id": material},
        {"material_id": "x"},
        {},
        {"material_id": "y"},
        task_id=task["id"],
        client_id=client["id"],
        valid_until=past,
    )
    assert wrong == [
        "data.valid_until",
        "data.task_id",
        "data.client_id",
        "data.items.1.material_id",
        "data.items.3.material_id",
    ]
    shop.admin("material_delete", id=material)
    assert desk.quote({"material_id": material})["items"][0]["material_id"] == material


def test_a_change_leaves_what_it_does_not_name(shop: Shop, desk: Desk) -> None:
    quote = desk.quote({})
    shop.clock.advance(5)
    for name, (given, stored) in WHOLE.items():
        changed = shop.technician("quote_update", id=quote["id"], data={name: given})
        assert changed == quote | {name: stored, "updated_at": shop.clock.now_ms()} == desk.stored(quote["id"])
        quote = changed
    for name in WHOLE:
        assert shop.admin("quote_update", id=quote["id"], data={name: None})[name] is None


@pytest.mark.any_database
def test_a_change_of_nothing_touches_nothing(shop: Shop, desk: Desk) -> None:
    quote = desk.quote({})
    shop.clock.advance(5)
    assert shop.admin("quote_update", id=quote["id"], data={}) == quote
    item = {"quote_id": quote["id"], "item_id": quote["items"][0]["id"]}
    assert shop.admin("quote_item_update", **item, data={}) == quote == desk.stored(quote["id"])


@pytest.mark.any_database
def test_only_some_of_a_quote_can_be_changed(shop: Shop, desk: Desk) -> None:
    quote = desk.quote({})
    for name in ("client_id", "task_id", "status", "items", "total", "created_by"):
        refusal = shop.admin.refusal("quote_update", id=quote["id"], data={name: quote[name], "notes": "x"})
        assert list(refusal["details"]["fields"]) == [f"data.{name}"]
    refusal = shop.admin.refusal("quote_update", id=quote["id"], data={"valid_until": shop.clock.now_ms()})
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["data.valid_until"])
    assert desk.stored(quote["id"]) == quote


def test_a_deleted_quote_is_gone_and_its_task_stays(shop: Shop, desk: Desk) -> None:
    task = shop.task()
    quote = desk.quote({}, {}, task_id=task["id"])
    assert shop.technician("quote_delete", id=quote["id"]) == {"id": quote["id"], "deleted": True}
    missing = {"entity": "quote", "id": quote["id"]}
    for command in ("quote_get", "quote_delete", "quote_mark_sent", "quote_export_pdf"):
        refusal = shop.admin.refusal(command, id=quote["id"])
        assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", missing)
    assert desk.list()["total_count"] == 0
    assert shop.stored(task["id"]) == task


@pytest.mark.any_database
def test_what_is_checked_first_is_answered(shop: Shop, desk: Desk) -> None:
    """Shape, then the quote, then its state, then the item, then what is referred to."""
    sent, draft = desk.sent({}), desk.quote({})
    item = {"item_id": NIL, "data": {"material_id": NIL}}
    assert shop.admin.code("quote_item_update", quote_id=NIL, item_id=NIL, data={"qty": 0}) == "VALIDATION_ERROR"
    assert shop.admin.refusal("quote_item_update", quote_id=NIL, **item)["details"]["entity"] == "quote"
    assert shop.admin.code("quote_item_update", quote_id=sent["id"], **item) == "QUOTE_INVALID_STATE"
    assert shop.admin.refusal("quote_item_update", quote_id=draft["id"], **item)["details"]["entity"] == "quote_item"
    own = {"item_id": draft["items"][0]["id"], "data": item["data"]}
    assert shop.admin.code("quote_item_update", quote_id=draft["id"], **own) == "VALIDATION_ERROR"
    late = {"valid_until": shop.clock.now_ms() - 1}
    assert shop.admin.code("quote_update", id=sent["id"], data=late) == "QUOTE_INVALID_STATE"
