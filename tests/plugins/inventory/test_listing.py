"""Lists of materials, what is low, what has expired, and what all of it is worth."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.plugins.inventory.store import Store
from tests.plugins.tasks.shop import Shop


def listed(shop: Shop, **args: Any) -> dict[str, Any]:
    return shop.viewer("material_list", **args)


def names(shop: Shop, command: str = "material_list", **args: Any) -> list[str]:
    return [item["name"] for item in shop.viewer(command, **args)["items"]]


def test_a_list_comes_in_parts_by_name(shop: Shop, store: Store) -> None:
    """Letter case sorts nothing; equal names stand in the order of their making."""
    made = [store.material(name=name) for name in ("b", "C", "É", "a", "B", "e", "b")]

    def part(**args: Any) -> tuple[list[str], tuple[int, ...]]:
        answer = listed(shop, **args)
        return [item["name"] for item in answer["items"]], tuple(
            answer[name] for name in ("total_count", "limit", "offset")
        )

    every = ["a", "b", "B", "b", "C", "e", "É"]
    assert part() == part(limit=None, offset=None, active_only=None, search=None) == (every, (7, 50, 0))
    assert [item["id"] for item in listed(shop)["items"][1:4]] == [made[0]["id"], made[4]["id"], made[6]["id"]]
    assert listed(shop)["items"][0] == made[3]
    assert part(limit=2, offset=3) == (["b", "C"], (7, 2, 3))
    assert part(limit=0, offset=-1) == (["a"], (7, 1, 0))
    assert part(limit=10_000, offset=7) == ([], (7, 200, 7))
    assert part(offset=2**62)[0] == []


def test_every_filter_narrows(shop: Shop, store: Store) -> None:
    store.material(name="t", material_type="tool")
    store.material(name="c", category="Films")
    gone = store.material(name="g", category="Films", material_type="tool")
    shop.admin("material_delete", id=gone["id"])
    assert names(shop, material_type="tool") == ["t"]
    assert names(shop, category="Films") == names(shop, category=" Films ") == ["c"]
    assert names(shop, category="films") == names(shop, category="Film") == []
    assert names(shop, active_only=True) == ["c", "t"]
    assert names(shop, active_only=False) == ["c", "g", "t"]
    assert names(shop, active_only=False, material_type="tool", category="Films") == ["g"]
    assert listed(shop, active_only=False, material_type="tool", limit=1)["total_count"] == 2


def test_a_search_is_literal_and_blind_to_letter_case(shop: Shop, store: Store) -> None:
    """A part of SKU, name, description or brand, as they are now; accents count."""
    store.material(name="100% film", description="line\nbreak_1", sku="Z-1")
    made = store.material(name="élan", brand='O"Neil*', sku="N-77", category="secret")
    for search, found in {
        "%": ["100% film"],
        "_": ["100% film"],
        "FILM": ["100% film"],
        "LINE\nBREAK": ["100% film"],
        "É": ["élan"],
        "e\u0301l": ["élan"],
        "elan": [],
        'o"neil*': ["élan"],
        "n-77": ["élan"],
        " film ": ["100% film"],
        "secret": [],
        "z-1100": [],
        "z-1\x1f100": [],
    }.items():
        assert names(shop, search=search) == found, search
    assert len(names(shop, search=" ")) == 2
    store.update(made["id"], name="Elan", brand=None)
    assert names(shop, search="neil") == names(shop, search="é") == []
    assert names(shop, search="ELAN") == ["Elan"]


@pytest.mark.any_database
def test_a_filter_that_does_not_fit_is_refused_by_name(shop: Shop) -> None:
    for name, bad in (
        ("material_type", "film"),
        ("active_only", 1),
        ("active_only", "true"),
        ("limit", "1"),
        ("limit", True),
        ("offset", 1.5),
        ("search", 1),
        ("page", 1),
        ("sort_by", "name"),
    ):
        refusal = shop.viewer.refusal("material_list", **{name: bad})
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [name]), (name, bad)


def test_low_is_what_has_come_down_to_its_minimum(shop: Shop, store: Store) -> None:
    """Active ones, the smallest stock first, equal ones in the order of their making."""
    store.material(2, name="at", minimum_stock=2)
    store.material(2.001, name="above", minimum_stock=2)
    store.material(1, name="below", minimum_stock=2)
    store.material(name="no minimum")
    store.material(name="nothing", minimum_stock=0)
    store.material(1, name="equal", minimum_stock=1)
    gone = store.material(name="gone", minimum_stock=2)
    shop.admin("material_delete", id=gone["id"])
    assert names(shop, "material_get_low_stock") == ["nothing", "below", "equal", "at"]
    assert shop.viewer("material_get_low_stock")["total_count"] == 4
    assert shop.viewer("material_get_stats")["low_stock_materials"] == 4


def test_expired_is_what_has_reached_its_date(shop: Shop, store: Store) -> None:
    """Active ones, the longest expired first."""
    now_ms = shop.clock.now_ms()
    for name, expiry_date in (("now", now_ms), ("later", now_ms + 1), ("past", 0), ("never", None), ("again", 0)):
        store.material(name=name, expiry_date=expiry_date)
    gone = store.material(name="gone", expiry_date=1)
    shop.admin("material_delete", id=gone["id"])
    assert names(shop, "material_get_expired") == ["past", "again", "now"]
    assert shop.viewer("material_get_stats")["expired_materials"] == 3
    shop.clock.advance(1)
    assert names(shop, "material_get_expired") == ["past", "again", "now", "later"]
    assert shop.viewer("material_get_expired")["total_count"] == 4


def test_statistics_of_an_empty_store(shop: Shop) -> None:
    assert shop.viewer("material_get_stats") == {
        "total_materials": 0,
        "active_materials": 0,
        "low_stock_materials": 0,
        "expired_materials": 0,
        "total_value": 0,
        "materials_by_type": {},
    }


def test_the_worth_of_the_store_is_added_up_before_it_is_rounded(shop: Shop, store: Store) -> None:
    """Each is worth 0.00495, which would be nothing; the discontinued and those of unknown cost are."""
    for number in range(3):
        store.material(0.099, unit_cost=0.05, material_type=("tool", "adhesive", "tool")[number])
    store.material(1_000_000)
    gone = store.material(7, unit_cost=7)
    shop.admin("material_delete", id=gone["id"])
    statistics = shop.viewer("material_get_stats")
    assert statistics["total_value"] == 0.01
    assert statistics["materials_by_type"] == {"tool": 2, "adhesive": 1, "ppf_film": 1}
    assert (statistics["total_materials"], statistics["active_materials"]) == (5, 4)
    store.material(0.001, unit_cost=0.15)
    assert shop.viewer("material_get_stats")["total_value"] == 0.02


def test_the_worth_of_a_dear_store_is_exact(shop: Shop, store: Store, rng: random.Random) -> None:
    """To the cent, where products no longer fit into 64 bits."""
    amounts = [(rng.randrange(10**9, 3 * 10**9), rng.randrange(10**10, 3 * 10**10)) for _ in range(5)]
    for stock, cost in amounts:
        store.set(store.material()["id"], current_stock=stock, unit_cost=cost)
    exact = Decimal(sum(stock * cost for stock, cost in amounts)).scaleb(-7)
    worth = shop.viewer("material_get_stats")["total_value"]
    assert Decimal(repr(worth)) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_dearest_store_has_a_worth(shop: Shop, store: Store) -> None:
    """Nothing overflows where all is as much and as dear as may be."""
    for _ in range(12):
        store.set(store.material()["id"], current_stock=10**12, unit_cost=10**13)
    store.set(store.material()["id"], current_stock=10**12 - 1, unit_cost=10**13 - 1)
    worth = shop.viewer("material_get_stats")["total_value"]
    assert worth == pytest.approx(13 * 10**18)
    assert worth < 13 * 10**18
