"""What goes wrong with a job is the job's own affair: it is tried again, ended or buried, and its neighbours go on."""

from __future__ import annotations

import contextlib
import os
import signal

from sqlalchemy import delete, insert

from bus.testing import wait_until
from tests.deeds import banned, spell


def worker_of(queue, job_id) -> int:
    """The process that runs a job at this moment."""
    owner = wait_until(lambda: queue.job(job_id).owner, 30, "a worker to take the job")
    return int(owner.rpartition("/")[2].partition("-")[0])


def test_a_job_that_fails_is_tried_again(queue):
    n = queue.number()
    job_id = queue.submit("flaky", n)

    assert queue.wait(job_id).ok
    assert queue.job(job_id).attempt == 2
    assert queue.deeds(n) == {"done": 1}


def test_a_job_that_fails_each_time_is_dead_after_its_attempts_and_kept(queue):
    n = queue.number()
    job_id = queue.submit("failing", n)
    answer = queue.wait(job_id)

    assert (answer.code, answer.job["state"]) == ("HANDLER_ERROR", "dead")
    assert queue.job(job_id).attempt == 3
    assert queue.deeds(n) == {}
    shown = queue.bus.call("job_get", {"job_id": job_id}).data["job"]
    assert (shown["state"], shown["envelope"]["error"]["code"]) == ("dead", "HANDLER_ERROR")


def test_between_attempts_there_is_a_pause_that_grows(queue):
    """300 ms and 600 ms, each between half and the whole of it."""
    job_id = queue.submit("failing", queue.number())
    queue.wait(job_id)

    job = queue.job(job_id)
    assert job.finished_at - job.created_at >= (300 + 600) / 2


def test_a_refusal_is_final(queue):
    n = queue.number()
    job_id = queue.submit("refusing", n)
    answer = queue.wait(job_id)

    assert (answer.code, answer.error["details"], answer.job["state"]) == ("no", {"n": n}, "failed")
    assert queue.job(job_id).attempt == 1
    assert queue.deeds(n) == {}


def test_a_job_that_raises_beside_others_loses_its_own_writes_alone(still_queue):
    """Where jobs share a transaction, these do."""
    kinds = ["deed", "failing", "deed", "refusing", "flaky", "deed"] * 5
    jobs = {n: still_queue.submit(kind, n) for n, kind in enumerate(kinds, 1)}
    still_queue.start(processes=1)

    states = {n: still_queue.wait(job_id).job["state"] for n, job_id in jobs.items()}

    expected = {"deed": "succeeded", "flaky": "succeeded", "failing": "dead", "refusing": "failed"}
    assert states == {n: expected[kind] for n, kind in enumerate(kinds, 1)}
    for n, kind in enumerate(kinds, 1):
        assert still_queue.deeds(n) == ({"done": 1} if expected[kind] == "succeeded" else {})


def test_a_job_whose_worker_is_killed_in_the_middle_runs_again_and_takes_effect_once(still_queue):
    still_queue.start(lease_ms=600_000)
    n = still_queue.number()
    job_id = still_queue.submit("nap", n, args={"ms": 800})

    os.kill(worker_of(still_queue, job_id), signal.SIGKILL)

    assert still_queue.wait(job_id).ok
    assert still_queue.job(job_id).attempt == 2
    assert still_queue.deeds(n) == {"done": 1}


def test_each_unit_of_a_long_job_takes_effect_once_though_its_worker_is_killed(still_queue):
    """Twice, as a coroutine or not."""
    for command in ("steps", "async_steps"):
        still_queue.start(processes=1, lease_ms=600_000)
        n = still_queue.number()
        job_id = still_queue.submit(command, n, args={"ms": 250})
        for steps in (1, 2):
            wait_until(lambda n=n, steps=steps: len(still_queue.deeds(n)) >= steps, 30, "a step")
            os.kill(worker_of(still_queue, job_id), signal.SIGKILL)

        assert still_queue.wait(job_id).data == {"n": n}
        assert still_queue.job(job_id).attempt == 3
        assert still_queue.deeds(n) == {f"step {step}": 1 for step in range(3)}
        still_queue.stop_workers()


def test_a_poison_job_is_buried_and_nobody_else(still_queue):
    """It kills its process each time; long and short jobs that happen to be there keep their attempts."""
    still_queue.start()
    poison = still_queue.submit("poison", still_queue.number())
    others = {n: "steps" if n % 5 == 0 else "deed" for n in (still_queue.number() for _ in range(60))}
    jobs = {n: still_queue.submit(kind, n, args={"ms": 60} if kind == "steps" else {}) for n, kind in others.items()}

    assert still_queue.wait(poison).job["state"] == "dead"
    assert {still_queue.wait(job_id).job["state"] for job_id in jobs.values()} == {"succeeded"}

    assert still_queue.wait(poison).code == "HANDLER_ERROR"
    assert still_queue.job(poison).alone == 3
    for n, kind in others.items():
        expected = {f"step {step}": 1 for step in range(3)} if kind == "steps" else {"done": 1}
        assert still_queue.deeds(n) == expected


def test_a_job_that_never_comes_back_ends_with_timeout(still_queue):
    """No soft limit reaches it; its process is replaced, and what ran beside it runs again."""
    still_queue.start(processes=1, lease_ms=600_000)
    beside = still_queue.number()
    long = still_queue.submit("steps", beside, args={"ms": 900})
    answer = still_queue.run("spinning", still_queue.number())

    assert (answer.code, answer.job["state"]) == ("TIMEOUT", "dead")
    assert still_queue.wait(long).ok
    assert still_queue.job(long).attempt == 1
    assert still_queue.deeds(beside) == {f"step {step}": 1 for step in range(3)}


def test_a_busy_database_spends_no_attempt(queue):
    """A job with a single one waits for the database as long as it takes."""
    n = queue.number()
    with queue.bus.database.connect() as connection:
        connection.execute(insert(spell).values(n=n))
    job_id = queue.submit("busy", n)
    wait_until(
        lambda: (
            ((last := queue.bus.jobs.find(job_id).last) and last.code == "DATABASE_BUSY")
            or queue.job(job_id).run_at > queue.job(job_id).created_at
        ),
        30,
    )
    assert not queue.bus.jobs.find(job_id).has_ended

    with queue.bus.database.connect() as connection:
        connection.execute(delete(spell).where(spell.c.n == n))

    assert queue.wait(job_id).ok
    assert queue.job(job_id).attempt == 1


def test_a_dead_job_can_be_tried_again(queue):
    """With all its attempts."""
    n = queue.number()
    job_id = queue.submit("failing", n)
    queue.wait(job_id)

    answer = queue.bus.call("job_retry", {"job_id": job_id})
    assert answer.data["job"]["state"] == "queued"
    assert queue.wait(job_id).job["state"] == "dead"
    assert queue.job(job_id).attempt == 3


def test_rights_are_judged_anew_when_a_job_runs(still_queue):
    """Banned between publishing and running: FORBIDDEN, and nothing done."""
    n, m = still_queue.number(), still_queue.number()
    good, bad = (
        still_queue.submit("members", number, session_token=f"member-{name}")
        for number, name in ((n, "ann"), (m, "bob"))
    )
    with still_queue.bus.database.connect() as connection:
        connection.execute(insert(banned).values(id="member-bob"))
    still_queue.start(processes=1)

    assert still_queue.wait(good).ok
    answer = still_queue.wait(bad)
    assert (answer.code, answer.job["state"]) == ("FORBIDDEN", "failed")
    assert (still_queue.deeds(n), still_queue.deeds(m)) == ({"done": 1}, {})


def test_a_worker_that_is_stopped_past_its_lease_and_goes_on_does_nothing_twice(still_queue):
    """Somebody else has its job by then."""
    fleet = still_queue.start(beat_timeout_ms=60_000)
    n = still_queue.number()
    order = fleet.order("claimed", "stop")
    job_id = still_queue.submit("deed", n)
    wait_until(lambda: not order.exists() and fleet.stopped(), 30, "somebody stopped with the job in hand")

    assert still_queue.wait(job_id).ok
    for worker in fleet.stopped():
        worker.resume()
    wait_until(lambda: fleet.records("fenced_off"), 30, "it to notice")

    assert still_queue.deeds(n) == {"done": 1}
    with contextlib.suppress(StopIteration):
        assert still_queue.run("deed", still_queue.number()).ok
