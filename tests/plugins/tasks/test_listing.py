"""Lists of tasks: pages, filters, orders, searches, and whose tasks a technician sees."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.plugins.identity.caller import NIL, Caller
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop


def page(shop: Shop, by: Caller | None = None, **filters: Any) -> dict[str, Any]:
    return (by or shop.viewer)("task_crud", action={"action": "List", "filters": filters})


def titles(shop: Shop, by: Caller | None = None, **filters: Any) -> list[str]:
    return [item["title"] for item in page(shop, by, **filters)["items"]]


def test_a_list_comes_in_pages(shop: Shop) -> None:
    """The newest first; what lies outside is moved to the nearer end."""
    for number in range(5):
        shop.task(title=str(number))

    def shown(**filters: Any) -> tuple[list[str], tuple[int, ...]]:
        answer = page(shop, **filters)
        assert answer["type"] == "List"
        numbers = tuple(answer[name] for name in ("total_count", "page", "limit", "total_pages"))
        return [item["title"] for item in answer["items"]], numbers

    assert shown() == (["4", "3", "2", "1", "0"], (5, 1, 20, 1))
    assert shown(page=2, limit=2) == (["2", "1"], (5, 2, 2, 3))
    assert shown(page=4, limit=2) == ([], (5, 4, 2, 3))
    assert shown(page=2**62, limit=2)[0] == []
    assert shown(page=0, limit=0) == (["4"], (5, 1, 1, 5))
    assert shown(page=-1, limit=-1)[1] == (5, 1, 1, 5)
    assert shown(limit=10_000)[1] == (5, 1, 200, 1)
    assert shown(page=None, limit=None)[1] == (5, 1, 20, 1)
    assert shop.viewer("task_crud", action="list")["total_count"] == 5
    assert shop.viewer("task_crud", action="list", filters=None)["total_count"] == 5


def test_an_empty_list_has_no_page(shop: Shop) -> None:
    assert page(shop) == {"type": "List", "items": [], "total_count": 0, "page": 1, "limit": 20, "total_pages": 0}


@pytest.mark.parametrize(
    ("sort_by", "rising"),
    [
        ("created_at", "abcd"),
        ("updated_at", "bcda"),
        ("scheduled_date", "dcba"),
        ("title", "abcd"),
        ("status", "dbac"),
        ("priority", "cadb"),
        ("task_number", "cbda"),
        ("nonsense", "abcd"),
        (None, "abcd"),
    ],
)
def test_a_list_stands_in_the_order_asked_for(shop: Shop, sort_by: str | None, rising: str) -> None:
    """Urgency sorts priorities, letter case sorts nothing, an unknown order is that of creation."""
    for title, date, status, priority, number in (
        ("a", "2026-03-04", "draft", "medium", "z"),
        ("B", "2026-03-03", "completed", "urgent", "B1"),
        ("c", "2026-03-02", "pending", "low", "A1"),
        ("D", "2026-03-01", "archived", "high", "b2"),
    ):
        shop.task(title=title, scheduled_date=date, status=status, priority=priority, task_number=number)
        shop.clock.advance(1)
    shop.admin("edit_task", task_id="z", data={"notes": "touched"})
    ordered = titles(shop, sort_by=sort_by, sort_order="asc")
    assert "".join(ordered).lower() == rising
    for order in ("desc", "DESC", None):
        assert titles(shop, sort_by=sort_by, sort_order=order) == ordered[::-1]
    assert titles(shop, sort_by=sort_by, sort_order=" Asc ") == ordered


def test_equals_stand_in_the_order_of_their_making(shop: Shop) -> None:
    """All made in one millisecond."""
    for number in range(6):
        shop.task(title=str(number), priority="low")
    for sort_by in ("created_at", "priority", "status", "scheduled_date"):
        assert titles(shop, sort_by=sort_by, sort_order="asc") == list("012345")
        assert titles(shop, sort_by=sort_by, sort_order="desc") == list("543210")


def test_every_filter_narrows(shop: Shop) -> None:
    client = shop.client()
    shop.task(title="t", of="technician")
    shop.task(title="c", client_id=client["id"], scheduled_date=TOMORROW)
    shop.task(title="s", status="draft")
    shop.task(title="p", priority="urgent", scheduled_date="2026-02-28")
    assert titles(shop, technician_id=shop.id_of("technician")) == ["t"]
    assert titles(shop, client_id=client["id"]) == ["c"]
    assert titles(shop, status="draft") == ["s"]
    assert titles(shop, priority="urgent") == ["p"]
    assert titles(shop, from_date=TODAY) == ["s", "c", "t"]
    assert titles(shop, to_date=TODAY) == ["p", "s", "t"]
    assert titles(shop, from_date=TODAY, to_date=TODAY) == ["s", "t"]
    assert titles(shop, status="draft", priority="urgent") == []
    assert titles(shop, technician_id=NIL) == titles(shop, client_id="nobody") == []
    names = ("status", "priority", "technician_id", "client_id", "search", "from_date", "to_date")
    assert len(titles(shop, **dict.fromkeys(names))) == 4


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("status", "done"),
        ("priority", "hot"),
        ("sort_order", "up"),
        ("from_date", "2026-02-30"),
        ("page", "1"),
        ("page", True),
        ("limit", 1.5),
        ("search", 1),
        ("nonsense", None),
    ],
)
def test_a_filter_that_does_not_fit_is_refused_by_name(shop: Shop, name: str, bad: Any) -> None:
    refusal = shop.viewer.refusal("task_crud", action="List", filters={name: bad})
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [f"filters.{name}"])


def test_a_search_is_literal_and_blind_to_letter_case(shop: Shop) -> None:
    """A part of any one of the texts; accents count, and however they are written they are the same."""
    shop.task(title="100% HOOD", description="line\nbreak_1")
    shop.task(title="élan", vehicle_plate="ÉÈ-1")
    shop.task(title="elan", customer_name='O"Neil*', task_number="N-77")
    shop.task(title="Straße")
    for search, found in {
        "%": ["100% HOOD"],
        "_": ["100% HOOD"],
        "hood": ["100% HOOD"],
        "LINE\nBREAK": ["100% HOOD"],
        "É": ["élan"],
        "e\u0301l": ["élan"],
        "éÈ-": ["élan"],
        "ELAN": ["elan"],
        'o"neil*': ["elan"],
        "n-77": ["elan"],
        "STRASSE": ["Straße"],
        " hood ": ["100% HOOD"],
        "hood x": [],
        "hoodline": [],
        "\\": [],
        "x" * 100_000: [],
    }.items():
        assert titles(shop, search=search) == found, search
    for blank in ("", "  ", None):
        assert len(titles(shop, search=blank)) == 4


def test_a_search_finds_what_a_task_is_now(shop: Shop) -> None:
    task = shop.task(title="Hood", customer_name="Ana")
    shop.admin("edit_task", task_id=task["id"], data={"title": "Doors", "customer_name": None, "priority": "low"})
    assert titles(shop, search="hood") == titles(shop, search="ana") == []
    assert titles(shop, search="doors") == ["Doors"]
    assert titles(shop, sort_by="title") == ["Doors"]


def test_a_technician_lists_what_they_have_or_made(shop: Shop) -> None:
    """Cut before everything else: counts, filters and statistics know nothing of the rest."""
    shop.task(title="own", of="technician", status="completed")
    shop.task(title="made", by=shop.technician)
    shop.task(title="other", of="colleague", status="in_progress")
    assert titles(shop, shop.technician) == ["made", "own"]
    assert page(shop, shop.technician)["total_count"] == 2
    assert titles(shop, shop.technician, technician_id=shop.id_of("colleague")) == []
    assert titles(shop, shop.technician, search="other") == []

    def statistics(by: Caller) -> dict[str, int]:
        return by("task_crud", action="GetStatistics")["statistics"]

    assert statistics(shop.technician) == {
        "total": 2,
        "completed": 1,
        "pending": 1,
        "in_progress": 0,
        "overdue": 0,
    }
    for caller in (shop.admin, shop.supervisor, shop.viewer):
        assert len(titles(shop, caller)) == 3
        assert statistics(caller)["in_progress"] == 1


def test_statistics_count_exact_statuses_and_no_deleted_task(shop: Shop) -> None:
    for status in ("overdue", "overdue", "draft"):
        shop.task(status=status)
    shop.admin("task_crud", action="Delete", id=shop.task()["id"])
    assert shop.viewer("task_crud", action="get_statistics") == {
        "type": "Statistics",
        "statistics": {"total": 3, "completed": 0, "pending": 0, "in_progress": 0, "overdue": 2},
    }


def test_pages_hold_every_task_once(shop: Shop, rng: random.Random) -> None:
    made = [shop.task(priority=rng.choice(["low", "high"]))["id"] for _ in range(23)]
    for sort_by in ("priority", "created_at", "title"):
        seen = [
            item["id"] for number in range(1, 6) for item in page(shop, sort_by=sort_by, page=number, limit=5)["items"]
        ]
        assert sorted(seen) == sorted(made)
