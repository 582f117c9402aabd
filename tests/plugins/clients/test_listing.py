"""Reading clients: with their tasks, in pages, by words, and counted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import DAY_MS, NIL, Caller
from tests.plugins.tasks.shop import TODAY, TOMORROW, Shop


def page(shop: Shop, **filters: Any) -> dict[str, Any]:
    return shop.viewer("client_crud", action={"action": "List", "filters": filters})


def names(shop: Shop, **filters: Any) -> list[str]:
    return [item["name"] for item in page(shop, **filters)["items"]]


def search(shop: Shop, query: str, **args: Any) -> list[str]:
    answer = shop.viewer("client_crud", action="Search", query=query, **args)
    assert answer["type"] == "SearchResults"
    return [item["name"] for item in answer["items"]]


def test_a_client_is_shown_with_what_its_tasks_count(shop: Shop) -> None:
    """Live ones: open, completed, all, and the latest day of any."""
    client, other = shop.client(), shop.client()
    for status, date in (("pending", TODAY), ("paused", "2026-02-01"), ("completed", TOMORROW), ("failed", TODAY)):
        shop.task(client_id=client["id"], status=status, scheduled_date=date)
    gone = shop.task(client_id=client["id"], scheduled_date="2030-01-01")
    shop.admin("task_crud", action="Delete", id=gone["id"])
    shop.task(client_id=other["id"])
    counts = {"total_tasks": 4, "active_tasks": 2, "completed_tasks": 1, "last_task_date": TOMORROW}
    expected = client | counts
    assert shop.viewer("client_crud", action="Get", id=client["id"]) == {"type": "Found", "client": expected}
    assert expected in page(shop)["items"]
    assert shop.admin("client_crud", action="Update", id=client["id"], data={})["client"] == expected


def test_a_task_that_changes_its_client_counts_where_it_is(shop: Shop) -> None:
    one, other = shop.client(), shop.client()
    task = shop.task(client_id=one["id"])
    shop.admin("edit_task", task_id=task["id"], data={"client_id": other["id"], "status": "cancelled"})
    found = {item["id"]: item for item in page(shop)["items"]}
    assert (found[one["id"]]["total_tasks"], found[other["id"]]["total_tasks"]) == (0, 1)
    assert found[other["id"]]["active_tasks"] == 0


def test_a_list_comes_in_pages(shop: Shop) -> None:
    for number in range(5):
        shop.client(name=str(number))

    def shown(**filters: Any) -> tuple[list[str], tuple[int, ...]]:
        answer = page(shop, **filters)
        assert answer["type"] == "List"
        numbers = tuple(answer[name] for name in ("total_count", "page", "limit", "total_pages"))
        return [item["name"] for item in answer["items"]], numbers

    assert shown() == (["4", "3", "2", "1", "0"], (5, 1, 20, 1))
    assert shown(page=2, limit=2) == (["2", "1"], (5, 2, 2, 3))
    assert shown(page=4, limit=2) == ([], (5, 4, 2, 3))
    assert shown(page=2**62, limit=2)[0] == shown(page=2**62, limit=2, sort_by="total_tasks")[0] == []
    assert shown(page=0, limit=0) == (["4"], (5, 1, 1, 5))
    assert shown(limit=10_000)[1] == (5, 1, 200, 1)
    shop.admin("client_crud", action="Delete", id=page(shop)["items"][0]["id"])
    assert shown()[1] == (4, 1, 20, 1)


@pytest.mark.parametrize(
    ("sort_by", "rising"),
    [
        ("name", "abcd"),
        ("email", "bcad"),
        ("created_at", "dcba"),
        ("updated_at", "cbad"),
        ("customer_type", "cadb"),
        ("total_tasks", "dbca"),
        ("active_tasks", "dbac"),
        ("completed_tasks", "dcba"),
        ("nonsense", "dcba"),
    ],
)
def test_a_list_stands_in_the_order_asked_for(shop: Shop, sort_by: str, rising: str) -> None:
    """Letter case sorts nothing, equals stand in the order of their making, who has no email comes last both ways."""
    clients = {}
    for name, email, kind in (
        ("D", None, "individual"),
        ("c", "m@e.co", "business"),
        ("B", "a@e.co", "individual"),
        ("a", "z@e.co", "business"),
    ):
        clients[name.lower()] = shop.client(name=name, email=email, customer_type=kind, company_name="x")["id"]
        shop.clock.advance(1)
    shop.admin("client_crud", action="Update", id=clients["d"], data={"notes": "touched"})
    for name, open_tasks, completed in (("a", 0, 3), ("b", 0, 1), ("c", 2, 0)):
        for status in ["pending"] * open_tasks + ["completed"] * completed:
            shop.task(client_id=clients[name], status=status)
    expected = {"customer_type": "cadb", "active_tasks": "dbac", "completed_tasks": "dcba"}.get(sort_by, rising)
    rising_names = "".join(names(shop, sort_by=sort_by, sort_order="asc")).lower()
    falling_names = "".join(names(shop, sort_by=sort_by)).lower()
    assert rising_names == expected
    if sort_by == "email":
        assert falling_names == "acbd"
    else:
        assert falling_names == expected[::-1]


def test_words_are_found_wherever_they_stand(shop: Shop) -> None:
    """Each in at least one of the texts; literally, without letter case; by name, or as a filter of the list."""
    shop.client(name="Zoé Martin", email="zoe@films.example", phone="+33 123 45 67")
    shop.client(name="ana 100%", company_name="Films & Co", notes="likes BLUE_film")
    shop.client(name="Bo", contact_person="Martin", tax_id="SECRET")
    for query, found in {
        "martin": ["Bo", "Zoé Martin"],
        "MARTIN zoé": ["Zoé Martin"],
        "zoe martin": ["Zoé Martin"],
        "films": ["ana 100%", "Zoé Martin"],
        "co blue": ["ana 100%"],
        "100% _": ["ana 100%"],
        "123 45": ["Zoé Martin"],
        "ZOÉ": ["Zoé Martin"],
        "secret": [],
        "zoémartin": [],
    }.items():
        assert search(shop, query) == found, query
        assert sorted(names(shop, search=query)) == sorted(found), query
    assert len(names(shop, search=" ")) == 3
    assert names(shop, search="martin", customer_type="business") == []


def test_a_search_counts_all_and_shows_the_first(shop: Shop) -> None:
    for name in "cab":
        shop.client(name=f"{name} x")
    answer = shop.viewer("client_crud", action="Search", query="x", limit=2)
    assert ([item["name"] for item in answer["items"]], answer["total_count"]) == (["a x", "b x"], 3)
    assert len(search(shop, "x", limit=0)) == 1
    assert len(search(shop, "x", limit=1000)) == 3
    for args in ({}, {"query": " "}, {"query": None}, {"query": "x", "page": 1}):
        assert shop.viewer.code("client_crud", action="Search", **args) == "VALIDATION_ERROR"


def test_a_search_finds_what_a_client_is_now(shop: Shop) -> None:
    client = shop.client(name="Ana", notes="old")
    shop.admin("client_crud", action="Update", id=client["id"], data={"name": "Bea", "notes": None})
    assert search(shop, "ana") == search(shop, "old") == []
    assert search(shop, "bea") == ["Bea"]


def with_tasks(shop: Shop, by: Caller, client: dict[str, Any], **args: Any) -> list[str]:
    """The titles of a client's tasks."""
    if args:
        items = by("client_crud", action="ListWithTasks", **args)["items"]
        return [task["title"] for item in items if item["id"] == client["id"] for task in item["tasks"]]
    found = by("client_crud", action="GetWithTasks", id=client["id"])
    assert found["type"] == "FoundWithTasks"
    return [task["title"] for task in found["client"]["tasks"]]


def test_a_client_comes_with_its_tasks_the_newest_first(shop: Shop) -> None:
    """In a list at most so many of each; a technician sees those they have or made."""
    client, other = shop.client(), shop.client()
    for number in range(12):
        shop.task(title=str(number), client_id=client["id"])
    shop.task(title="own", client_id=client["id"], of="technician")
    shop.task(title="made", client_id=client["id"], by=shop.technician)
    shop.task(title="other", client_id=other["id"])
    shop.admin("task_crud", action="Delete", id=shop.task(client_id=client["id"])["id"])
    newest = ["made", "own", *(str(number) for number in reversed(range(12)))]
    assert with_tasks(shop, shop.viewer, client) == newest
    assert with_tasks(shop, shop.viewer, client, filters=None) == newest[:10]
    assert with_tasks(shop, shop.viewer, client, limit_tasks=3) == newest[:3]
    assert with_tasks(shop, shop.viewer, client, limit_tasks=1000) == newest
    assert with_tasks(shop, shop.viewer, client, limit_tasks=0) == []
    assert with_tasks(shop, shop.viewer, client, limit_tasks=-1) == []
    assert with_tasks(shop, shop.viewer, other, limit_tasks=3) == ["other"]
    assert with_tasks(shop, shop.technician, client) == ["made", "own"]
    assert with_tasks(shop, shop.technician, client, limit_tasks=1) == ["made"]
    assert with_tasks(shop, shop.technician, other) == []


def test_statistics_are_of_live_clients(shop: Shop) -> None:
    """The month is that of the calendar in UTC."""
    shop.clock.advance(-DAY_MS)
    shop.client(by=shop.people["admin"].login())
    shop.clock.advance(DAY_MS)
    worked = shop.client(customer_type="business", company_name="x")
    for _ in range(2):
        shop.task(client_id=worked["id"], status="completed")
    shop.admin("task_crud", action="Delete", id=shop.task(client_id=shop.client()["id"])["id"])
    gone = shop.client()
    shop.task(client_id=gone["id"], status="completed")
    shop.admin("client_crud", action="Delete", id=gone["id"])
    assert shop.viewer("client_crud", action="Stats") == {
        "type": "Statistics",
        "statistics": {
            "total_clients": 3,
            "individual_clients": 2,
            "business_clients": 1,
            "clients_with_tasks": 1,
            "new_clients_this_month": 2,
        },
    }


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"action": "Drop"}, "action"),
        ({}, "action"),
        ({"action": {"action": "Get", "id": NIL}, "id": NIL}, "id (beside action)"),
        ({"action": "List", "filters": {"customer_type": "friend"}}, "filters.customer_type"),
        ({"action": "List", "filters": {"sort_order": "up"}}, "filters.sort_order"),
        ({"action": "List", "filters": {"status": "x"}}, "filters.status"),
        ({"action": "ListWithTasks", "limit_tasks": "3"}, "limit_tasks"),
        ({"action": "Stats", "filters": {}}, "filters"),
    ],
)
def test_a_bad_action_is_told_where_it_is_bad(shop: Shop, args: dict[str, Any], field: str) -> None:
    refusal = shop.viewer.refusal("client_crud", **args)
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field])
