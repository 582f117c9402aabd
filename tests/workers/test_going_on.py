"""A claim that goes on behind the last one takes what one from the beginning would, but for what came in front."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bus.jobs.states import UNIT_LANE
from bus.testing import wait_until
from tests.workers.hand import Hand, change


@pytest.fixture
def published(submit) -> list[str]:
    """Six jobs that are due."""
    return [submit("deed") for _ in range(6)]


def taken(hand: Hand, most: int = 2) -> list[str]:
    """The ids of the jobs that are claimed next, in their order; a look before sees them."""
    is_seen = hand.sees("default", UNIT_LANE)
    jobs = [job.id for job in hand.claim(most)]
    assert is_seen == bool(jobs)
    return jobs


def test_it_goes_on_in_order_to_the_end(hand, published):
    assert taken(hand) == published[:2]
    assert taken(hand) == published[2:4]
    assert taken(hand, most=10) == published[4:]
    assert taken(hand) == []


def test_a_better_priority_goes_before(hand, published, submit):
    hand.claim()
    better = [submit("deed", priority=-1) for _ in range(3)]
    assert taken(hand) == better[:2]
    assert taken(hand) == better[2:]
    assert taken(hand) == published[1:3]


def test_a_better_priority_whose_time_has_not_come_holds_nobody_up(hand, published, submit):
    submit("deed", priority=-1, delay_ms=3_600_000)
    hand.claim()
    assert taken(hand) == published[1:3]


def test_what_is_held_back_is_not_taken(bus, hand, published):
    hand.claim()
    assert bus.call("queue_pause", {"queue": "default"}).ok
    assert taken(hand) == []
    assert bus.call("queue_resume", {"queue": "default"}).ok
    assert bus.call("command_pause", {"command": "deed"}).ok
    assert taken(hand) == []
    assert bus.call("command_resume", {"command": "deed"}).ok
    assert taken(hand) == published[1:3]


def test_the_next_priority_follows_when_one_is_done(hand, published, submit):
    later = submit("deed", priority=1)
    assert taken(hand, 6) == published
    assert taken(hand) == [later]


def test_what_came_in_front_is_found_when_nothing_is_left_behind(bus, hand, published):
    """It was published earlier, but committed later."""
    change(bus, published[0], run_at=2**52)
    hand.claim(2)
    change(bus, published[0], run_at=0)
    assert sorted([*taken(hand), *taken(hand), *taken(hand)]) == sorted([published[0], *published[3:]])


def test_what_came_in_front_is_found_after_a_while(bus, hand, published):
    """However much is left behind."""
    change(bus, published[0], run_at=2**52)
    hand.claim(2)
    change(bus, published[0], run_at=0)
    if hand.claims.places is not None:
        wait_until(lambda: hand.claims.places.get("default", UNIT_LANE) is None, 5, "the place to be given up")
    assert taken(hand) == [published[0], published[3]]


def test_threads_go_on_where_another_was(hand, published):
    """A place is the process's."""
    with ThreadPoolExecutor(1) as other:
        assert other.submit(taken, hand).result() == published[:2]
    if hand.claims.places is not None:
        assert hand.claims.places.get("default", UNIT_LANE).id == published[1]
    assert taken(hand) == published[2:4]


def test_a_name_may_hold_any_sign(bus, hand, published):
    """The queue's stands in the statement itself."""
    for job_id, queue in zip(published, ("it's", "100%", "why?", ":lane", '"x"', "\\"), strict=True):
        change(bus, job_id, queue=queue)
        assert hand.sees(queue, UNIT_LANE)
        assert [job.id for job in hand.claim(queue=queue)] == [job_id]
