"""Making, reading, changing and discontinuing materials."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.inventory.store import FILM, Store
from tests.plugins.tasks.shop import Shop

#: Of every field that callers may set: what they send, and what is stored.
WHOLE: dict[str, tuple[Any, Any]] = {
    "sku": (" A-1 ", "A-1"),
    "name": ("  Clear  film ", "Clear  film"),
    "description": ("line\nbreak é", "line\nbreak é"),
    "material_type": ("adhesive", "adhesive"),
    "category": ("films", "films"),
    "subcategory": ("clear", "clear"),
    "brand": ("X", "X"),
    "model": ("M1", "M1"),
    "specifications": ({"width": 1.52, "layers": [1, None]}, {"width": 1.52, "layers": [1, None]}),
    "unit_of_measure": ("meter", "meter"),
    "current_stock": (12.5, 12.5),
    "minimum_stock": (0, 0),
    "maximum_stock": (12.500, 12.5),
    "reorder_point": (0.001, 0.001),
    "unit_cost": (0.1234, 0.1234),
    "currency": ("usd", "USD"),
    "supplier_name": ("S", "S"),
    "supplier_sku": ("S-1", "S-1"),
    "quality_grade": ("A", "A"),
    "certification": ("ISO", "ISO"),
    "expiry_date": (253_402_300_799_999, 253_402_300_799_999),
    "batch_number": ("B", "B"),
    "storage_location": ("shelf", "shelf"),
    "warehouse_id": ("  ", None),
}
#: What a material is when only what is needed is given.
DEFAULTS = {"sku": "A", "unit_of_measure": "piece", "current_stock": 0, "currency": "EUR"}
PLAIN: dict[str, Any] = dict.fromkeys(WHOLE) | DEFAULTS | FILM


def test_a_material_has_what_was_given(shop: Shop) -> None:
    material = shop.technician("material_create", **{name: given for name, (given, _) in WHOLE.items()})
    now_ms, technician = shop.clock.now_ms(), shop.id_of("technician")
    stamps = {"created_at": now_ms, "updated_at": now_ms, "created_by": technician, "updated_by": technician}
    expected = {name: stored for name, (_, stored) in WHOLE.items()} | stamps
    assert material == expected | {"id": material["id"], "is_active": True, "is_discontinued": False}
    assert shop.viewer("material_get", id=material["id"]) == material
    assert shop.viewer("material_get_by_sku", sku=" A-1 ") == material


def test_what_is_left_out_or_null_has_its_default(shop: Shop) -> None:
    for number, more in enumerate(({}, {name: None for name in PLAIN if name not in {"sku", *FILM}})):
        material = shop.admin("material_create", **FILM, **more, sku=str(number))
        assert {name: material[name] for name in PLAIN} == PLAIN | {"sku": str(number)}


@pytest.mark.any_database
def test_what_does_not_fit_is_refused_by_name(shop: Shop, store: Store) -> None:
    """In a new material and in a change; the fields that have no other limits."""
    material = store.material(sku="A")
    texts = ["category", "subcategory", "brand", "model", "supplier_name", "supplier_sku", "quality_grade"]
    texts += ["certification", "batch_number", "storage_location", "warehouse_id"]
    cases: list[tuple[str, Any]] = [
        *((name, "x" * 201) for name in texts),
        *((name, 1) for name in texts),
        *(("sku", bad) for bad in ("", "  ", "x" * 101, 1, None)),
        *(("name", bad) for bad in (" ", "x" * 201, None)),
        ("description", "x" * 2001),
        *(("material_type", bad) for bad in ("film", "PPF_FILM", None)),
        *(("unit_of_measure", bad) for bad in ("kg", "Piece")),
        *(("currency", bad) for bad in ("EURO", "E1R", "éur", 978)),
        *(("specifications", bad) for bad in ([], "x", 1)),
        *(("expiry_date", bad) for bad in (-1, 253_402_300_800_000, 1.5, "2026-01-01")),
        *((name, bad) for name in ("minimum_stock", "maximum_stock", "reorder_point") for bad in (-1, 0.0001, "1")),
        *(("unit_cost", bad) for bad in (-0.0001, 0.00001, True, 1_000_000_001)),
        *((name, True) for name in ("is_active", "is_discontinued", "nonsense")),
        *((name, "x") for name in ("id", "created_by", "updated_by", "created_at")),
    ]
    for name, bad in cases:
        refusal = shop.admin.refusal("material_create", **(FILM | {"sku": "B", name: bad}))
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [name]), (name, bad)
        refusal = shop.admin.refusal("material_update", id=material["id"], data={name: bad})
        expected = ("VALIDATION_ERROR", [f"data.{name}"])
        assert (refusal["code"], list(refusal["details"]["fields"])) == expected, (name, bad)
    for bad in (-1, 0.0001, 1_000_000_000.001, True):
        assert shop.admin.code("material_create", **FILM, sku="B", current_stock=bad) == "VALIDATION_ERROR", bad
    for name in ("unit_of_measure", "currency", "current_stock"):
        assert shop.admin.code("material_update", id=material["id"], data={name: None}) == "VALIDATION_ERROR", name
    assert shop.admin.code("material_update", id=material["id"], data={"current_stock": 1}) == "VALIDATION_ERROR"
    assert store.stored(material["id"]) == material


@pytest.mark.any_database
def test_texts_may_be_as_long_as_the_limits(store: Store) -> None:
    """Counted in characters after trimming."""
    long = {"sku": "é" * 100, "name": "😀" * 200, "description": "x" * 2000, "brand": " " + "x" * 200 + " "}
    material = store.material(**long)
    assert {name: material[name] for name in long} == {name: text.strip() for name, text in long.items()}


def test_a_sku_is_there_once_in_its_exact_spelling(shop: Shop, store: Store) -> None:
    """Among all materials, also discontinued ones; the own one may be given again."""
    first, other = store.material(sku="Film-1"), store.material(sku="FILM-1")
    shop.admin("material_delete", id=first["id"])
    taken = {"code": "MATERIAL_DUPLICATE_SKU", "details": {"sku": "Film-1"}}
    for refusal in (
        shop.admin.refusal("material_create", **FILM, sku=" Film-1"),
        shop.admin.refusal("material_update", id=other["id"], data={"sku": "Film-1"}),
    ):
        assert {name: refusal[name] for name in taken} == taken
    assert store.update(other["id"], sku="FILM-1")["sku"] == "FILM-1"
    assert shop.viewer.refusal("material_get_by_sku", sku="film-1")["details"] == {"entity": "material", "id": "film-1"}


@pytest.mark.any_database
def test_thresholds_fit_together(shop: Shop, store: Store) -> None:
    """Neither the minimum nor the reorder point lies above the maximum, in what comes out of a change as well."""
    for above in ("minimum_stock", "reorder_point"):
        refusal = shop.admin.refusal("material_create", **FILM, sku="A", maximum_stock=1, **{above: 1.001})
        assert list(refusal["details"]["fields"]) == [above]
        material = store.material(maximum_stock=5, **{above: 5})
        for data, fits in (
            ({above: 5.001}, False),
            ({"maximum_stock": 4}, False),
            ({above: 4, "maximum_stock": 4}, True),
            ({above: 9, "maximum_stock": None}, True),
            ({above: None, "maximum_stock": 1}, True),
        ):
            if fits:
                assert store.update(material["id"], **data) | data == store.stored(material["id"])
                continue
            refusal = shop.admin.refusal("material_update", id=material["id"], data=data)
            assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [f"data.{above}"])


def test_a_change_changes_what_is_given_and_null_clears(shop: Shop, store: Store) -> None:
    material = store.material(3, description="x", brand="y", unit_cost=1)
    shop.clock.advance(5)
    changed = shop.supervisor("material_update", id=material["id"], data={"brand": None, "name": " New "})
    stamps = {"updated_at": shop.clock.now_ms(), "updated_by": shop.id_of("supervisor")}
    assert changed == material | {"brand": None, "name": "New"} | stamps == store.stored(material["id"])
    shop.clock.advance(5)
    assert store.update(material["id"]) == changed


def test_every_field_can_be_changed(store: Store) -> None:
    material = store.material()
    data = {name: given for name, (given, _) in WHOLE.items() if name != "current_stock"}
    changed = store.update(material["id"], **data)
    assert {name: changed[name] for name in data} == {name: WHOLE[name][1] for name in data}
    nullable = {name: None for name, stored in changed.items() if stored is not None and PLAIN.get(name, 1) is None}
    cleared = store.update(material["id"], **nullable)
    assert len(nullable) == 17
    assert {name: cleared[name] for name in nullable} == nullable


def test_refusals_of_a_change_come_in_their_order(shop: Shop, store: Store) -> None:
    """Not found, inactive, thresholds, SKU, limit; nothing is changed."""
    store.material(sku="taken")
    material = store.material(10)
    all_wrong = {"sku": "taken", "maximum_stock": 5, "minimum_stock": 6}
    wrong: list[tuple[dict[str, Any], str]] = [
        (all_wrong, "VALIDATION_ERROR"),
        (all_wrong | {"minimum_stock": 1}, "MATERIAL_DUPLICATE_SKU"),
        ({"maximum_stock": 9.999, "name": "New"}, "STOCK_LIMIT_EXCEEDED"),
    ]
    for data, code in wrong:
        assert shop.admin.code("material_update", id=material["id"], data=data) == code
    assert store.stored(material["id"]) == material
    assert store.update(material["id"], maximum_stock=10)["maximum_stock"] == 10
    shop.admin("material_delete", id=material["id"])
    assert shop.admin.code("material_update", id=material["id"], data=all_wrong) == "MATERIAL_INACTIVE"
    assert shop.admin.code("material_update", id=NIL, data=all_wrong) == "NOT_FOUND"
    assert shop.admin.code("material_update", id=NIL, data={"nonsense": 1}) == "VALIDATION_ERROR"


def test_a_discontinued_material_stays_to_be_read(shop: Shop, store: Store) -> None:
    material = store.material(3)
    lines = store.lines(material["id"])
    shop.clock.advance(7)
    assert shop.technician("material_delete", id=material["id"]) == {"id": material["id"], "deleted": True}
    stamps = {"updated_at": shop.clock.now_ms(), "updated_by": shop.id_of("technician")}
    gone = material | {"is_active": False, "is_discontinued": True} | stamps
    assert store.stored(material["id"]) == shop.viewer("material_get_by_sku", sku=material["sku"]) == gone
    assert store.lines(material["id"]) == lines
    assert shop.admin.code("material_delete", id=material["id"]) == "MATERIAL_INACTIVE"


def test_the_first_stock_is_booked(shop: Shop, store: Store) -> None:
    material = store.material(2.5, unit_cost=4, batch_number="B", by=shop.technician)
    (line,) = store.lines(material["id"])
    assert line == dict.fromkeys(line) | {
        "id": line["id"],
        "material_id": material["id"],
        "transaction_type": "stock_in",
        "quantity": 2.5,
        "previous_stock": 0,
        "new_stock": 2.5,
        "reference_type": "initial",
        "performed_by": shop.id_of("technician"),
        "performed_at": material["created_at"],
    }
    assert store.lines(store.material(0)["id"]) == []


def test_refusals_of_a_new_material_come_in_their_order(shop: Shop, store: Store) -> None:
    """Shape, SKU, limit; nothing is left behind."""
    store.material(sku="A")
    wrong = {**FILM, "sku": "A", "current_stock": 5, "maximum_stock": 4}
    assert shop.admin.code("material_create", **wrong, minimum_stock=6) == "VALIDATION_ERROR"
    assert shop.admin.code("material_create", **wrong) == "MATERIAL_DUPLICATE_SKU"
    refusal = shop.admin.refusal("material_create", **(wrong | {"sku": "B"}))
    assert (refusal["code"], refusal["details"]) == ("STOCK_LIMIT_EXCEEDED", {"requested": 5, "maximum_stock": 4})
    assert shop.admin("material_list", active_only=False)["total_count"] == 1
    assert store.material(4, maximum_stock=4)["current_stock"] == 4


def test_a_material_that_is_not_there_is_not_found(shop: Shop) -> None:
    ids: dict[str, dict[str, Any]] = {
        "material_get": {"id": NIL},
        "material_delete": {"id": NIL},
        "material_update": {"id": NIL, "data": {}},
        "material_update_stock": {"material_id": NIL, "quantity_change": 1, "reason": "x"},
        "material_create_inventory_transaction": {"material_id": NIL, "transaction_type": "return", "quantity": 1},
        "material_record_consumption": {"material_id": NIL, "intervention_id": NIL, "quantity_used": 1},
        "material_get_transaction_history": {"material_id": NIL},
        "material_get_consumption_history": {"material_id": NIL},
    }
    for command, args in ids.items():
        refusal = shop.admin.refusal(command, **args)
        assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": "material", "id": NIL}), command
        name = "id" if "id" in args else "material_id"
        for bad in (" ", None, 1):
            assert shop.admin.code(command, **(args | {name: bad})) == "VALIDATION_ERROR", (command, bad)
