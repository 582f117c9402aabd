"""The items of a draft: added, changed and taken out, in an order of their own."""

from __future__ import annotations

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.quotes.desk import Desk
from tests.plugins.tasks.shop import Shop


def labels(quote: dict) -> str:
    return "".join(item["label"] for item in quote["items"])


def test_items_stand_by_position_then_in_the_order_of_their_making(shop: Shop, desk: Desk) -> None:
    quote = desk.quote({"label": "c", "position": 5}, {"label": "a"}, {"label": "b"}, {"label": "d", "position": 5})
    assert labels(quote) == "abcd"
    assert [item["position"] for item in quote["items"]] == [1, 2, 5, 5]
    quote = desk.add(quote, label="e")
    assert [item["position"] for item in quote["items"]] == [1, 2, 4, 5, 5]
    assert labels(quote) == "abecd"
    args = {"quote_id": quote["id"], "item_id": quote["items"][0]["id"]}
    assert labels(shop.admin("quote_item_update", **args, data={"position": 2**62})) == "becda"
    assert labels(shop.admin("quote_item_delete", **args)) == "becd" == labels(desk.stored(quote["id"]))
    assert [item["position"] for item in desk.add(quote, label="f")["items"]] == [2, 4, 4, 5, 5]


@pytest.mark.any_database
def test_an_item_changes_where_it_is_told_to(shop: Shop, desk: Desk) -> None:
    material = desk.material()
    quote = desk.quote({"description": "x", "tax_rate": 20, "material_id": material, "kind": "material"}, {})
    shop.clock.advance(3)
    args = {"quote_id": quote["id"], "item_id": quote["items"][0]["id"]}
    changed = shop.technician("quote_item_update", **args, data={"label": " Roof ", "qty": 0.5})
    now_ms = shop.clock.now_ms()
    expected = {"label": "Roof", "qty": 0.5, "line_total": 25_000, "line_tax": 5_000, "updated_at": now_ms}
    assert changed["items"] == [quote["items"][0] | expected, quote["items"][1]]
    assert (changed["updated_at"], changed["created_at"]) == (now_ms, quote["created_at"])
    cleared = shop.admin("quote_item_update", **args, data=dict.fromkeys(("description", "tax_rate", "material_id")))
    assert cleared["items"][0] == changed["items"][0] | {
        **dict.fromkeys(("description", "tax_rate", "material_id")),
        "line_tax": 0,
    }
    for name in ("label", "qty", "unit_price", "kind", "position"):
        assert shop.admin.code("quote_item_update", **args, data={name: None}) == "VALIDATION_ERROR"


@pytest.mark.any_database
def test_an_item_of_another_quote_is_not_found(shop: Shop, desk: Desk) -> None:
    quote, other = desk.quote({}), desk.quote({})
    for item_id in (other["items"][0]["id"], NIL, quote["id"]):
        args = {"quote_id": quote["id"], "item_id": item_id}
        for command, more in (("quote_item_update", {"data": {"qty": 2}}), ("quote_item_delete", {})):
            refusal = shop.admin.refusal(command, **args, **more)
            assert (refusal["code"], refusal["details"]) == ("NOT_FOUND", {"entity": "quote_item", "id": item_id})
    assert desk.stored(other["id"]) == other


def test_a_quote_may_have_any_number_of_items(desk: Desk) -> None:
    quote = desk.quote(*[{"label": str(number)} for number in range(1_500)])
    assert [item["label"] for item in desk.stored(quote["id"])["items"]] == [str(number) for number in range(1_500)]
    assert quote["subtotal"] == 1_500 * 50_000
