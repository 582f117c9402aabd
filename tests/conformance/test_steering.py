"""Jobs can be seen and cancelled by whoever published them."""

from __future__ import annotations

import pytest

from bus.testing import wait_until


def test_a_waiting_job_is_cancelled_at_once(queue):
    n = queue.number()
    job_id = queue.submit("deed", n, delay_ms=400)

    answer = queue.bus.call("job_cancel", {"job_id": job_id})

    assert answer.data["job"]["state"] == "cancelled"
    assert queue.wait(job_id).code == "CANCELLED"
    marker = queue.submit("deed", queue.number(), delay_ms=600)
    assert queue.wait(marker).ok
    assert queue.deeds(n) == {}


def test_a_running_job_of_many_units_stops_at_its_next_checkpoint(queue):
    n = queue.number()
    job_id = queue.submit("steps", n, args={"ms": 700})
    wait_until(lambda: queue.deeds(n), 30, "the first step")

    assert queue.bus.call("job_cancel", {"job_id": job_id}).data["job"]["is_cancelled"]

    assert queue.wait(job_id).code == "CANCELLED"
    assert queue.job(job_id).state == "cancelled"
    assert len(queue.deeds(n)) < 3


def test_for_a_job_of_one_unit_that_has_begun_it_is_too_late(queue):
    """It is too short to stop: it ends, and the effect and the state say so."""
    n = queue.number()
    job_id = queue.submit("nap", n, args={"ms": 600})
    wait_until(lambda: queue.job(job_id).state == "running", 30, "it to begin")

    answer = queue.bus.call("job_cancel", {"job_id": job_id})

    assert queue.wait(job_id).ok
    assert queue.job(job_id).state == "succeeded"
    assert queue.deeds(n) == {"done": 1}
    if not answer.ok:
        assert answer.code == "job_has_ended"


def test_an_ended_job_cannot_be_cancelled(queue):
    job_id = queue.submit("deed", queue.number())
    queue.wait(job_id)

    assert queue.bus.call("job_cancel", {"job_id": job_id}).code == "job_has_ended"


def test_a_cancelled_job_can_be_tried_again(queue):
    n = queue.number()
    job_id = queue.submit("deed", n, delay_ms=60_000)
    queue.bus.call("job_cancel", {"job_id": job_id})

    assert queue.bus.call("job_retry", {"job_id": job_id}).ok
    assert queue.wait(job_id).ok
    assert queue.deeds(n) == {"done": 1}


def test_a_job_that_ended_well_is_not_tried_again(queue):
    n = queue.number()
    job_id = queue.submit("deed", n)
    queue.wait(job_id)

    assert queue.bus.call("job_retry", {"job_id": job_id}).code == "job_not_retryable"
    assert queue.deeds(n) == {"done": 1}


@pytest.mark.parametrize("command", ["job_get", "job_cancel", "job_retry"])
def test_a_job_does_not_exist_for_anybody_but_its_publisher_and_operators(queue, command):
    job_id = queue.submit("members", queue.number(), session_token="member-ann")
    queue.wait(job_id)

    stranger = queue.bus.call(command, {"job_id": job_id}, session_token="member-eve")
    publisher = queue.bus.call(command, {"job_id": job_id}, session_token="member-ann")

    assert stranger.code == "job_not_found"
    assert publisher.code != "job_not_found"
    listed = queue.bus.call("job_list", {}, session_token="member-eve").data
    assert job_id not in [job["id"] for job in listed["items"]]


def test_jobs_of_an_unfinished_past_are_listed_by_state_queue_and_command(queue):
    job_id = queue.submit("elsewhere", queue.number())
    queue.wait(job_id)

    for filters in ({"state": "succeeded"}, {"queue": "elsewhere"}, {"command": "elsewhere"}):
        items = queue.bus.call("job_list", filters | {"limit": 500}).data["items"]
        assert job_id in [job["id"] for job in items]
    assert queue.bus.call("job_list", {"queue": "nowhere"}).data == {"items": [], "total_count": 0}
