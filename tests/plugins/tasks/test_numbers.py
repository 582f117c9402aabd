"""The numbers of tasks: counted up within a day, unique for good, also when many make tasks at once."""

from __future__ import annotations

from typing import Any

from tests.plugins.identity.caller import DAY_MS
from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import CAR, TODAY, Shop

RACERS, ROUNDS = 6, 8


def number(shop: Shop, **data: Any) -> str:
    return shop.task(**data)["task_number"]


def test_numbers_count_up_within_a_day_of_utc(shop: Shop) -> None:
    assert [number(shop), number(shop)] == ["20260301-001", "20260301-002"]
    shop.clock.advance(DAY_MS)
    assert number(shop, by=shop.people["admin"].login()) == "20260302-001"


def test_the_next_number_follows_the_highest_whoever_chose_it(shop: Shop) -> None:
    """Compared as numbers; numbers of another form do not count."""
    number(shop, task_number="20260301-998")
    number(shop, task_number="20260301-x")
    number(shop, task_number="20260301-99")
    assert [number(shop) for _ in range(3)] == ["20260301-999", "20260301-1000", "20260301-1001"]


def test_a_number_stays_taken_when_its_task_is_deleted(shop: Shop) -> None:
    first = shop.task(task_number="A")
    made = number(shop)
    for reference in (first["id"], made):
        shop.admin("task_crud", action="Delete", id=reference)
    assert number(shop) == "20260301-002"
    for taken in ("A", made):
        data = {**CAR, "scheduled_date": TODAY, "task_number": taken}
        refusal = shop.admin.refusal("task_crud", action={"action": "Create", "data": data})
        assert (refusal["code"], refusal["details"]) == ("TASK_DUPLICATE_NUMBER", {"task_number": taken})
    assert number(shop, task_number="a") == "a"


def test_tasks_made_at_once_have_numbers_without_a_gap(shop: Shop) -> None:
    data = {**CAR, "scheduled_date": TODAY}
    args = {"action": {"action": "Create", "data": data}, "session_token": shop.admin.token}
    answers = race_in_threads(shop.bus, [[("task_crud", args)] * ROUNDS for _ in range(RACERS)])
    numbers = sorted(answer["data"]["task"]["task_number"] for row in answers for answer in row)
    assert numbers == [f"20260301-{count:03d}" for count in range(1, RACERS * ROUNDS + 1)]


def test_a_chosen_number_has_one_winner(shop: Shop) -> None:
    """Of any form, also of the one that is made."""
    for chosen in ("mine", "20260301-007"):
        data = {**CAR, "scheduled_date": TODAY, "task_number": chosen}
        args = {"action": {"action": "Create", "data": data}, "session_token": shop.admin.token}
        answers = race_in_threads(shop.bus, [[("task_crud", args)]] * RACERS)
        codes = [answer["error"] and answer["error"]["code"] for (answer,) in answers]
        assert sorted(codes, key=str) == [None, *["TASK_DUPLICATE_NUMBER"] * (RACERS - 1)]
