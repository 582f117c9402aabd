"""A job exists if and only if whoever published it has committed, and runs when it may."""

from __future__ import annotations

from sqlalchemy import select

from bus.database.tables import job
from bus.testing import wait_until
from tests.deeds import deed, order


def test_an_accepted_job_runs_and_answers(queue):
    n = queue.number()
    accepted = queue.bus.submit("deed", {"n": n})

    assert (accepted.ok, accepted.data, accepted.job["state"]) == (True, None, "queued")
    answer = queue.wait(accepted.job["id"])
    assert (answer.ok, answer.data, answer.job["state"]) == (True, {"n": n}, "succeeded")
    assert queue.deeds(n) == {"done": 1}


def test_many_jobs_on_two_processes_each_run_once(queue):
    numbers = [queue.number() for _ in range(400)]
    jobs = [queue.submit("deed", n) for n in numbers]

    for job_id in jobs:
        assert queue.wait(job_id).ok

    with queue.bus.database.connect() as connection:
        rows = connection.execute(select(deed.c.n, deed.c.pid).where(deed.c.n.in_(numbers))).all()
    assert sorted(n for n, _ in rows) == numbers


def test_the_job_commits_with_the_publishers_own_writes(queue):
    n = queue.number()
    answer = queue.bus.call("order", {"n": n, "command": "deed", "args": {"n": n}})

    assert queue.wait(answer.data["job_id"]).ok
    assert queue.deeds(n) == {"done": 1}


def test_a_publisher_that_rolls_back_leaves_no_job(queue):
    n = queue.number()
    answer = queue.bus.call("order", {"n": n, "command": "deed", "args": {"n": n}, "refuses": True})
    marker = queue.number()
    queue.run("deed", marker)

    assert answer.code == "no"
    with queue.bus.database.connect() as connection:
        assert connection.execute(select(order).where(order.c.n == n)).all() == []
        contracts = [args for (args,) in connection.execute(select(job.c.args))]
    assert f'{{"n":{n}}}' not in contracts
    assert queue.deeds(n) == {}


def test_a_job_can_publish_another(queue):
    n = queue.number()

    assert queue.run("parent", n).ok
    wait_until(lambda: queue.deeds(-n) == {"done": 1}, 30, "the child")


def test_a_refusing_job_publishes_nothing(queue):
    """What it submitted dies with its savepoint, not with the whole group."""
    n, inner = queue.number(), queue.number()
    args = {"n": n, "command": "deed", "args": {"n": inner}, "refuses": True}
    answer = queue.wait(queue.bus.submit("order", args).job["id"])
    queue.run("deed", queue.number())

    assert (answer.ok, answer.code) == (False, "no")
    assert queue.deeds(inner) == {}


def test_publishing_works_while_no_worker_does(still_queue):
    n = still_queue.number()
    job_id = still_queue.submit("deed", n)
    assert still_queue.job(job_id).state == "queued"

    still_queue.start()

    assert still_queue.wait(job_id).ok


def test_a_delayed_job_does_not_run_before_its_time(queue):
    n = queue.number()
    accepted = queue.bus.submit("deed", {"n": n}, delay_ms=700)

    assert accepted.job["state"] == "scheduled"
    assert queue.bus.call("job_get", {"job_id": accepted.job["id"]}).data["job"]["state"] == "scheduled"
    assert queue.wait(accepted.job["id"]).ok
    job = queue.job(accepted.job["id"])
    assert job.started_at - job.created_at >= 700


def test_a_job_for_a_moment_does_not_run_before_it(queue):
    moment = queue.bus.jobs.now_ms() + 600
    job_id = queue.submit("deed", queue.number(), run_at=moment)

    assert queue.wait(job_id).ok
    assert queue.job(job_id).started_at >= moment


def test_a_moment_that_has_passed_is_now(queue):
    accepted = queue.bus.submit("deed", {"n": queue.number()}, run_at=1)

    assert accepted.job["state"] == "queued"
    assert queue.wait(accepted.job["id"]).ok


def test_priorities_hold_while_jobs_wait(still_queue):
    """The queue decides when a worker takes a job, not when it was published."""
    priorities = [3, -2, 0, 9, 0, -2, 5, 1, 3, -7]
    for n, priority in enumerate(priorities):
        still_queue.submit("deed", n, priority=priority)
    later = still_queue.submit("deed", 99, priority=100)

    still_queue.start(processes=1, threads=1)
    assert still_queue.wait(later).ok

    with still_queue.bus.database.connect() as connection:
        found = [n for (n,) in connection.execute(select(deed.c.n).order_by(deed.c.id))]
    assert found == [*sorted(range(10), key=lambda n: (priorities[n], n)), 99]


def test_every_queue_is_served(queue):
    n = queue.number()
    job_id = queue.submit("elsewhere", n)

    assert queue.wait(job_id).ok
    assert queue.job(job_id).queue == "elsewhere"
    assert queue.deeds(n) == {"done": 1}


def test_a_secret_command_is_never_queued(queue):
    """Its arguments would be stored."""
    answer = queue.bus.submit("hushed", {"n": 1_000_001})

    assert (answer.ok, answer.code, answer.job) == (False, "VALIDATION_ERROR", None)
    with queue.bus.database.connect() as connection:
        assert connection.execute(select(job).where(job.c.contract == "hushed@1")).all() == []


def test_what_could_never_run_is_refused_at_once(queue):
    for command, args, code in (
        ("deed", {}, "VALIDATION_ERROR"),
        ("deed", {"n": "x"}, "VALIDATION_ERROR"),
        ("nothing", {}, "UNKNOWN_COMMAND"),
        ("deed@7", {"n": 1}, "UNKNOWN_VERSION"),
        ("members", {"n": 1}, "UNAUTHENTICATED"),
    ):
        answer = queue.bus.submit(command, args)
        assert (answer.ok, answer.code, answer.job) == (False, code, None)


def test_one_idempotency_key_makes_one_job(queue):
    n = queue.number()
    first = queue.bus.submit("deed", {"n": n}, idempotency_key=f"key-{n}")
    again = queue.bus.submit("deed", {"n": n}, idempotency_key=f"key-{n}")

    assert again.job["id"] == first.job["id"]
    ended = queue.wait(first.job["id"])
    replayed = queue.bus.submit("deed", {"n": n}, idempotency_key=f"key-{n}")
    assert (replayed.data, replayed.job) == (ended.data, ended.job)
    assert queue.deeds(n) == {"done": 1}


def test_two_buses_in_one_process_each_wake_workers(queue):
    other = queue.open_bus(*queue.bus.plugins[1:])
    n, m = queue.number(), queue.number()
    jobs = [bus.submit("deed", {"n": number}).job["id"] for bus, number in ((queue.bus, n), (other, m))]

    assert all(queue.wait(job_id).ok for job_id in jobs)
    other.close()
    assert queue.run("deed", queue.number()).ok
