"""What quotes come to: exact decimals, rounded once a line and half away from zero, then added up."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.quotes import money
from tests.plugins.quotes.desk import Desk
from tests.plugins.tasks.shop import Shop

#: An item -> its line in cents, and the tax on it.
LINES: list[tuple[dict[str, Any], int, int]] = [
    ({"qty": 0.333, "unit_price": 1_000}, 333, 0),
    ({"qty": 2.5, "unit_price": 1}, 3, 0),
    ({"qty": 2.5, "unit_price": 1, "kind": "discount"}, -3, 0),
    ({"qty": 2.499, "unit_price": 1}, 2, 0),
    ({"qty": 0.001, "unit_price": 499}, 0, 0),
    ({"qty": 0.001, "unit_price": 500}, 1, 0),
    ({"qty": 1, "unit_price": 10_000, "tax_rate": 19.6}, 10_000, 1_960),
    ({"qty": 1, "unit_price": 1, "tax_rate": 50}, 1, 1),
    ({"qty": 1, "unit_price": 1, "tax_rate": 49.99}, 1, 0),
    ({"qty": 1, "unit_price": 10, "tax_rate": 5, "kind": "discount"}, -10, -1),
    ({"qty": 3, "unit_price": 7, "tax_rate": 100}, 21, 21),
    ({"qty": 1.1, "unit_price": 3, "tax_rate": 0}, 3, 0),
    ({"qty": 1.005, "unit_price": 100}, 101, 0),
    ({"qty": 1, "unit_price": 0, "tax_rate": 20}, 0, 0),
    ({"qty": 1_000_000, "unit_price": 1_000_000_000, "tax_rate": None}, 10**15, 0),
]
ITEMS = st.fixed_dictionaries(
    {
        "qty": st.integers(1, 10**12),
        "unit_price": st.integers(0, 10**9),
        "tax_rate": st.none() | st.integers(0, 10_000),
        "kind": st.sampled_from(("service", "discount")),
    }
)


@pytest.mark.any_database
def test_a_line_is_rounded_half_away_from_zero(desk: Desk) -> None:
    """Its tax is that of the rounded line; beside it stands enough for discounts."""
    for item, line_total, line_tax in LINES:
        rest = [{"qty": 1, "unit_price": 100}] if item.get("kind") == "discount" else []
        quote = desk.quote(item, *rest)
        line = quote["items"][0]
        assert (line["line_total"], line["line_tax"]) == (line_total, line_tax), item
        assert (line["qty"], line["unit_price"]) == (item["qty"], item["unit_price"])
        assert quote["subtotal"] == line_total + 100 * len(rest)
        assert quote["total"] == quote["subtotal"] + quote["tax_total"] == quote["subtotal"] + line_tax


@given(ITEMS)
@settings(max_examples=200, derandomize=True)
def test_a_line_equals_that_of_decimals(item: dict[str, Any]) -> None:
    """Of any size; the decimal module rounds half up by magnitude, which is away from zero."""
    sign = -1 if item["kind"] == "discount" else 1
    exact = Decimal(item["qty"]) * item["unit_price"] * sign
    total = int((exact / 1000).quantize(Decimal(1), ROUND_HALF_UP))
    line = money.line_of(item)
    assert line.line_total == total
    tax = Fraction(total * (item["tax_rate"] or 0), 10_000)
    assert abs(line.line_tax - tax) <= Fraction(1, 2)
    assert abs(line.line_tax) >= abs(tax) - Fraction(1, 2)
    assert abs(tax) - abs(line.line_tax) != Fraction(1, 2), "a half went towards zero"


@pytest.mark.any_database
def test_a_quote_comes_to_nothing_below_zero_and_not_to_more_than_there_is(shop: Shop, desk: Desk) -> None:
    """Neither when it is made nor by any change of its items; what was there stays."""
    less = {"kind": "discount", "unit_price": 101}
    most, more = {"qty": 1_000_000, "unit_price": 1_000_000_000}, {"unit_price": 1}
    assert desk.refused({"unit_price": 100}, less) == ["data.items"]
    assert desk.refused(most, more) == ["data.items"]
    assert desk.refused(most | {"tax_rate": 0.01}) == ["data.items"]
    assert desk.refused({"qty": 10**9, "unit_price": 10**9}) == ["data.items"]
    quote = desk.quote({"unit_price": 101}, less)
    assert quote["subtotal"] == quote["total"] == 0
    first = {"quote_id": quote["id"], "item_id": quote["items"][0]["id"]}
    for command, args, path in (
        ("quote_item_add", {"quote_id": quote["id"], "item": {"label": "x", "qty": 1, **less}}, "item"),
        ("quote_item_update", {**first, "data": {"unit_price": 100}}, "data"),
        ("quote_item_update", {**first, "data": most | {"qty": 1_000_000.001}}, "data"),
        ("quote_item_delete", first, "item_id"),
    ):
        refusal = shop.admin.refusal(command, **args)
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [path])
    assert desk.stored(quote["id"]) == quote
    assert desk.quote(most, {"unit_price": 101}, less)["total"] == 10**15


def test_a_discount_is_taxed_as_well(desk: Desk) -> None:
    taxed = {"kind": "discount", "unit_price": 1_000, "tax_rate": 19.6}
    quote = desk.quote({"unit_price": 10_000, "tax_rate": 19.6}, taxed)
    assert (quote["subtotal"], quote["tax_total"], quote["total"]) == (9_000, 1_764, 10_764)
    quote = desk.quote({"unit_price": 1_000}, taxed)
    assert (quote["subtotal"], quote["tax_total"], quote["total"]) == (0, -196, -196)


def test_the_sums_are_those_of_the_lines_whatever_the_order_of_edits(
    shop: Shop, desk: Desk, rng: random.Random
) -> None:
    """The same items, made at once or by adding, changing and deleting in any order, come to the same."""
    items = [
        {"qty": rng.randrange(1, 9_999) / 1000, "unit_price": rng.randrange(9_999), "tax_rate": rate}
        for rate in (None, 5.5, 19.6, 20, 100)
    ]
    items.append({"qty": 0.5, "unit_price": 1, "kind": "discount", "tax_rate": 20})
    expected = desk.quote({"unit_price": 10}, *items)
    sums = {name: expected[name] for name in ("subtotal", "tax_total", "total")}
    for _ in range(3):
        quote = desk.quote({"unit_price": 10}, {"unit_price": 7})
        surplus = quote["items"][1]["id"]
        for item in rng.sample(items, len(items)):
            made = desk.add(quote, position=9)["items"][-1]
            args = {"quote_id": quote["id"], "item_id": made["id"], "data": item}
            changed = shop.admin("quote_item_update", **args)
            assert changed["subtotal"] == sum(line["line_total"] for line in changed["items"])
            assert changed["tax_total"] == sum(line["line_tax"] for line in changed["items"])
        last = shop.admin("quote_item_delete", quote_id=quote["id"], item_id=surplus)
        assert {name: last[name] for name in sums} == sums
        assert desk.list()["items"][0]["item_count"] == len(items) + 1
