"""Workers take what they know: other jobs wait, untouched, for somebody who knows them."""

from __future__ import annotations

from bus.testing import wait_until
from tests.deeds import deeds_before
from workers import workers

BEFORE = ("tests.deeds:deeds_before", "workers:workers")
WITHOUT = ("workers:workers",)


def test_jobs_of_a_plugin_that_is_not_loaded_wait_until_it_returns(still_queue):
    """No attempt, no error: removing a plugin loses none of its jobs."""
    n = still_queue.number()
    orphan = still_queue.submit("deed", n, priority=-5)
    fleet = still_queue.start(plugins=WITHOUT)
    known = still_queue.bus.submit("system_health").job["id"]

    assert still_queue.wait(known).ok
    job = still_queue.job(orphan)
    assert (job.state, job.attempt, job.fence, job.owner) == ("queued", 0, 0, None)

    assert fleet.stop() == 0
    still_queue.start()
    assert still_queue.wait(orphan).ok
    assert still_queue.job(orphan).attempt == 1


def test_jobs_newer_than_a_worker_wait_for_a_newer_one(still_queue):
    """A rolling deploy: the publisher is ahead of the worker."""
    new, old = still_queue.number(), still_queue.number()
    newer = still_queue.submit("changed@2", new, priority=-5)
    older = still_queue.bus.submit("changed@1", {"number": old}).job["id"]
    fleet = still_queue.start(plugins=BEFORE)

    assert still_queue.wait(older).data == {"number": old}
    assert (still_queue.job(newer).state, still_queue.job(newer).attempt) == ("queued", 0)
    assert still_queue.deeds(old) == {"before": 1}

    assert fleet.stop() == 0
    still_queue.start()
    assert still_queue.wait(newer).data == {"n": new}


def test_jobs_of_an_old_version_are_run_by_newer_code_and_answered_in_their_own(still_queue):
    """The worker is ahead of the publisher: arguments go up, the answer comes down."""
    publisher = still_queue.open_bus(deeds_before, workers)
    n = still_queue.number()
    job_id = publisher.submit("changed", {"number": n}).job["id"]
    still_queue.start(processes=1)

    answer = publisher.wait(job_id)

    assert (answer.ok, answer.version, answer.data) == (True, 1, {"number": n})
    assert still_queue.deeds(n) == {"done": 1}


def test_a_job_whose_worker_died_waits_for_somebody_who_knows_it(still_queue):
    n = still_queue.number()
    fleet = still_queue.start(processes=1)
    job_id = still_queue.submit("steps", n, args={"ms": 500})
    wait_until(lambda: still_queue.deeds(n), 30, "the first step")
    fleet.kill()

    without = still_queue.start(plugins=WITHOUT)
    assert still_queue.wait(still_queue.bus.submit("system_health").job["id"]).ok
    assert still_queue.job(job_id).attempt == 1
    assert without.stop() == 0

    still_queue.start(processes=1)
    assert still_queue.wait(job_id).ok
    assert still_queue.deeds(n) == {f"step {step}": 1 for step in range(3)}
