"""Jobs that share a key wait for each other, in their order; others do not wait for them."""

from __future__ import annotations

import itertools
from typing import Any

from bus.testing import wait_until
from tests.deeds import order_of


def submit(queue: Any, command: str, key: str, times: int, ms: int = 5) -> list[tuple[int, str]]:
    """Queue some jobs of a key; answers number and job id of each."""
    args = {"key": key} | ({} if command in ("keyed_unit", "keyed_flaky") else {"ms": ms})
    numbers = [queue.number() for _ in range(times)]
    return [(n, queue.submit(command, n, args=dict(args))) for n in numbers]


def done_in_order(queue: Any, jobs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """What these jobs have done, once all of them have ended well."""
    for _, job_id in jobs:
        assert queue.wait(job_id).ok
    numbers = {n for n, _ in jobs}
    return [(n, what) for n, what in order_of(queue.bus) if n in numbers]


def most_at_once(done: list[tuple[int, str]]) -> int:
    """How many of these ran at the same time."""
    return max(itertools.accumulate(1 if what == "begin" else -1 for _, what in done))


def test_one_at_a_time_and_in_order(queue):
    jobs = submit(queue, "keyed", "a", 12)
    done = done_in_order(queue, jobs)
    assert done == [(n, what) for n, _ in jobs for what in ("begin", "end")]


def test_units_of_a_key_run_in_order(queue):
    jobs = submit(queue, "keyed_unit", "a", 25)
    assert done_in_order(queue, jobs) == [(n, "done") for n, _ in jobs]


def test_two_at_a_time(queue):
    jobs = submit(queue, "keyed_pair", "a", 10, ms=60)
    assert most_at_once(done_in_order(queue, jobs)) == 2


def test_no_worker_idles_while_another_key_waits(queue):
    slow = submit(queue, "keyed", "slow", 3, ms=700)
    quick = submit(queue, "keyed", "quick", 3)
    done_in_order(queue, quick)
    assert queue.job(slow[-1][1]).state == "queued"
    done_in_order(queue, slow)


def test_a_rate_holds_a_key_back(queue):
    jobs = submit(queue, "rated", "a", 9, ms=0)
    done_in_order(queue, jobs)
    begun = sorted(queue.job(job_id).started_at for _, job_id in jobs)
    # A burst of five, then one each 200 ms, counted from when the first was let go; it may have begun much later.
    published = min(queue.job(job_id).created_at for _, job_id in jobs)
    assert begun[8] - published >= 800
    assert begun[5] - published >= 200


def test_a_job_that_rests_between_attempts_keeps_its_place(queue):
    """Else a later one of its key would overtake it."""
    jobs = submit(queue, "keyed_flaky", "a", 4)
    assert done_in_order(queue, jobs) == [(n, "done") for n, _ in jobs]
    assert [queue.job(job_id).attempt for _, job_id in jobs] == [2, 2, 2, 2]


def test_a_job_published_by_a_handler_waits_for_its_key(queue):
    first = submit(queue, "keyed", "nested", 1, ms=300)
    n = queue.number()
    order = queue.bus.call("order", {"n": n, "command": "keyed", "args": {"n": n, "key": "nested", "ms": 0}})
    done = done_in_order(queue, [*first, (n, order.data["job_id"])])
    assert done == [(number, what) for number in (first[0][0], n) for what in ("begin", "end")]


def test_a_delayed_job_takes_no_place_before_its_time(queue):
    n = queue.number()
    later = queue.submit("keyed", n, args={"key": "delayed", "ms": 0}, delay_ms=800)
    jobs = submit(queue, "keyed", "delayed", 2)
    done = done_in_order(queue, [*jobs, (n, later)])
    assert done[-1] == (n, "end")


def test_a_cancelled_job_makes_room(queue):
    running = submit(queue, "keyed", "cancelled", 1, ms=600)
    waiting = submit(queue, "keyed", "cancelled", 2)
    assert queue.bus.call("job_cancel", {"job_id": waiting[0][1]}).ok
    done = done_in_order(queue, [running[0], waiting[1]])
    assert done == [(n, what) for n, _ in (running[0], waiting[1]) for what in ("begin", "end")]
    assert queue.deeds(waiting[0][0]) == {}


def test_a_killed_worker_gives_its_place_back(queue):
    jobs = submit(queue, "keyed", "killed", 6, ms=150)
    wait_until(lambda: queue.deeds(jobs[0][0]), 30, "the first to begin")
    queue.stop_workers()
    queue.start()
    done = done_in_order(queue, jobs)
    assert done == [(n, what) for n, _ in jobs for what in ("begin", "end")]


def test_a_second_job_of_a_unique_key_is_the_first(queue):
    n = queue.number()
    first = queue.submit("single", n, delay_ms=500)
    assert queue.submit("single", n) == first
    other = queue.submit("single", queue.number())
    assert other != first
    assert queue.wait(first).ok
    assert queue.wait(other).ok
    again = queue.submit("single", n)
    assert again != first
    assert queue.wait(again).ok
    assert queue.deeds(n) == {"done": 2}


def test_an_ended_job_is_not_tried_again_beside_a_new_one_of_its_key(queue):
    n = queue.number()
    first = queue.submit("single", n, delay_ms=60_000)
    assert queue.bus.call("job_cancel", {"job_id": first}).ok
    second = queue.submit("single", n, delay_ms=60_000)
    assert second != first
    assert queue.bus.call("job_retry", {"job_id": first}).code == "job_not_retryable"
    assert queue.bus.call("job_cancel", {"job_id": second}).ok
    assert queue.bus.call("job_retry", {"job_id": first}).ok
    assert queue.wait(first).ok
