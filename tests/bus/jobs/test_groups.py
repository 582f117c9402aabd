"""Failures that are alike are counted together."""

from __future__ import annotations

import pytest

from bus.jobs.groups import MAX_PATTERN, masked
from tests.bus.jobs.conftest import submitted
from tests.bus.worker import work


@pytest.mark.parametrize(
    ("message", "pattern"),
    [
        ("no invoice 17 of 2030", "no invoice <n> of <n>"),
        ("no note 0190a2b4-1111-7222-8333-123456789abc.", "no note <id>."),
        ("object 5f3a9c1e77 is gone", "object <id> is gone"),
        ("decade and facade stay", "decade and facade stay"),
        ("call c-9 failed", "call <correlation id> failed"),
        ("", ""),
    ],
)
def test_what_differs_from_job_to_job_is_masked(message: str, pattern: str) -> None:
    assert masked(message, "c-9") == pattern


def test_a_long_message_is_cut() -> None:
    assert len(masked("word " * 1_000)) == MAX_PATTERN


def test_like_failures_are_one_group_the_largest_first(bus) -> None:
    """One refusal, two failures of one kind; what ended well is nowhere."""
    for text in ("fine", "no", "boom 1", "boom 2"):
        submitted(bus, "put", text, correlation_id=f"order {text}")
    work(bus)
    data = bus.call("job_groups").data
    assert (data["total_count"], data["examined_count"]) == (2, 3)
    dead, failed = data["items"]
    assert (dead["state"], dead["command"], dead["code"], dead["count"]) == ("dead", "put", "HANDLER_ERROR", 2)
    assert dead["pattern"] == "put failed; the log has the cause under the correlation id <correlation id>"
    assert (failed["state"], failed["code"], failed["count"]) == ("failed", "no", 1)
    assert failed["pattern"] == "no, because of <id> and <n>"
    newest = bus.call("job_list", {"state": "dead", "limit": 1}).data["items"][0]
    sample = bus.call("job_get", {"job_id": dead["sample_id"]}).data["job"]
    assert sample["finished_at"] == dead["newest"] == newest["finished_at"] >= dead["oldest"]


def test_groups_are_filtered_and_bounded(bus) -> None:
    for text in ("no", "boom 1", "boom 2"):
        submitted(bus, "put", text)
    cancelled = submitted(bus, "steady", "x")
    bus.call("job_cancel", {"job_id": cancelled})
    work(bus)

    def counts(**args):
        return [
            (group["command"], group["state"], group["count"]) for group in bus.call("job_groups", args).data["items"]
        ]

    assert counts(state="failed") == [("put", "failed", 1)]
    assert counts(state="cancelled") == [("steady", "cancelled", 1)]
    assert counts(state="cancelled", queue="default") == []
    assert counts(command="put@1", state="dead", most=1) == [("put", "dead", 1)]
    assert counts(command="steady") == []
    assert bus.call("job_groups", {"state": "running"}).code == "VALIDATION_ERROR"


def test_an_ended_job_is_deleted_with_all_that_belongs_to_it(bus) -> None:
    """One that has not ended is not."""
    ended, waiting = submitted(bus, "put", "boom"), submitted(bus, "put", "x", delay_ms=60_000)
    work(bus)
    with bus.database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM bus_attempt").scalar() == 1
    dropped = bus.call("job_drop", {"job_id": ended})
    assert dropped.data["job"]["state"] == "dead"
    assert bus.call("job_get", {"job_id": ended}).code == "job_not_found"
    with bus.database.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM bus_attempt").scalar() == 0
    refused = bus.call("job_drop", {"job_id": waiting})
    assert (refused.code, refused.error["details"]["state"]) == ("job_not_ended", "scheduled")
    assert bus.call("job_drop", {"job_id": ended}).code == "job_not_found"
