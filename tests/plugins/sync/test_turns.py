"""Whose turn it is: the order, entities, dependencies, and claims that are lost."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.plugins.identity.caller import START_MS
from tests.plugins.sync.desk import MINUTE_MS, STATUSES, Desk

LOST_MS = 5 * MINUTE_MS
UNFINISHED = [status for status in STATUSES if status != "completed"]


def test_the_oldest_change_goes_first(desk: Desk, rng: random.Random) -> None:
    """Of equally old ones, the one that was put in first."""
    days = [rng.randint(1, 5) for _ in range(20)]
    ids = [desk.put(f"t-{place}", timestamp_utc=f"2026-01-0{day}T00:00Z") for place, day in enumerate(days)]
    expected = sorted(ids, key=lambda operation: (days[ids.index(operation)], operation))
    assert desk.take(limit=15) + desk.take(limit=15) == expected


def test_ten_are_taken_unless_the_caller_says_otherwise(desk: Desk) -> None:
    for place in range(25):
        desk.put(f"t-{place}")
    assert [len(desk.take()), len(desk.take(limit=None)), len(desk.take(limit=1))] == [10, 10, 1]
    assert [len(desk.take(limit=100)), desk.take()] == [4, []]


@pytest.mark.parametrize("limit", [0, 101, "10", 1.5, True])
def test_a_limit_is_1_to_100(desk: Desk, limit: Any) -> None:
    assert desk.admin.code("sync_dequeue_batch", limit=limit) == "VALIDATION_ERROR"


@pytest.mark.parametrize("status", STATUSES)
def test_within_an_entity_each_waits_for_the_one_before(desk: Desk, status: str) -> None:
    """Also where the later change is older, by its clock."""
    desk.in_status(status, "t-1")
    later = desk.put("t-1", timestamp_utc="2020-01-01T00:00Z")
    assert (later in desk.take()) is (status == "completed")


def test_the_same_id_of_another_type_is_another_entity(desk: Desk) -> None:
    task, photo = desk.put("x-1"), desk.put("x-1", entity_type="photo")
    assert desk.take() == [task, photo]


def test_two_creates_and_an_update_of_one_entity_go_one_after_another(desk: Desk) -> None:
    ids = [desk.put("t-1", operation_type=kind) for kind in ("create", "create", "update")]
    for operation in ids:
        assert desk.take() == [operation]
        desk.complete(operation)
    assert desk.take() == []


@pytest.mark.parametrize("status", STATUSES)
def test_a_dependant_waits_until_what_it_needs_is_completed(desk: Desk, status: str) -> None:
    """An abandoned one holds it up as any other does."""
    desk.in_status(status, "t-1")
    dependant = desk.put("t-2", "t-1", timestamp_utc="2020-01-01T00:00Z")
    assert (dependant in desk.take()) is (status == "completed")


def test_all_dependencies_count_and_all_operations_of_each(desk: Desk) -> None:
    """Whatever their type, and those that were put in later."""
    needed = [desk.put("t-1"), desk.put("t-1", entity_type="client"), desk.put("t-3")]
    dependant = desk.put("t-2", "t-1", "t-3")
    needed.append(desk.put("t-3"))
    for operation in needed:
        assert dependant not in desk.take()
        desk.complete(operation)
    assert desk.take() == [dependant]


def test_a_dependency_without_an_operation_is_no_obstacle(desk: Desk) -> None:
    assert desk.take() == [] != [operation := desk.put("t-2", "t-1", "nothing")]
    assert desk.take() == [operation]


def test_an_operation_does_not_wait_for_itself(desk: Desk) -> None:
    """Nor for the others of its entity, but for those before it."""
    first, second = desk.put("t-1", "t-1"), desk.put("t-1", "t-1", "t-2")
    assert desk.take() == [first]
    desk.complete(first)
    assert desk.take() == [second]


def test_two_that_need_each_other_wait_for_an_operator(desk: Desk) -> None:
    desk.put("t-1", "t-2")
    desk.put("t-2", "t-1")
    other = desk.put("t-3")
    assert desk.take() == [other]


def test_what_another_process_corrects_holds_at_the_next_call(desk: Desk) -> None:
    desk.put("t-1")
    dependant = desk.put("t-2", "t-1")
    desk.take()
    desk.change(dependant, dependencies="[]")
    assert desk.take() == [dependant]


def test_a_caller_does_not_wait_for_the_rest_after_a_failure(desk: Desk) -> None:
    operation = desk.put()
    desk.take()
    desk.fail(operation)
    assert desk.take() == [operation]


def test_after_five_minutes_without_a_report_a_claim_is_lost(desk: Desk) -> None:
    operation = desk.put(max_retries=2)
    desk.take()
    desk.fail(operation)
    desk.take()
    desk.clock.advance(LOST_MS - 1)
    assert (desk.take(), desk.status(operation)) == ([], "processing")
    desk.clock.advance(1)
    assert (desk.status(operation), desk.operation(operation)["retry_count"]) == ("pending", 1)
    assert desk.take() == [operation]


@pytest.mark.parametrize("command", ["sync_mark_completed", "sync_mark_failed"])
def test_a_report_that_comes_too_late_counts_for_nothing(desk: Desk, command: str) -> None:
    """The operation waits again, and somebody else may have it already."""
    operation = desk.in_status("processing")
    desk.clock.advance(LOST_MS)
    args = {"operation_id": operation} | ({"error": "no"} if command == "sync_mark_failed" else {})
    refusal = desk.admin.refusal(command, **args)
    assert (refusal["code"], refusal["details"]["status"]) == ("SYNC_INVALID_STATE", "pending")
    assert desk.take() == [operation]


def test_a_lost_claim_still_holds_up_whoever_waits(desk: Desk) -> None:
    operation = desk.in_status("processing", "t-1")
    desk.put("t-1")
    desk.put("t-2", "t-1")
    desk.clock.advance(LOST_MS)
    assert desk.take() == [operation]


def test_only_the_claim_that_is_lost_goes_back(desk: Desk) -> None:
    first = desk.in_status("processing", "t-1")
    desk.clock.advance(LOST_MS - 1)
    second = desk.in_status("processing", "t-2")
    desk.clock.advance(1)
    assert (desk.take(), desk.status(second)) == ([first], "processing")


def test_a_claim_without_a_moment_is_no_claim(desk: Desk) -> None:
    """Whoever wrote it into the row cannot say until when it holds."""
    operation = desk.put()
    desk.change(operation, status="processing", claimed_at=None)
    assert desk.status(operation) == "pending"
    assert desk.take() == [operation]
    assert desk.row(operation).claimed_at == START_MS


@pytest.mark.parametrize("status", UNFINISHED)
def test_dropping_and_retrying_make_way(desk: Desk, status: str) -> None:
    """What is abandoned holds up its entity and its dependants; only that may be dropped."""
    operation = desk.in_status(status, "t-1")
    own, dependant = desk.put("t-1"), desk.put("t-2", "t-1")
    if status != "abandoned":
        assert desk.admin.code("sync_drop_operation", operation_id=operation) == "SYNC_INVALID_STATE"
        return
    assert desk.take() == []
    desk.admin("sync_drop_operation", operation_id=operation)
    assert desk.take() == [own]
    desk.complete(own)
    assert desk.take() == [dependant]


def test_a_retried_operation_has_all_its_tries_again(desk: Desk) -> None:
    operation = desk.put("t-1", max_retries=2)
    after = desk.put("t-1")
    for _ in range(2):
        desk.take()
        desk.fail(operation)
    retried = desk.admin("sync_retry_operation", operation_id=operation)
    assert (retried["status"], retried["retry_count"], retried["next_retry_at"]) == ("pending", 0, None)
    assert retried["last_error"] == "it rains"
    assert desk.take() == [operation]
    assert desk.fail(operation)["status"] == "pending"
    assert desk.take() == [operation]
    desk.complete(operation)
    assert desk.take() == [after]
