"""A command that is delivered at least once takes effect if it was accepted, be it a row or a message."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from bus import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import banned, deeds
from tests.workers.letters.carried import carried
from workers import workers

if TYPE_CHECKING:
    from tests.conformance.conftest import Queue

KEY = "a key for nothing but these tests"
PLUGINS = ("tests.deeds:deeds", "tests.workers.letters.carried:carried", "workers:workers")


class Post:
    """A queue whose workers know commands that are delivered at least once."""

    def __init__(self, queue: Queue, bus: Bus) -> None:
        self.queue = queue
        self.bus = bus

    def numbers(self, count: int) -> list[int]:
        """Numbers that no other deed has."""
        return [self.queue.number() for _ in range(count)]

    def times(self, n: int) -> int:
        """How often a number took effect."""
        return self.queue.deeds(n).get("deed", 0)

    def wait_for(self, numbers: list[int]) -> None:
        """Wait until each of them took effect."""
        wait_until(lambda: all(self.times(n) for n in numbers), 30, "each effect")


@pytest.fixture(scope="module")
def post(queue: Queue) -> Iterator[Post]:
    """Shared by the tests of this module, on each queue."""
    settings = Settings(**queue._settings, signing_keys=(KEY,))
    with Bus.open(queue.url, plugins=[deeds, carried, workers], settings=settings) as bus:
        queue.start(plugins=PLUGINS, signing_keys=(KEY,))
        yield Post(queue, bus)


def test_what_is_accepted_takes_effect(post):
    """One by one or together, in whatever order."""
    one, *many = post.numbers(101)
    answer = post.bus.submit("carried", {"n": one})
    answers = [answer, *post.bus.submit_many("carried", [{"n": n} for n in many])]

    assert all(answer.ok and answer.data is None for answer in answers)
    assert {answer.job["state"] for answer in answers} == {"queued"}
    assert len({answer.job["id"] for answer in answers}) == 101
    post.wait_for([one, *many])


def test_what_is_refused_is_told_at_once_and_takes_no_effect(post):
    """Among many, each by itself."""
    good, bad = post.numbers(2)
    answers = post.bus.submit_many("carried", [{"n": good}, {"n": str(bad) + "x"}, {}, {"n": bad, "more": 1}])

    assert [answer.code for answer in answers] == [None, *["VALIDATION_ERROR"] * 3]
    assert post.bus.submit("carried_by_members", {"n": bad}).code == "UNAUTHENTICATED"
    post.wait_for([good])
    assert post.times(bad) == 0


def test_what_asks_for_more_than_a_message_can_do_is_answered_like_any_job(post):
    """A delay, a moment, a priority."""
    numbers = post.numbers(3)
    now_ms = post.bus.jobs.now_ms()
    asked = ({"delay_ms": 300}, {"run_at": now_ms + 300}, {"priority": -1})
    ids = [post.bus.submit("carried", {"n": n}, **options).job["id"] for n, options in zip(numbers, asked, strict=True)]

    assert all(post.bus.wait(job_id, timeout_ms=30_000).ok for job_id in ids)
    assert [post.times(n) for n in numbers] == [1, 1, 1]
    assert all(post.queue.job(job_id).started_at >= now_ms + 300 for job_id in ids[:2])


def test_a_key_makes_one_job_of_two_requests(post):
    (n,) = post.numbers(1)
    first, second = (post.bus.submit("carried", {"n": n}, idempotency_key=f"carried {n}") for _ in range(2))

    assert first.job["id"] == second.job["id"]
    assert post.bus.wait(first.job["id"], timeout_ms=30_000).ok
    assert post.times(n) == 1


def test_what_fails_is_tried_again_and_kept_when_it_is_dead(post):
    (n,) = post.numbers(1)
    job_id = post.bus.submit("carried_failing", {"n": n}).job["id"]

    wait_until(lambda: (found := post.bus.jobs.find(job_id)) and found.has_ended, 30, "its end")
    assert (post.queue.job(job_id).state, post.queue.job(job_id).attempt) == ("dead", 2)


def test_rights_are_judged_when_it_runs(post):
    """Banned after it was accepted."""
    allowed, forbidden = post.numbers(2)
    assert post.bus.call("queue_pause", {"queue": "default", "reason": "a ban"}).ok
    for n, who in ((allowed, "member-may"), (forbidden, "member-not")):
        assert post.bus.submit("carried_by_members", {"n": n}, session_token=who).ok
    with post.bus.database.connect() as connection:
        connection.execute(insert(banned).values(id="member-not"))
    assert post.bus.call("queue_resume", {"queue": "default"}).ok

    post.wait_for([allowed])
    (after,) = post.numbers(1)
    post.bus.submit("carried", {"n": after})
    post.wait_for([after])
    assert post.times(forbidden) == 0


def test_what_a_killed_worker_had_in_hand_takes_effect(post):
    numbers = post.numbers(60)
    assert all(answer.ok for answer in post.bus.submit_many("carried_nap", [{"n": n, "ms": 20} for n in numbers]))
    wait_until(lambda: any(post.times(n) for n in numbers), 30, "an effect")
    for child in post.queue._fleets[-1].children():
        os.kill(child.pid, signal.SIGKILL)

    post.wait_for(numbers)
