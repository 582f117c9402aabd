"""How stocks change: what may be booked, what is written down, what it costs, and who is told."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from bus.plugin import Plugin
from tests.plugins.identity.caller import Caller
from tests.plugins.inventory.store import Store
from tests.plugins.tasks.shop import PLUGINS, Shop

Heard = list[tuple[str, dict[str, Any]]]


def refused(store: Store, material_id: str, change: float) -> tuple[str, Any]:
    args = {"material_id": material_id, "quantity_change": change, "reason": "x"}
    refusal = store.shop.admin.refusal("material_update_stock", **args)
    return refusal["code"], refusal["details"]


def test_a_tenth_and_two_tenths_are_three_tenths(store: Store) -> None:
    material_id = store.material(0.1)["id"]
    assert store.change(material_id, 0.2)["current_stock"] == 0.3
    assert store.change(material_id, -0.3)["current_stock"] == 0
    assert store.change(material_id, 0.001)["current_stock"] == 0.001
    assert refused(store, material_id, -0.002) == ("INSUFFICIENT_STOCK", {"available": 0.001, "requested": 0.002})
    assert store.chain(material_id) == [(0, 0.1), (0.1, 0.3), (0.3, 0), (0, 0.001)]


def test_a_change_by_hand_is_booked_with_its_reason(shop: Shop, store: Store) -> None:
    material = store.material(50, unit_cost=2)
    shop.clock.advance(3)
    args = {"material_id": material["id"], "reason": " count\nagain ", "recorded_by": "somebody else"}
    changed = shop.technician("material_update_stock", **args, quantity_change=-20.5)
    technician, now_ms = shop.id_of("technician"), shop.clock.now_ms()
    assert changed == material | {"current_stock": 29.5, "updated_at": now_ms, "updated_by": technician}
    line = store.lines(material["id"])[-1]
    assert line == dict.fromkeys(line) | {
        "id": line["id"],
        "material_id": material["id"],
        "transaction_type": "stock_out",
        "quantity": 20.5,
        "previous_stock": 50,
        "new_stock": 29.5,
        "reference_type": "manual",
        "notes": "count\nagain",
        "performed_by": technician,
        "performed_at": now_ms,
    }


def test_a_stock_stays_within_its_limits(store: Store) -> None:
    """From nothing to exactly the maximum; without one, to a milliard."""
    tight, free = store.material(5, maximum_stock=10)["id"], store.material(999_999_999)["id"]
    assert store.change(tight, 5)["current_stock"] == 10
    assert refused(store, tight, 0.001) == ("STOCK_LIMIT_EXCEEDED", {"requested": 10.001, "maximum_stock": 10})
    assert store.change(tight, -10)["current_stock"] == 0
    assert refused(store, tight, -80) == ("INSUFFICIENT_STOCK", {"available": 0, "requested": 80})
    assert store.change(free, 1)["current_stock"] == 1_000_000_000
    assert refused(store, free, 1) == (
        "STOCK_LIMIT_EXCEEDED",
        {"requested": 1_000_000_001, "maximum_stock": 1_000_000_000},
    )


def test_a_decrease_is_allowed_above_a_limit(store: Store) -> None:
    """Another process may have left more than the maximum; what goes out is never in its way."""
    material_id = store.material(5)["id"]
    store.set(material_id, maximum_stock=2_000)
    assert store.update(material_id, name="Clear film")["maximum_stock"] == 2
    assert store.change(material_id, -1)["current_stock"] == 4
    assert store.book(material_id, "adjustment", 4)["new_stock"] == 4
    assert store.book(material_id, "adjustment", 3)["new_stock"] == 3
    assert refused(store, material_id, 0.001)[0] == "STOCK_LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("kind", "quantity", "new_stock"),
    [
        ("stock_in", 2.5, 12.5),
        ("return", 2.5, 12.5),
        ("stock_out", 2.5, 7.5),
        ("waste", 10, 0),
        ("transfer", 0.001, 9.999),
        ("adjustment", 2.5, 2.5),
        ("adjustment", 0, 0),
        ("adjustment", 10, 10),
    ],
)
def test_every_kind_of_booking_has_its_effect(store: Store, kind: str, quantity: float, new_stock: float) -> None:
    material_id = store.material(10)["id"]
    line = store.book(material_id, kind, quantity)
    assert (line["transaction_type"], line["quantity"]) == (kind, quantity)
    assert (line["previous_stock"], line["new_stock"]) == (10, new_stock)
    assert store.lines(material_id)[-1] == line
    assert store.stock(material_id) == new_stock


def test_a_booking_says_what_it_was_given(shop: Shop, store: Store) -> None:
    """Whatever it refers to is recorded and not looked up; the recorder is the caller."""
    material_id = store.material()["id"]
    said = {
        "reference_number": " R-1 ",
        "reference_type": "delivery",
        "notes": "x" * 2000,
        "unit_cost": 1.2345,
        "location_from": "dock",
        "location_to": "  ",
        "batch_number": "B",
        "expiry_date": 0,
        "intervention_id": "nobody's",
        "step_id": "s",
    }
    line = store.book(material_id, "stock_in", 3, **said, recorded_by={"any": "thing"})
    trimmed = said | {"reference_number": "R-1", "location_to": None}
    stamps = {"performed_by": shop.id_of("admin"), "performed_at": shop.clock.now_ms(), "total_cost": 3.7}
    assert line == line | trimmed | stamps
    assert store.lines(material_id) == [line]


@pytest.mark.any_database
def test_a_total_cost_is_rounded_half_up(store: Store) -> None:
    """To two digits, on exact decimals; without a cost of a unit there is none."""
    material_id = store.material()["id"]
    for cost, quantity in (
        (0.005, 1),
        (0.0049, 1),
        (1.005, 1),
        (2.675, 1),
        (0.0001, 0.001),
        (0.3333, 0.015),
        (19.99, 0.5),
        (0, 5),
        (1_000_000_000, 0.001),
        (999_999.9999, 999.999),
    ):
        line = store.book(material_id, "adjustment", quantity, unit_cost=cost)
        exact = Decimal(repr(cost)) * Decimal(repr(quantity))
        expected = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert Decimal(repr(line["total_cost"])) == expected, (cost, quantity)
        assert line["unit_cost"] == cost
    assert store.book(material_id, "adjustment", 1_000_000_000, unit_cost=1_000_000_000)["total_cost"] == 10**18
    line = store.book(material_id, "adjustment", 1)
    assert (line["unit_cost"], line["total_cost"]) == (None, None)


@pytest.mark.any_database
def test_what_does_not_fit_is_refused_by_name(shop: Shop, store: Store) -> None:
    material_id = store.material(5)["id"]
    before = store.everything(material_id)
    change = {"material_id": material_id, "quantity_change": 1, "reason": "x"}
    booking = {"material_id": material_id, "transaction_type": "stock_in", "quantity": 1}
    not_quantities = (True, "1", None, 0.0001, 1_000_000_000.001, [])
    cases: list[tuple[str, dict[str, Any], str, Any]] = [
        *(("material_update_stock", change, "quantity_change", bad) for bad in (0, -0.0, -1e10, *not_quantities)),
        *(("material_update_stock", change, "reason", bad) for bad in (None, " ", "x" * 501, 1)),
        ("material_update_stock", change, "notes", "x"),
        *(("material_create_inventory_transaction", booking, "quantity", bad) for bad in (0, -1, *not_quantities)),
        *(
            ("material_create_inventory_transaction", booking, "transaction_type", bad)
            for bad in ("in", None, "", "Return")
        ),
        *(("material_create_inventory_transaction", booking, "unit_cost", bad) for bad in (-1, 0.00001, True)),
        *(("material_create_inventory_transaction", booking, "expiry_date", bad) for bad in (-1, 1.5)),
        ("material_create_inventory_transaction", booking, "notes", "x" * 2001),
        *(
            ("material_create_inventory_transaction", booking, name, "x" * 201)
            for name in ("reference_number", "reference_type", "location_from", "location_to", "batch_number")
        ),
        ("material_create_inventory_transaction", booking, "performed_by", "x"),
    ]
    for command, args, name, bad in cases:
        refusal = shop.admin.refusal(command, **(args | {name: bad}))
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [name]), (name, bad)
    negative = booking | {"transaction_type": "adjustment", "quantity": -1}
    assert shop.admin.code("material_create_inventory_transaction", **negative) == "VALIDATION_ERROR"
    assert store.everything(material_id) == before


def test_a_refused_booking_leaves_no_trace(shop: Shop, store: Store) -> None:
    """Discontinued goes before stock and limit; the chain goes on as if nothing had been."""
    material_id = store.material(5, maximum_stock=6)["id"]
    before = store.everything(material_id)
    bookings = {"waste": 5.001, "stock_in": 1.001, "adjustment": 6.001, "transfer": 1e9, "return": 1e9}
    codes: dict[str, str] = {}
    for kind, quantity in bookings.items():
        args = {"material_id": material_id, "transaction_type": kind, "quantity": quantity}
        codes[kind] = shop.admin.code("material_create_inventory_transaction", **args)
    short, full = "INSUFFICIENT_STOCK", "STOCK_LIMIT_EXCEEDED"
    assert codes == {"waste": short, "stock_in": full, "adjustment": full, "transfer": short, "return": full}
    assert store.everything(material_id) == before
    store.change(material_id, 1)
    assert store.chain(material_id) == [(0, 5), (5, 6)]
    shop.admin("material_delete", id=material_id)
    for change in (-100, 100, 1):
        assert refused(store, material_id, change) == ("MATERIAL_INACTIVE", None)
    args = {"material_id": material_id, "transaction_type": "adjustment", "quantity": 0}
    assert shop.admin.code("material_create_inventory_transaction", **args) == "MATERIAL_INACTIVE"
    assert store.chain(material_id) == [(0, 5), (5, 6)]


def test_a_repeated_key_books_once(shop: Shop, store: Store) -> None:
    material_id = store.material(5)["id"]
    args = {"material_id": material_id, "quantity_change": -1, "reason": "x"}
    answers = [
        shop.bus.call("material_update_stock", args, session_token=shop.admin.token, idempotency_key="k")
        for _ in range(2)
    ]
    assert answers[0].data == answers[1].data
    assert store.chain(material_id) == [(0, 5), (5, 4)]


def test_the_ledger_comes_in_parts_the_newest_first(shop: Shop, store: Store) -> None:
    material_id = store.material(1)["id"]
    store.material(99)
    for kind in ("waste", "return", "waste", "return"):
        store.book(material_id, kind, 1)

    def part(**args: Any) -> tuple[str, tuple[int, ...]]:
        answer = shop.viewer("material_get_transaction_history", material_id=material_id, **args)
        kinds = "".join(line["transaction_type"][0] for line in answer["items"])
        return kinds, tuple(answer[name] for name in ("total_count", "limit", "offset"))

    assert part() == part(limit=None, offset=None, transaction_type=None) == ("rwrws", (5, 50, 0))
    assert part(limit=2, offset=1) == ("wr", (5, 2, 1))
    assert part(limit=0, offset=-3) == ("r", (5, 1, 0))
    assert part(limit=10_000, offset=2**62) == ("", (5, 200, 2**62))
    assert part(transaction_type="waste") == ("ww", (2, 50, 0))
    assert part(transaction_type="transfer") == ("", (0, 50, 0))
    for name, bad in (("transaction_type", "in"), ("limit", 1.5), ("offset", "0"), ("page", 1)):
        args = {"material_id": material_id, name: bad}
        assert shop.viewer.code("material_get_transaction_history", **args) == "VALIDATION_ERROR", name


@pytest.fixture
def heard(shop: Shop) -> Iterator[tuple[Store, Heard]]:
    """The store on a bus whose events somebody hears."""
    from bus.application import Bus

    events: Heard = []
    ear = Plugin("ear")

    @ear.hook
    def bus_event(name: str, payload: dict[str, Any]) -> None:
        events.append((name, payload))

    with Bus.open(str(shop.bus.settings.database_url), plugins=[*PLUGINS, ear], clock=shop.clock) as bus:
        listening = copy.copy(shop)
        listening.bus, listening.admin = bus, Caller(bus, shop.admin.token)
        yield Store(listening), events


def test_others_are_told_when_a_stock_comes_down_to_its_minimum(heard: tuple[Store, Heard]) -> None:
    """Once for each way down, whatever the booking; not at the start, without a minimum, or when it is refused."""
    store, events = heard
    material = store.material(1, minimum_stock=1.5, name="Film")
    store.change(store.material(1)["id"], -1)
    assert events == []
    material_id = material["id"]

    def told() -> list[float]:
        names = {name for name, _ in events}
        assert names <= {"material.low_stock"}
        stocks = [payload["current_stock"] for _, payload in events]
        events.clear()
        return stocks

    store.change(material_id, 0.5)
    store.change(material_id, -0.5)
    assert told() == []  # it was low, and it is
    store.change(material_id, 9)
    store.book(material_id, "waste", 8)
    assert told() == []
    store.book(material_id, "transfer", 0.5)
    assert events == [
        (
            "material.low_stock",
            {
                "material_id": material_id,
                "sku": material["sku"],
                "name": "Film",
                "current_stock": 1.5,
                "minimum_stock": 1.5,
            },
        )
    ]
    assert told() == [1.5]
    store.book(material_id, "adjustment", 2)
    assert refused(store, material_id, -3)[0] == "INSUFFICIENT_STOCK"
    assert told() == []
    store.book(material_id, "adjustment", 0)
    assert told() == [0]
