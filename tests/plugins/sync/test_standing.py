"""What the queue says of itself, and how it is cleaned up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import START_MS
from tests.plugins.sync.desk import DAY_MS, MINUTE_MS, STATUSES, Desk
from tests.plugins.sync.office import Office

NOTHING = {
    "pending_operations": 0,
    "processing_operations": 0,
    "completed_operations": 0,
    "failed_operations": 0,
    "abandoned_operations": 0,
    "oldest_pending_age_seconds": None,
    "average_retry_count": 0.0,
}
QUIET = {
    "network_available": False,
    "is_running": False,
    "is_syncing": False,
    "workers": 0,
    "pending_operations": 0,
    "failed_operations": 0,
    "total_operations": 0,
    "last_sync_at": None,
    "last_sync": None,
    "errors": [],
}


def some_of_each(desk: Desk) -> None:
    """1 failed, 2 abandoned, 3 completed, 4 processing and 5 pending operations."""
    for count, status in enumerate(("failed", "abandoned", "completed", "processing", "pending"), 1):
        for number in range(count):
            desk.in_status(status, f"{status}-{number}")


def test_an_empty_queue_counts_nothing(desk: Desk) -> None:
    assert desk.admin("sync_get_metrics") == NOTHING
    assert desk.admin("sync_get_status") == QUIET


def test_every_status_is_counted(desk: Desk) -> None:
    some_of_each(desk)
    metrics = desk.admin("sync_get_metrics")
    assert [metrics[f"{status}_operations"] for status in STATUSES] == [5, 4, 3, 1, 2]
    status = desk.admin("sync_get_status")
    assert status == QUIET | {
        "is_syncing": True,
        "pending_operations": 9,
        "failed_operations": 2,
        "total_operations": 15,
    }


def test_those_whose_claim_is_lost_count_as_pending(desk: Desk) -> None:
    some_of_each(desk)
    desk.clock.advance(5 * MINUTE_MS)
    metrics, status = desk.admin("sync_get_metrics"), desk.admin("sync_get_status")
    assert (metrics["pending_operations"], metrics["processing_operations"]) == (9, 0)
    assert (status["pending_operations"], status["is_syncing"]) == (9, False)


def test_the_oldest_pending_one_is_that_of_the_oldest_change(desk: Desk) -> None:
    """In whole seconds; one that is taken is not pending, unless its claim is lost."""
    first = desk.put("t-1", timestamp_utc="2026-03-01T08:00:00.001Z")
    desk.put("t-2")
    assert desk.admin("sync_get_metrics")["oldest_pending_age_seconds"] == 3599
    assert desk.take(limit=1) == [first]
    assert desk.admin("sync_get_metrics")["oldest_pending_age_seconds"] == 0
    desk.clock.advance(5 * MINUTE_MS)
    assert desk.admin("sync_get_metrics")["oldest_pending_age_seconds"] == 3899


def test_a_change_of_tomorrow_is_not_younger_than_new(desk: Desk) -> None:
    desk.put(timestamp_utc="2026-03-02T09:00Z")
    assert desk.admin("sync_get_metrics")["oldest_pending_age_seconds"] == 0


def test_tries_are_averaged_over_what_was_abandoned(desk: Desk) -> None:
    for place, tries in enumerate((1, 2, 2)):
        operation = desk.put(f"t-{place}", max_retries=tries)
        for _ in range(tries):
            desk.take()
            desk.fail(operation)
    other = desk.put("t-9", max_retries=9)
    desk.take()
    desk.fail(other)
    assert desk.admin("sync_get_metrics")["average_retry_count"] == pytest.approx(5 / 3)


def test_the_service_is_a_flag_that_all_processes_see(desk: Desk) -> None:
    assert desk.admin("sync_start_background_service") == {"is_running": True}
    assert desk.admin("sync_get_status")["is_running"] is True
    assert desk.admin.code("sync_start_background_service") == "SYNC_ALREADY_RUNNING"
    for _ in range(2):
        assert desk.admin("sync_stop_background_service") == {"is_running": False}
        assert desk.admin("sync_get_status")["is_running"] is False
    assert desk.admin("sync_start_background_service") == {"is_running": True}


def test_a_remote_that_was_never_tried_is_not_available(desk: Desk, office: Office) -> None:
    office.open()
    assert desk.admin("sync_get_status")["network_available"] is False


@pytest.mark.parametrize(("days", "left"), [(0, 0), (1, 1), (2, 2), (3650, 3)])
def test_what_was_completed_so_long_ago_is_deleted(desk: Desk, days: int, left: int) -> None:
    """At or before that moment; whatever is not completed stays."""
    some_of_each(desk)
    completed = [row[0] for row in desk.execute(completed_ids())]
    for operation, age_ms in zip(completed, (0, 2 * DAY_MS - 1, 2 * DAY_MS), strict=True):
        desk.change(operation, updated_at=START_MS - age_ms)
    for operation in (row[0] for row in desk.execute(completed_ids(are=False))):
        desk.change(operation, updated_at=0)
    assert desk.admin("sync_cleanup_old_operations", days_old=days) == {"deleted_count": 3 - left}
    assert desk.admin("sync_get_status")["total_operations"] == 12 + left
    assert desk.admin("sync_get_metrics")["completed_operations"] == left


def completed_ids(*, are: bool = True) -> Any:
    import sqlalchemy as sa

    from plugins.sync.tables import queue

    is_completed = queue.c.status == "completed"
    return sa.select(queue.c.id).where(is_completed if are else ~is_completed).order_by(queue.c.id)


@pytest.mark.parametrize("days", [-1, 3651, "1", None, 0.5])
def test_days_are_0_to_3650(desk: Desk, days: Any) -> None:
    assert desk.admin.code("sync_cleanup_old_operations", days_old=days) == "VALIDATION_ERROR"


def test_more_than_a_page_is_cleaned_up(desk: Desk) -> None:
    desk.fill([{"entity_id": f"t-{number}", "status": "completed"} for number in range(2_500)])
    assert desk.admin("sync_cleanup_old_operations", days_old=0) == {"deleted_count": 2_500}
