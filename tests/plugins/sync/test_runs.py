"""Runs against a third party's remote: what is pushed, in which order, and what is remembered of it."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.sync.moments import iso_text
from tests.bus.worker import work
from tests.plugins.identity.caller import START_MS
from tests.plugins.sync.desk import MINUTE_MS, SECOND_MS, Desk
from tests.plugins.sync.office import Office

EMPTY = {"processed_operations": 0, "successful_operations": 0, "failed_operations": 0, "errors": []}


def sync_now(desk: Desk) -> dict[str, Any]:
    """The answer without its duration."""
    answer = desk.admin("sync_now")
    assert answer.pop("duration_ms") >= 0
    return answer


def run_in_background(desk: Desk) -> None:
    """What happens every half minute."""
    assert desk.bus.call("office_run").ok
    work(desk.bus)


def refuse(*entities: str, error: Exception | None = None) -> Any:
    """Think nothing of these."""

    def think(operation: dict[str, Any]) -> None:
        if operation["entity_id"] in entities:
            raise error or RuntimeError("no such thing")

    return think


def away(operation: dict[str, Any]) -> None:
    raise ConnectionError("nobody there")


def test_what_is_ready_is_pushed_in_order(desk: Desk, office: Office) -> None:
    office.open()
    first = desk.put("t-1", data={"a": 1})
    desk.put("t-2", "t-3")
    desk.put("t-3", timestamp_utc="2020-01-01T00:00Z")
    assert sync_now(desk) == EMPTY | {"processed_operations": 2, "successful_operations": 2}
    assert office.entities == ["t-3", "t-1"]
    assert office.taken[1] == desk.operation(first) | {"status": "processing"}
    assert desk.status(first) == "completed"
    assert sync_now(desk)["successful_operations"] == 1
    assert office.entities == ["t-3", "t-1", "t-2"]
    assert sync_now(desk) == EMPTY


def test_one_call_pushes_ten_at_most(desk: Desk, office: Office) -> None:
    office.open()
    for place in range(12):
        desk.put(f"t-{place}")
    assert [sync_now(desk)["processed_operations"] for _ in range(3)] == [10, 2, 0]


def test_a_failed_push_is_counted_told_and_leads_to_a_rest(desk: Desk, office: Office) -> None:
    office.open(refuse("t-1"))
    failing, other = desk.put("t-1", max_retries=2), desk.put("t-2")
    told = f"operation {failing}: RuntimeError: no such thing"
    assert sync_now(desk) == {
        "processed_operations": 2,
        "successful_operations": 1,
        "failed_operations": 1,
        "errors": [told],
    }
    failed = desk.operation(failing)
    assert (failed["status"], failed["retry_count"], failed["last_error"]) == (
        "pending",
        1,
        "RuntimeError: no such thing",
    )
    assert failed["next_retry_at"] == iso_text(START_MS + SECOND_MS)
    assert desk.status(other) == "completed"
    assert sync_now(desk)["failed_operations"] == 1  # it does not wait for the rest
    assert desk.status(failing) == "abandoned"
    assert desk.admin("sync_get_status")["errors"] == [told, told]


def test_without_a_remote_nothing_is_touched(desk: Desk) -> None:
    operation = desk.operation(desk.put())
    assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"
    assert desk.operation(operation["id"]) == operation
    assert desk.admin("sync_get_status")["errors"] == []


def test_where_nobody_answers_nothing_is_touched(desk: Desk, office: Office) -> None:
    """Nor anything counted against an operation, however often it is tried."""
    office.open(away)
    operations = [desk.put(f"t-{place}", max_retries=1) for place in range(3)]
    before = [desk.row(operation) for operation in operations]
    desk.clock.advance(SECOND_MS)
    for _ in range(3):
        assert desk.admin.code("sync_now") == "SYNC_UNAVAILABLE"
    assert [desk.row(operation) for operation in operations] == before
    status = desk.admin("sync_get_status")
    assert (status["network_available"], status["last_sync_at"]) == (False, None)
    assert status["errors"] == ["nobody there"] * 3


def test_a_remote_that_goes_away_in_the_middle_leaves_the_rest_untouched(desk: Desk, office: Office) -> None:
    office.open(refuse("t-1", error=ConnectionError("gone")))
    first, *rest = (desk.put(f"t-{place}") for place in range(4))
    before = [desk.row(operation) for operation in rest]
    desk.clock.advance(SECOND_MS)
    assert sync_now(desk) == EMPTY | {"processed_operations": 1, "successful_operations": 1, "errors": ["gone"]}
    assert desk.status(first) == "completed"
    assert [desk.row(operation) for operation in rest] == before
    status = desk.admin("sync_get_status")
    assert (status["network_available"], status["last_sync_at"]) == (False, START_MS + SECOND_MS)


def test_the_status_tells_of_the_last_run(desk: Desk, office: Office) -> None:
    office.open(refuse("t-1"))
    desk.put("t-1")
    sync_now(desk)
    status = desk.admin("sync_get_status")
    assert (status["network_available"], status["last_sync_at"], len(status["errors"])) == (True, START_MS, 1)
    desk.clock.advance(SECOND_MS)
    office.think = lambda operation: None
    sync_now(desk)
    status = desk.admin("sync_get_status")
    assert (status["last_sync_at"], status["last_sync"], status["errors"]) == (START_MS + 1000, START_MS + 1000, [])
    office.is_there = False
    assert desk.admin("sync_get_status")["network_available"] is False


def test_the_last_five_errors_are_shown_until_a_run_goes_well(desk: Desk, office: Office) -> None:
    office.open(refuse(*(f"t-{place}" for place in range(7))))
    ids = [desk.put(f"t-{place}") for place in range(7)]
    sync_now(desk)
    shown = [f"operation {operation}: RuntimeError: no such thing" for operation in ids[2:]]
    assert desk.admin("sync_get_status")["errors"] == shown
    run_in_background(desk)  # not started: it pushes nothing
    assert desk.admin("sync_get_status")["errors"] == shown


def test_while_it_is_pushed_an_operation_is_being_synced(desk: Desk, office: Office) -> None:
    """No unit of work is open meanwhile: others read and write."""
    seen: list[Any] = []

    def think(operation: dict[str, Any]) -> None:
        seen.append(desk.admin("sync_get_status"))
        desk.put("t-2")

    office.open(think)
    desk.put("t-1")
    sync_now(desk)
    assert (seen[0]["is_syncing"], seen[0]["pending_operations"]) == (True, 1)
    assert desk.admin("sync_get_status")["is_syncing"] is False


def test_two_runs_at_once_push_each_operation_once(desk: Desk, office: Office) -> None:
    """The second begins while the first one is at its first push."""

    def think(operation: dict[str, Any]) -> None:
        if operation["entity_id"] == "t-0":
            assert sync_now(desk)["processed_operations"] == 2

    office.open(think)
    for place in range(12):
        desk.put(f"t-{place}")
    assert sync_now(desk)["processed_operations"] == 10
    assert sorted(office.entities) == sorted(f"t-{place}" for place in range(12))


def test_whoever_marks_it_first_decides(desk: Desk, office: Office) -> None:
    """A push that takes longer than its claim holds, or that somebody reports on meanwhile, settles nothing."""

    def think(operation: dict[str, Any]) -> None:
        desk.complete(operation["id"])
        raise RuntimeError("not me")

    office.open(think)
    operation = desk.put()
    assert sync_now(desk) == EMPTY
    assert (desk.status(operation), desk.operation(operation)["retry_count"]) == ("completed", 0)


def test_a_push_that_outlives_its_claim_settles_nothing(desk: Desk, office: Office) -> None:
    """Nor does that run push what somebody else has taken over meanwhile."""

    def think(operation: dict[str, Any]) -> None:
        desk.clock.advance(5 * MINUTE_MS)
        assert desk.take() == operations

    office.open(think)
    operations = [desk.put("t-1"), desk.put("t-2")]
    assert sync_now(desk) == EMPTY
    assert office.entities == ["t-1"]
    for operation in operations:
        assert desk.status(operation) == "processing"
        assert desk.row(operation).claimed_at == START_MS + 5 * MINUTE_MS


def test_a_claim_that_was_lost_while_the_batch_was_under_way_is_not_pushed(desk: Desk, office: Office) -> None:
    """And not settled; it waits again. What was pushed was pushed."""

    def think(operation: dict[str, Any]) -> None:
        desk.clock.advance(5 * MINUTE_MS)

    office.open(think)
    operations = [desk.put(f"t-{place}") for place in (1, 2, 3)]
    assert sync_now(desk)["processed_operations"] == 1
    assert office.entities == ["t-1"]
    assert [desk.status(operation) for operation in operations] == ["completed", "pending", "pending"]


def test_an_operation_that_vanishes_stops_nothing(desk: Desk, office: Office) -> None:
    import sqlalchemy as sa

    from plugins.sync.tables import queue

    office.open(lambda operation: desk.execute(sa.delete(queue).where(queue.c.entity_id != "t-3")))
    for place in (1, 2, 3):
        desk.put(f"t-{place}")
    assert sync_now(desk)["processed_operations"] == 1
    assert office.entities == ["t-1", "t-3"]


def test_the_background_does_nothing_until_it_is_started(desk: Desk, office: Office) -> None:
    office.open()
    operation = desk.put()
    run_in_background(desk)
    assert desk.status(operation) == "pending"
    desk.admin("sync_start_background_service")
    run_in_background(desk)
    assert desk.status(operation) == "completed"
    desk.admin("sync_stop_background_service")
    later = desk.put()
    run_in_background(desk)
    assert desk.status(later) == "pending"


def test_the_background_lets_what_failed_rest(desk: Desk, office: Office) -> None:
    office.open(refuse("t-1"))
    desk.admin("sync_start_background_service")
    operation = desk.put("t-1", max_retries=9)
    for tries in (1, 1, 2):
        run_in_background(desk)
        assert desk.operation(operation)["retry_count"] == tries
        if tries == 1:
            desk.clock.advance(SECOND_MS - 1 if desk.clock.now_ms() == START_MS else 1)
    desk.clock.advance(2 * SECOND_MS)
    office.think = lambda operation: None
    run_in_background(desk)
    assert desk.status(operation) == "completed"


def test_the_background_goes_on_until_nothing_is_due(desk: Desk, office: Office) -> None:
    """Also through the operations of one entity, of which each batch has one."""
    office.open()
    desk.admin("sync_start_background_service")
    for place in range(25):
        desk.put(f"t-{place}")
    run_in_background(desk)
    assert len(office.taken) == 25
    assert desk.admin("sync_get_status")["last_sync_at"] == START_MS


@pytest.mark.parametrize("is_there", [True, False])
def test_a_background_run_without_a_remote_is_no_failure(desk: Desk, office: Office, is_there: bool) -> None:
    """A dead job each half minute would tell nobody more than the status does."""
    if is_there:
        office.open(away)
    desk.admin("sync_start_background_service")
    operation = desk.row(desk.put())
    desk.bus.call("office_run")
    work(desk.bus)
    assert desk.row(operation.id) == operation
    status = desk.admin("sync_get_status")
    assert (status["network_available"], status["errors"]) == (False, ["nobody there"] if is_there else [])
