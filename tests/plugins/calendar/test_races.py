"""Two who schedule at once: one technician's hour has one winner, on both databases."""

from __future__ import annotations

import itertools
from typing import Any

from tests.plugins.racing import race_in_threads
from tests.plugins.tasks.shop import TODAY, Shop

RACERS, ROUNDS = 4, 10


def day(number: int) -> str:
    return f"2027-01-{number + 1:02d}"


def race(shop: Shop, tasks: list[dict[str, Any]], args_of: Any) -> list[list[dict[str, Any]]]:
    """The answers of each racer, who moves one task through all rounds."""
    token = shop.supervisor.token
    calls = [
        [
            ("calendar_schedule_task", {"task_id": task["id"], "session_token": token, **args_of(racer, number)})
            for number in range(ROUNDS)
        ]
        for racer, task in enumerate(tasks)
    ]
    return race_in_threads(shop.bus, calls)


def test_an_hour_has_one_winner(shop: Shop) -> None:
    """Every racer wants the same hour of the same days, one day after the other; no hour is booked twice."""
    tasks = [shop.task(of="technician", scheduled_date="2026-12-31") for _ in range(RACERS)]
    answers = race(shop, tasks, lambda _, number: {"new_date": day(number), "new_start": "09:00", "new_end": "10:00"})
    assert all(answer["ok"] for row in answers for answer in row), answers
    booked = [shop.stored(task["id"]) for task in tasks]
    for one, other in itertools.combinations(booked, 2):
        assert one["scheduled_date"] != other["scheduled_date"] or one["scheduled_date"] == "2026-12-31"
    winners = [answer for row in answers for answer in row if answer["data"]["scheduled"]]
    assert winners


def test_the_first_free_hour_is_booked_once(shop: Shop) -> None:
    """All begin at once, each day anew: exactly one is scheduled, the others are told who."""
    for number in range(ROUNDS):
        tasks = [shop.task(of="technician", scheduled_date=TODAY) for _ in range(RACERS)]
        time = {"new_date": day(number), "new_start": "09:00", "new_end": "10:00"}
        token = shop.supervisor.token
        calls = [
            [("calendar_schedule_task", {"task_id": task["id"], "session_token": token, **time})] for task in tasks
        ]
        answers = [answer["data"] for (answer,) in race_in_threads(shop.bus, calls)]
        assert [answer["scheduled"] for answer in answers].count(True) == 1
        winner = next(task["id"] for task, answer in zip(tasks, answers, strict=True) if answer["scheduled"])
        told = [[item["id"] for item in answer["conflicting_tasks"]] for answer in answers if not answer["scheduled"]]
        assert told == [[winner]] * (RACERS - 1)


def test_one_task_that_all_move_has_one_event(shop: Shop) -> None:
    task = shop.task(of="technician")
    answers = race(shop, [task] * RACERS, lambda racer, number: {"new_date": day((racer * 7 + number) % 28)})
    assert all(answer["data"]["scheduled"] for row in answers for answer in row), answers
    (event,) = shop.admin("get_events_for_task", task_id=task["id"])["items"]
    assert event["start_datetime"][:10] == shop.stored(task["id"])["scheduled_date"]
