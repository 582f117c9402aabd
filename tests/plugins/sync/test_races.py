"""Many callers at once: each operation is claimed once, and nobody goes before their turn."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from bus.testing import wait_until
from tests.plugins.racing import Processes, Race, race_in_threads
from tests.plugins.sync.desk import Desk
from tests.plugins.sync.office import Office

THREADS, PROCESSES = 8, 4
WAITING = sa.text("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
CLAIMS = 12


@pytest.fixture(scope="session")
def processes() -> Iterator[Processes]:
    """Processes that each open a bus of their own; they live as long as the tests."""
    racers = Processes(PROCESSES, "tests.plugins.sync.racers:racers")
    yield racers
    racers.close()


@pytest.fixture(params=["threads", "processes"])
def race(request: pytest.FixtureRequest, desk: Desk) -> Callable[..., list[dict[str, Any]]]:
    """8 threads on one bus, or 4 processes with a bus each; all of them are admitted."""
    if request.param == "threads":
        run, count = race_in_threads, THREADS
    else:
        run, count = request.getfixturevalue("processes").race, PROCESSES
    racing, token = Race(desk.bus, count, run), desk.admin.token

    def start(calls_of: Callable[[int], Any]) -> list[dict[str, Any]]:
        return racing(lambda number: [(name, {**args, "session_token": token}) for name, args in calls_of(number)])

    return start


def test_no_operation_is_claimed_twice(desk: Desk, race: Any) -> None:
    desk.fill([{"entity_id": f"t-{number}"} for number in range(400)])
    answers = race(lambda _: [("sync_dequeue_batch", {"limit": 7})] * CLAIMS)
    assert all(answer["ok"] for answer in answers), answers
    claimed = Counter(item["id"] for answer in answers for item in answer["data"]["items"])
    assert set(claimed.values()) == {1}
    assert len(claimed) == min(400, len(answers) * 7)


def test_of_an_entity_one_operation_is_out_at_a_time(desk: Desk, race: Any) -> None:
    """And it is the first that is unfinished."""
    desk.fill([{"entity_id": f"t-{number % 5}"} for number in range(100)])
    answers = race(lambda _: [("sync_dequeue_batch", {"limit": 3})] * CLAIMS)
    assert all(answer["ok"] for answer in answers), answers
    claimed = [item for answer in answers for item in answer["data"]["items"]]
    assert sorted(item["entity_id"] for item in claimed) == [f"t-{number}" for number in range(5)]
    for item in claimed:
        listed = desk.admin("sync_get_operations_for_entity", entity_type="task", entity_id=item["entity_id"])
        assert item["id"] == min(other["id"] for other in listed["items"])


def test_lost_claims_are_given_back_once(desk: Desk, race: Any) -> None:
    desk.fill([{"entity_id": f"t-{number}", "status": "processing", "claimed_at": 0} for number in range(60)])
    answers = race(lambda _: [("sync_dequeue_batch", {"limit": 10})] * 3)
    assert all(answer["ok"] for answer in answers), answers
    claimed = Counter(item["id"] for answer in answers for item in answer["data"]["items"])
    while left := desk.take(limit=100):  # whoever finds all of them being claimed by others claims fewer
        claimed.update(left)
    assert len(claimed) == 60
    assert set(claimed.values()) == {1}


def test_of_two_outcomes_the_first_one_counts(desk: Desk, race: Any) -> None:
    """Completed is what all hear from then on; or it has failed once, and nobody completes it."""
    for number in range(6):
        operation = desk.in_status("processing", f"t-{number}", max_retries=9)
        desk.change(operation, claimed_at=2**53)  # the processes have clocks of their own
        args = {"operation_id": operation}
        answers = race(
            lambda racer, args=args: [
                ("sync_mark_failed", {**args, "error": "no"}) if racer % 2 else ("sync_mark_completed", args)
            ]
        )
        codes = Counter((answer["command"], answer["ok"]) for answer in answers)
        after = desk.operation(operation)
        if after["status"] == "completed":
            assert codes["sync_mark_failed", True] == 0 == codes["sync_mark_completed", False]
        else:
            assert (after["status"], after["retry_count"]) == ("pending", 1)
            assert (codes["sync_mark_failed", True], codes["sync_mark_completed", True]) == (1, 0)


def test_of_many_who_start_the_service_one_does(desk: Desk, race: Any) -> None:
    answers = race(lambda _: [("sync_start_background_service", {})])
    assert Counter(answer["ok"] for answer in answers)[True] == 1
    assert {answer["error"]["code"] for answer in answers if not answer["ok"]} == {"SYNC_ALREADY_RUNNING"}


def test_an_abandoned_operation_is_retried_or_dropped_by_one(desk: Desk, race: Any) -> None:
    operation = desk.in_status("abandoned")
    commands = ("sync_retry_operation", "sync_drop_operation")
    answers = race(lambda racer: [(commands[racer % 2], {"operation_id": operation})])
    assert Counter(answer["ok"] for answer in answers)[True] == 1
    refused = {answer["error"]["code"] for answer in answers if not answer["ok"]}
    assert refused <= {"SYNC_INVALID_STATE", "NOT_FOUND"}


def test_runs_at_once_push_everything_once_and_in_order(desk: Desk, office: Office) -> None:
    lock, busy, seen = threading.Lock(), set[str](), defaultdict[str, list[int]](list)

    def think(operation: dict[str, Any]) -> None:
        entity = operation["entity_id"]
        with lock:
            assert entity not in busy
            busy.add(entity)
        desk.operation(operation["id"])
        with lock:
            seen[entity].append(operation["id"])
            busy.remove(entity)

    office.open(think)
    desk.fill([{"entity_id": f"t-{number % 30}"} for number in range(120)])

    def run(_: int) -> list[dict[str, Any]]:
        return [desk.admin("sync_now") for _ in range(8)]

    with ThreadPoolExecutor(4) as pool:
        runs = [answer for answers in pool.map(run, range(4)) for answer in answers]
    while runs[-1]["processed_operations"]:
        runs.append(desk.admin("sync_now"))
    assert sum(answer["successful_operations"] for answer in runs) == 120
    assert [error for answer in runs for error in answer["errors"]] == []
    assert sum(map(len, seen.values())) == 120
    assert all(ids == sorted(ids) for ids in seen.values())


def test_an_operation_put_in_earlier_and_committed_later_still_goes_first(desk: Desk) -> None:
    """Whoever enqueues for the same entity meanwhile waits for that unit of work to end."""
    if desk.bus.database.kind == "sqlite":
        return  # one unit of work writes at a time
    is_in, may_end = threading.Event(), threading.Event()
    original = desk.bus.registry.find("office_order", None)
    handler = original.handler

    def slow(ctx: Any, **args: Any) -> Any:
        answer = handler(ctx, **args)
        is_in.set()
        assert may_end.wait(10)
        return answer

    original.handler = slow
    try:
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(desk.bus.call, "office_order", {"entity_id": "t-1", "is_paid": True})
            assert is_in.wait(10)
            second = pool.submit(desk.put, "t-1")
            wait_until(lambda: second.done() or desk.execute(WAITING), what="the second one to wait, or to be done")
            assert desk.take() == []
            may_end.set()
            assert first.result().ok
            later = second.result()
    finally:
        original.handler = handler
    [taken] = desk.take()
    assert taken < later
