"""Every command on an operation of every status: where it leads, or that it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.sync.moments import iso_text
from tests.plugins.identity.caller import START_MS
from tests.plugins.sync.desk import SECOND_MS, STATUSES, Desk

#: (status, command) -> the status then; what is not here is SYNC_INVALID_STATE.
MOVES = {
    ("processing", "sync_mark_completed"): "completed",
    ("completed", "sync_mark_completed"): "completed",
    ("processing", "sync_mark_failed"): "pending",
    ("abandoned", "sync_retry_operation"): "pending",
    ("abandoned", "sync_drop_operation"): None,
}
COMMANDS = ("sync_mark_completed", "sync_mark_failed", "sync_retry_operation", "sync_drop_operation")


def args_of(command: str, operation: int) -> dict[str, Any]:
    return {"operation_id": operation} | ({"error": "no"} if command == "sync_mark_failed" else {})


@pytest.mark.any_database
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_moves_what_the_table_says_and_nothing_else(desk: Desk, status: str, command: str) -> None:
    operation = desk.in_status(status)
    if status == "processing":
        desk.change(operation, max_retries=2)
    before = desk.operation(operation)
    assert before["status"] == status
    answer = desk.admin.envelope(command, **args_of(command, operation))
    if (status, command) not in MOVES:
        assert answer.error["code"] == "SYNC_INVALID_STATE"
        assert answer.error["details"] == {"operation_id": operation, "status": status}
        assert desk.operation(operation) == before
    elif (then := MOVES[status, command]) is None:
        assert answer.data == before
        assert desk.admin.code("sync_get_operation", operation_id=operation) == "NOT_FOUND"
    else:
        assert answer.data["status"] == then
        assert desk.operation(operation) == answer.data


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_is_pending_is_dequeued(desk: Desk, status: str) -> None:
    operation = desk.in_status(status)
    assert desk.take() == ([operation] if status == "pending" else [])


@pytest.mark.parametrize("command", [*COMMANDS, "sync_get_operation"])
@pytest.mark.parametrize("operation", [1, 2**63 - 1])
def test_what_is_not_there_is_not_found(desk: Desk, command: str, operation: int) -> None:
    error = desk.admin.refusal(command, **args_of(command, operation))
    assert error["code"] == "NOT_FOUND"
    assert error["details"] == {"entity": "sync_operation", "id": str(operation)}


@pytest.mark.any_database
@pytest.mark.parametrize("command", [*COMMANDS, "sync_get_operation"])
@pytest.mark.parametrize("operation", [0, -1, "1", 1.0, True, None, 2**63])
def test_what_is_no_id_is_refused(desk: Desk, command: str, operation: Any) -> None:
    error = desk.admin.refusal(command, **args_of(command, operation))
    assert error["code"] == "VALIDATION_ERROR"
    assert list(error["details"]["fields"]) == ["operation_id"]


def test_dequeuing_answers_what_is_stored(desk: Desk) -> None:
    operation = desk.put(data={"a": 1}, timestamp_utc="2020-01-01T00:00Z")
    desk.clock.advance(SECOND_MS)
    [taken] = desk.admin("sync_dequeue_batch")["items"]
    assert taken == desk.operation(operation)
    assert (taken["status"], taken["updated_at"]) == ("processing", iso_text(START_MS + SECOND_MS))
    assert taken["created_at"] == iso_text(START_MS)


def test_completed_twice_is_completed_once(desk: Desk) -> None:
    """The second time nothing changes, whenever it is said."""
    operation = desk.put()
    desk.take()
    first = desk.complete(operation)
    desk.clock.advance(SECOND_MS)
    assert desk.complete(operation) == first


def test_after_each_failure_it_rests_twice_as_long_and_the_last_one_abandons_it(desk: Desk) -> None:
    operation = desk.put(max_retries=12)
    rests = []
    for tries in range(1, 12):
        assert desk.take() == [operation]
        failed = desk.fail(operation, f"failure {tries}")
        assert (failed["status"], failed["retry_count"]) == ("pending", tries)
        assert failed["last_error"] == f"failure {tries}"
        rests.append(desk.row(operation).next_retry_at - desk.clock.now_ms())
        assert failed["next_retry_at"] == iso_text(desk.clock.now_ms() + rests[-1])
    assert rests == [second * SECOND_MS for second in (1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)]
    desk.take()
    last = desk.fail(operation, "the last")
    assert (last["status"], last["retry_count"], last["next_retry_at"]) == ("abandoned", 12, None)
    assert last["last_error"] == "the last"


def test_what_is_completed_after_a_failure_rests_no_more(desk: Desk) -> None:
    """What went wrong before stays on record."""
    operation = desk.put()
    desk.take()
    desk.fail(operation)
    desk.take()
    completed = desk.complete(operation)
    assert (completed["next_retry_at"], completed["retry_count"], completed["last_error"]) == (None, 1, "it rains")


@pytest.mark.any_database
@pytest.mark.parametrize("error", ["", "x" * 2001, None, 5])
def test_a_failure_is_told_in_1_to_2000_characters(desk: Desk, error: Any) -> None:
    operation = desk.in_status("processing")
    refusal = desk.admin.refusal("sync_mark_failed", operation_id=operation, error=error)
    assert refusal["code"] == "VALIDATION_ERROR"
    assert desk.status(operation) == "processing"
    assert desk.fail(operation, "x" * 2000)["last_error"] == "x" * 2000


def test_an_entitys_operations_are_listed_the_newest_change_first(desk: Desk) -> None:
    moments = ["2026-01-01T00:00Z", "2026-01-03T00:00Z", "2026-01-02T00:00Z", "2026-01-03T00:00Z"]
    ids = [desk.put("t-1", timestamp_utc=moment) for moment in moments]
    desk.put("t-2")
    desk.put("t-1", entity_type="photo")
    listed = desk.admin("sync_get_operations_for_entity", entity_id=" t-1 ", entity_type="task")
    assert [item["id"] for item in listed["items"]] == [ids[3], ids[1], ids[2], ids[0]]
    assert listed["total_count"] == 4
    assert listed["items"][0] == desk.operation(ids[3])
    empty = desk.admin("sync_get_operations_for_entity", entity_id="t-3", entity_type="task")
    assert empty == {"items": [], "total_count": 0}


@pytest.mark.any_database
@pytest.mark.parametrize(
    "args", [{"entity_id": "t-1"}, {"entity_type": "task"}, {"entity_id": "t", "entity_type": "x"}]
)
def test_an_entity_has_a_type_and_an_id(desk: Desk, args: dict[str, Any]) -> None:
    assert desk.admin.code("sync_get_operations_for_entity", **args) == "VALIDATION_ERROR"
