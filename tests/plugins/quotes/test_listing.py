"""Reading quotes in pages: filtered, searched and sorted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.quotes.desk import Desk
from tests.plugins.tasks.shop import Shop


@pytest.mark.any_database
def test_a_listed_quote_has_a_count_instead_of_items(shop: Shop, desk: Desk) -> None:
    quote = desk.quote({}, {})
    items = quote.pop("items")
    (listed,) = desk.list()["items"]
    assert listed == quote | {"item_count": len(items)}
    assert desk.add(quote)["items"]
    assert desk.list()["items"][0]["item_count"] == 3


def test_a_list_comes_in_pages(shop: Shop, desk: Desk) -> None:
    for _ in range(5):
        desk.quote()

    def shown(**filters: Any) -> tuple[str, tuple[int, ...]]:
        answer = desk.list(**filters)
        counts = tuple(answer[name] for name in ("total_count", "page", "limit", "total_pages"))
        return "".join(desk.listed(**filters)), counts

    assert shown() == ("54321", (5, 1, 20, 1))
    assert shown(page=2, limit=2) == ("32", (5, 2, 2, 3))
    assert shown(page=4, limit=2) == ("", (5, 4, 2, 3))
    assert shown(page=2**62, limit=2)[0] == ""
    assert shown(page=-1, limit=-1) == ("5", (5, 1, 1, 5))
    assert shown(limit=10_000) == ("54321", (5, 1, 100, 1))
    assert shown(page=None, limit=None, search=None, status=None, client_id=None) == shown()
    assert shop.viewer("quote_list") == shop.viewer("quote_list", filters=None) == desk.list()


def test_a_list_stands_in_the_order_asked_for(shop: Shop, desk: Desk) -> None:
    """Equals in the order of their making, in the direction of the sort; an unknown order is that of creation."""
    for price in (3, 1, 2, 1):
        desk.quote({"unit_price": price})
        shop.clock.advance(1)
    ids = {number: item["id"] for number, item in zip("4321", desk.list()["items"], strict=True)}
    shop.admin("quote_update", id=ids["2"], data={"notes": "touched"})
    shop.admin("quote_mark_sent", id=ids["1"])
    shop.admin("quote_mark_rejected", id=ids["4"])
    orders = {
        "created_at": "1234",
        "updated_at": "3124",
        "quote_number": "1234",
        "total": "2431",
        "status": "2341",
        "nonsense": "1234",
        None: "1234",
    }
    for sort_by, rising in orders.items():
        assert "".join(desk.listed(sort_by=sort_by, sort_order="ASC")) == rising, sort_by
        assert "".join(desk.listed(sort_by=sort_by)) == rising[::-1], sort_by


@pytest.mark.any_database
def test_numbers_are_sorted_as_numbers(shop: Shop, desk: Desk) -> None:
    for _ in range(3):
        desk.quote()
    ids = [item["id"] for item in desk.list()["items"]]
    desk.set(ids[1], number=100_000, quote_number="DEV-100000")
    desk.set(ids[0], number=99_999, quote_number="DEV-99999")
    assert desk.listed(sort_by="quote_number") == ["100000", "99999", "1"]


def test_only_what_was_asked_for_is_listed(shop: Shop, desk: Desk) -> None:
    other = shop.client()["id"]
    start = shop.clock.now_ms()
    desk.quote({}, notes="Étanche 100% _")
    shop.clock.advance(10)
    desk.sent({}, client_id=other, notes='say "hi"')
    shop.clock.advance(10)
    desk.quote(terms="étanche")
    for filters, found in (
        ({"client_id": other}, "2"),
        ({"client_id": NIL}, ""),
        ({"client_id": " "}, "321"),
        ({"status": "draft"}, "31"),
        ({"status": "sent"}, "2"),
        ({"status": "expired"}, ""),
        ({"date_from": start + 10}, "32"),
        ({"date_to": start + 10}, "21"),
        ({"date_from": start + 1, "date_to": start + 19}, "2"),
        ({"date_from": start + 11, "date_to": start + 9}, ""),
        ({"date_to": 0}, ""),
        ({"search": "éTANCHE"}, "1"),
        ({"search": "etanche"}, ""),
        ({"search": "%"}, "1"),
        ({"search": "_"}, "1"),
        ({"search": '"'}, "2"),
        ({"search": "dev-00003"}, "3"),
        ({"search": "00"}, "321"),
        ({"search": "1\u001fé"}, ""),
        ({"search": "00", "status": "draft", "client_id": desk.client_id, "date_from": start + 1}, "3"),
    ):
        assert "".join(desk.listed(**filters)) == found, filters
        assert desk.list(**filters)["total_count"] == len(found), filters


def test_a_search_finds_what_a_quote_says_now(shop: Shop, desk: Desk) -> None:
    quote = desk.quote(notes="old")
    shop.admin("quote_update", id=quote["id"], data={"notes": "new"})
    assert (desk.listed(search="old"), desk.listed(search="new")) == ([], ["1"])
    shop.admin("quote_update", id=quote["id"], data={"terms": "x"})
    assert desk.listed(search="new") == ["1"]


@pytest.mark.any_database
def test_a_filter_that_does_not_fit_is_refused_by_name(shop: Shop) -> None:
    for name, value in {
        "status": "done",
        "sort_order": "up",
        "date_from": "2026-01-01",
        "date_to": -1,
        "limit": "3",
        "offset": 1,
    }.items():
        refusal = shop.viewer.refusal("quote_list", filters={name: value})
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [f"filters.{name}"])
