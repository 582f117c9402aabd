"""What interventions use: how it is recorded, what it costs, and why it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.interventions.work import Begun, Work
from tests.plugins.inventory.store import Store
from tests.plugins.tasks.shop import Shop


@pytest.fixture
def work(shop: Shop) -> Work:
    return Work(shop)


@pytest.fixture
def begun(work: Work) -> Begun:
    """The technician's work on a car."""
    return work.start(of="technician")


def use(shop: Shop, begun: Begun, material_id: str, quantity: float = 1, **said: Any) -> dict[str, Any]:
    """The use that the technician recorded."""
    ids = {"intervention_id": begun.id, "material_id": material_id}
    return shop.technician("material_record_consumption", **ids, quantity_used=quantity, **said)


def refusal(shop: Shop, begun: Begun, material_id: str, quantity: float = 1, **said: Any) -> dict[str, Any]:
    ids = {"intervention_id": begun.id, "material_id": material_id}
    return shop.technician.refusal("material_record_consumption", **ids, quantity_used=quantity, **said)


def test_a_use_is_recorded_and_the_stock_falls_by_use_and_waste(shop: Shop, store: Store, begun: Begun) -> None:
    material = store.material(10, unit_cost=1.2345, batch_number="M")
    shop.clock.advance(9)
    said = {
        "waste_quantity": 0.25,
        "waste_reason": " cut ",
        "batch_used": "B",
        "quality_notes": "good",
        "step_id": begun.step_id(2),
        "step_number": 77,
    }
    used = use(shop, begun, material["id"], 3.5, **said, recorded_by="somebody else")
    technician, now_ms = shop.id_of("technician"), shop.clock.now_ms()
    assert used == said | {
        "id": used["id"],
        "intervention_id": begun.id,
        "material_id": material["id"],
        "step_number": 2,
        "quantity_used": 3.5,
        "waste_reason": "cut",
        "unit_cost": 1.2345,
        "total_cost": 4.32,  # 4.32075: the waste is not in it
        "recorded_by": technician,
        "recorded_at": now_ms,
    }
    line = store.lines(material["id"])[-1]
    assert line == dict.fromkeys(line) | {
        "id": line["id"],
        "material_id": material["id"],
        "transaction_type": "stock_out",
        "quantity": 3.75,
        "previous_stock": 10,
        "new_stock": 6.25,
        "reference_type": "consumption",
        "reference_number": used["id"],
        "unit_cost": 1.2345,
        "total_cost": 4.63,  # 4.629375
        "batch_number": "B",
        "intervention_id": begun.id,
        "step_id": begun.step_id(2),
        "performed_by": technician,
        "performed_at": now_ms,
    }
    assert store.stock(material["id"]) == 6.25


def test_what_is_left_out_or_null_has_its_default(shop: Shop, store: Store, begun: Begun) -> None:
    material = store.material(10)
    optional = ("waste_quantity", "waste_reason", "step_id", "step_number", "batch_used", "quality_notes")
    for said in ({}, dict.fromkeys(optional)):
        used = use(shop, begun, material["id"], **said)
        assert {name: used[name] for name in optional} == dict.fromkeys(optional) | {"waste_quantity": 0}
        assert (used["unit_cost"], used["total_cost"]) == (None, None)
    assert use(shop, begun, material["id"], step_number=9)["step_number"] == 9
    assert store.lines(material["id"])[-1]["batch_number"] is None


def test_a_use_costs_what_a_unit_cost_then(shop: Shop, store: Store, begun: Begun) -> None:
    material_id = store.material(10, unit_cost=1)["id"]
    use(shop, begun, material_id)
    store.update(material_id, unit_cost=2)
    use(shop, begun, material_id)
    history = shop.viewer("material_get_consumption_history", material_id=material_id)
    assert [item["total_cost"] for item in history["items"]] == [2, 1]
    assert [line["unit_cost"] for line in store.lines(material_id)] == [None, 1, 2]


def test_waste_that_just_does_not_fit_is_refused(shop: Shop, store: Store, begun: Begun) -> None:
    material_id = store.material(1)["id"]
    before = store.everything(material_id)
    error = refusal(shop, begun, material_id, 0.9, waste_quantity=0.101)
    assert (error["code"], error["details"]) == ("INSUFFICIENT_STOCK", {"available": 1, "requested": 1.001})
    assert store.everything(material_id) == before
    use(shop, begun, material_id, 0.9, waste_quantity=0.1)
    assert store.stock(material_id) == 0


def test_refusals_come_in_their_order(shop: Shop, store: Store, work: Work) -> None:
    """Each case has every later fault as well; nothing is left behind."""
    other, own, over = work.start(of="colleague"), work.start(of="technician"), work.start(of="technician")
    shop.admin("intervention_cancel", intervention_id=over.id)
    material_id = store.material(1, expiry_date=shop.clock.now_ms())["id"]
    gone = store.material(1, expiry_date=0)["id"]
    shop.admin("material_delete", id=gone)
    nobodys = {"waste_quantity": 5, "step_id": other.step_id(1)}
    before = store.everything(material_id), store.everything(gone)

    def code(material: str, intervention_id: str, **said: Any) -> str:
        ids = {"material_id": material, "intervention_id": intervention_id}
        return shop.technician.code("material_record_consumption", **ids, **({"quantity_used": 1} | said))

    missing = {"material_id": NIL, "intervention_id": NIL, "quantity_used": 1}
    assert shop.technician.refusal("material_record_consumption", **missing)["details"]["entity"] == "material"
    assert code(NIL, NIL, quantity_used=0) == "VALIDATION_ERROR"
    missing["material_id"] = gone
    error = shop.technician.refusal("material_record_consumption", **missing)
    assert (error["code"], error["details"]) == ("NOT_FOUND", {"entity": "intervention", "id": NIL})
    assert code(gone, other.id, **nobodys) == "FORBIDDEN"
    assert code(gone, over.id, **nobodys) == "INTERVENTION_INVALID_STATE"
    assert code(gone, own.id, **nobodys) == "INTERVENTION_STEP_NOT_FOUND"
    assert code(gone, own.id, step_id=NIL) == "INTERVENTION_STEP_NOT_FOUND"
    assert code(gone, own.id, waste_quantity=5) == "MATERIAL_INACTIVE"
    assert code(material_id, own.id, waste_quantity=5) == "MATERIAL_EXPIRED"
    store.update(material_id, expiry_date=shop.clock.now_ms() + 1)
    assert code(material_id, own.id, waste_quantity=5) == "INSUFFICIENT_STOCK"
    store.set(material_id, expiry_date=before[0][0]["expiry_date"])
    assert (store.everything(material_id), store.everything(gone)) == before


def test_materials_are_used_in_what_is_at_work(shop: Shop, store: Store, work: Work) -> None:
    """In progress or paused, also by an admin; not in what has ended or not begun."""
    material_id = store.material(10)["id"]
    for status, is_at_work in (
        ("in_progress", True),
        ("paused", True),
        ("pending", False),
        ("completed", False),
        ("cancelled", False),
    ):
        begun = work.start(of="technician")
        work.set(begun.id, status=status)
        ids = {"intervention_id": begun.id, "material_id": material_id}
        envelope = shop.admin.envelope("material_record_consumption", **ids, quantity_used=1)
        assert envelope.ok == is_at_work, status
        if not is_at_work:
            assert envelope.code == "INTERVENTION_INVALID_STATE", status
            assert envelope.error["details"]["status"] == status
    assert store.stock(material_id) == 8


@pytest.mark.any_database
def test_what_does_not_fit_is_refused_by_name(shop: Shop, store: Store, begun: Begun) -> None:
    ids = {"intervention_id": begun.id, "material_id": store.material(10)["id"], "quantity_used": 1}
    for name, bad in (
        *(("quantity_used", bad) for bad in (0, -1, 0.0001, True, "1", None, 1e10)),
        *(("waste_quantity", bad) for bad in (-0.001, 0.0001, True, "1")),
        *(("step_number", bad) for bad in (0, -1, 1.5, True)),
        *((name, "x" * 2001) for name in ("waste_reason", "quality_notes")),
        ("batch_used", "x" * 201),
        ("step_id", 1),
        ("intervention_id", " "),
        ("unit_cost", 1),
    ):
        error = shop.admin.refusal("material_record_consumption", **(ids | {name: bad}))
        assert (error["code"], list(error["details"]["fields"])) == ("VALIDATION_ERROR", [name]), (name, bad)
    assert shop.admin("material_get_intervention_consumption", intervention_id=begun.id)["total_count"] == 0


def test_the_uses_of_an_intervention_and_their_sum(shop: Shop, store: Store, work: Work, begun: Begun) -> None:
    """The oldest first, one entry each; discontinued materials too, and no other intervention's."""
    film = store.material(10, name="Film", unit_cost=0.335)
    glue = store.material(10, name="Glue", material_type="adhesive")
    first = use(shop, begun, film["id"], 1)
    second = use(shop, begun, glue["id"], 2, waste_quantity=0.5)
    third = use(shop, begun, film["id"], 3)
    use(shop, work.start(of="technician"), film["id"])
    shop.admin("material_delete", id=film["id"])
    args = {"intervention_id": begun.id}
    assert shop.technician("material_get_intervention_consumption", **args) == {
        "items": [first, second, third],
        "total_count": 3,
    }
    summary = shop.viewer("material_get_intervention_summary", **args)
    assert [entry.pop("material_name") for entry in summary["materials"]] == ["Film", "Glue", "Film"]
    assert [entry.pop("material_type") for entry in summary["materials"]] == ["ppf_film", "adhesive", "ppf_film"]
    shown = ("material_id", "quantity_used", "unit_cost", "total_cost", "waste_quantity")
    assert summary == args | {
        "total_materials_used": 3,
        "total_cost": 1.35,  # 0.34 and 1.01, each rounded by itself
        "materials": [{name: used[name] for name in shown} for used in (first, second, third)],
    }


def test_an_intervention_that_used_nothing_or_is_not_there(shop: Shop, begun: Begun) -> None:
    args = {"intervention_id": begun.id}
    assert shop.viewer("material_get_intervention_consumption", **args) == {"items": [], "total_count": 0}
    empty = {"total_materials_used": 0, "total_cost": 0, "materials": []}
    assert shop.viewer("material_get_intervention_summary", **args) == args | empty
    for command in ("material_get_intervention_consumption", "material_get_intervention_summary"):
        error = shop.technician.refusal(command, intervention_id=NIL)
        assert (error["code"], error["details"]) == ("NOT_FOUND", {"entity": "intervention", "id": NIL})


def test_the_uses_of_a_material_come_in_parts_the_newest_first(shop: Shop, store: Store, begun: Begun) -> None:
    material_id, other = store.material(99)["id"], store.material(99)["id"]
    used = [use(shop, begun, material_id, number)["id"] for number in (1, 2, 3)][::-1]
    use(shop, begun, other)
    history = "material_get_consumption_history"
    whole = shop.viewer(history, material_id=material_id)
    assert [item["id"] for item in whole["items"]] == used
    assert (whole["total_count"], whole["limit"], whole["offset"]) == (3, 50, 0)
    part = shop.viewer(history, material_id=material_id, limit=1, offset=1)
    assert ([item["id"] for item in part["items"]], part["total_count"]) == ([used[1]], 3)
    assert shop.viewer(history, material_id=material_id, limit=500, offset=-5)["limit"] == 200
    assert shop.viewer(history, material_id=material_id, offset=3)["items"] == []
    assert shop.viewer.code(history, material_id=material_id, transaction_type="waste") == "VALIDATION_ERROR"


def test_what_was_used_stays_used_when_the_work_is_cancelled(shop: Shop, store: Store, begun: Begun) -> None:
    material_id = store.material(5)["id"]
    use(shop, begun, material_id, 2)
    shop.technician("intervention_cancel", intervention_id=begun.id)
    assert store.chain(material_id) == [(0, 5), (5, 3)]
    assert refusal(shop, begun, material_id)["code"] == "INTERVENTION_INVALID_STATE"
    assert shop.technician("material_get_intervention_consumption", intervention_id=begun.id)["total_count"] == 1


def test_a_repeated_key_uses_once(shop: Shop, store: Store, begun: Begun) -> None:
    material_id = store.material(5)["id"]
    args = {"intervention_id": begun.id, "material_id": material_id, "quantity_used": 1}
    token = shop.technician.token
    answers = [
        shop.bus.call("material_record_consumption", args, session_token=token, idempotency_key="k") for _ in range(2)
    ]
    assert answers[0].data == answers[1].data
    assert store.chain(material_id) == [(0, 5), (5, 4)]
