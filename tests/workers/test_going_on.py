"""A claim that goes on behind the last one takes what one from the beginning would, but for what came in front."""

from __future__ import annotations

import pytest

from bus.jobs.claiming import Claimed
from bus.jobs.states import UNIT_LANE
from tests.workers.hand import Hand, change


@pytest.fixture
def published(submit) -> list[str]:
    """Six jobs that are due."""
    return [submit("deed") for _ in range(6)]


def claim_on(hand: Hand, after: Claimed, most: int = 2) -> list[str]:
    """The ids of the jobs that are claimed next, in their order."""
    with hand.bus.database.writer().transaction() as kept:
        jobs = hand.claims.claim(kept, "default", UNIT_LANE, most, fresh=True, after=after)
    return [job.id for job in jobs]


def test_it_goes_on_in_order_to_the_end(hand, published):
    first = hand.claim(2)
    assert [job.id for job in first] == published[:2]
    assert claim_on(hand, first[-1]) == published[2:4]
    assert claim_on(hand, first[-1], most=10) == published[4:]
    assert claim_on(hand, first[-1]) == []


def test_a_better_priority_goes_before(hand, published, submit):
    (first,) = hand.claim()
    better = [submit("deed", priority=-1) for _ in range(3)]
    assert claim_on(hand, first) == better[:2]
    assert claim_on(hand, first) == better[2:]
    assert claim_on(hand, first) == published[1:3]


def test_a_better_priority_whose_time_has_not_come_holds_nobody_up(hand, published, submit):
    submit("deed", priority=-1, delay_ms=3_600_000)
    (first,) = hand.claim()
    assert claim_on(hand, first) == published[1:3]


def test_what_is_held_back_is_not_taken(bus, hand, published):
    (first,) = hand.claim()
    assert bus.call("queue_pause", {"queue": "default"}).ok
    assert claim_on(hand, first) == []
    assert bus.call("queue_resume", {"queue": "default"}).ok
    assert bus.call("command_pause", {"command": "deed"}).ok
    assert claim_on(hand, first) == []


def test_the_next_priority_follows_when_one_is_done(hand, published, submit):
    later = submit("deed", priority=1)
    jobs = hand.claim(6)
    assert claim_on(hand, jobs[-1]) == [later]


def test_what_came_in_front_is_found_in_the_end(bus, hand, published):
    """It was published earlier, but committed later; when nothing is left behind it, or with the next turn."""
    change(bus, published[0], run_at=2**52)
    first = hand.claim(2)
    change(bus, published[0], run_at=0)
    taken = [*claim_on(hand, first[-1]), *claim_on(hand, first[-1]), *claim_on(hand, first[-1])]
    assert sorted(taken) == sorted([published[0], *published[3:]])


def test_a_name_may_hold_any_sign(bus, hand, published):
    """The queue's stands in the statement itself."""
    for job_id, queue in zip(published, ("it's", "100%", "why?", ":lane", '"x"', "\\"), strict=True):
        change(bus, job_id, queue=queue)
        assert hand.sees(queue, UNIT_LANE)
        assert [job.id for job in hand.claim(queue=queue)] == [job_id]
