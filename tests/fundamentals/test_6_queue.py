"""Queueing a command: accepted now, run by a worker, answered with the same envelope."""

from __future__ import annotations

from bus import Bus
from tests.bus.worker import work


def test_a_queued_command_is_accepted_and_named(bus: Bus) -> None:
    """It is ``ok``, has no data yet, and a job to ask for."""
    envelope = bus.submit("tea_order", {"tea": "green tea", "cups": 2})
    assert envelope.ok
    assert envelope.data is None
    assert envelope.job["state"] == "queued"
    assert bus.call("tea_count").data == {"cups": 0}


def test_its_result_is_the_envelope_of_the_call(bus: Bus) -> None:
    accepted = bus.submit("tea_order", {"tea": "green tea", "cups": 2})
    work(bus)
    envelope = bus.wait(accepted.job["id"])
    assert envelope.data == {"number": 1, "cups": 2}
    assert envelope.job == {"id": accepted.job["id"], "state": "succeeded"}
    assert bus.call("tea_count").data == {"cups": 2}


def test_a_refusal_is_a_result_like_any_other(bus: Bus) -> None:
    """The job has failed; trying again would not help, so nobody does."""
    accepted = bus.submit("tea_order", {"tea": "white tea", "cups": 2})
    work(bus)
    envelope = bus.wait(accepted.job["id"])
    assert (envelope.code, envelope.job["state"]) == ("sold_out", "failed")


def test_bad_arguments_are_refused_at_once(bus: Bus) -> None:
    assert bus.submit("tea_order", {"tea": "green tea", "cups": "two"}).code == "VALIDATION_ERROR"
    assert bus.call("job_list").data["total_count"] == 0


def test_a_waiting_job_can_be_cancelled(bus: Bus) -> None:
    job_id = bus.submit("tea_order", {"tea": "green tea", "cups": 2}, delay_ms=60_000).job["id"]
    assert bus.call("job_get", {"job_id": job_id}).data["job"]["state"] == "scheduled"
    assert bus.call("job_cancel", {"job_id": job_id}).data["job"]["state"] == "cancelled"
