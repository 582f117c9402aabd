"""Dramatiq's view: turns, as long as jobs are due and places are free."""

from __future__ import annotations

import time

import dramatiq
import pytest
from dramatiq import Worker

from bus.errors import DatabaseBusy
from bus.jobs.states import FREE_LANE, GROUP_LANE, UNIT_LANE, WARD_LANE
from bus.testing import wait_until
from tests.workers.hand import change, row
from workers import broker as module
from workers.bells.notify import NotifyEar
from workers.broker import TURN, WARD_PLACES, EmbeddedBroker, Look, TurnConsumer, places_of


@pytest.fixture
def ear():
    return NotifyEar()


@pytest.fixture
def consumer(bus, hand, ear):
    """A consumer with a place for units and two for everything else."""
    look = Look(bus.database, hand.claims, "default")
    return TurnConsumer(look, {UNIT_LANE: 1, FREE_LANE: 2}, ear, 0.05, hand.stop.is_asked)


def lanes(consumer, looks):
    """The lanes of the turns that so many looks give."""
    return [message.args[1] for message in (next(consumer) for _ in range(looks)) if message is not None]


def test_without_due_jobs_there_is_no_turn(consumer, submit):
    submit("deed", delay_ms=60_000)

    assert next(consumer) is None


def test_there_is_a_turn_for_each_lane_in_which_a_job_is_due(consumer, submit):
    submit("deed")
    submit("steps")

    assert sorted(lanes(consumer, 2)) == [UNIT_LANE, FREE_LANE]


def test_there_are_no_more_turns_than_places_and_the_end_of_one_frees_its_place(consumer, submit):
    submit("deed")
    first = next(consumer)
    assert lanes(consumer, 3) == []

    consumer.ack(first)
    assert lanes(consumer, 1) == [UNIT_LANE]


def test_a_second_turn_of_a_lane_waits_a_moment(consumer, submit):
    """Several threads that begin at one row would be a herd: the first may have taken it by then."""
    submit("steps")
    began = time.monotonic()

    assert wait_until(lambda: lanes(consumer, 1)) == [FREE_LANE]
    assert wait_until(lambda: lanes(consumer, 1)) == [FREE_LANE]
    assert time.monotonic() - began >= module.NEXT_TURN_S


def test_after_a_turn_that_raised_its_lane_rests(consumer, submit, monkeypatch):
    """Whatever it was would be there again at once: no loop as fast as the processor can."""
    monkeypatch.setattr(module, "FAILED_PAUSE_S", 0.2)
    submit("deed")
    consumer.nack(next(consumer))
    began = time.monotonic()

    assert wait_until(lambda: lanes(consumer, 1)) == [UNIT_LANE]
    assert time.monotonic() - began >= 0.15


def test_a_draining_worker_gets_no_turns_and_wakes_for_nobody(consumer, submit, hand, ear, monkeypatch):
    """It would take bells that somebody else should hear."""
    submit("deed")
    hand.stop.ask()
    monkeypatch.setattr(ear, "lie_down", lambda: pytest.fail("lay down"))

    assert lanes(consumer, 3) == []


def test_without_a_free_place_a_consumer_sleeps_until_one_is_freed(consumer, submit, ear):
    """Bells that ring meanwhile do not keep it busy."""
    submit("deed")
    submit("steps")
    turns = [next(consumer), wait_until(lambda: next(consumer)), wait_until(lambda: next(consumer))]
    ear.nudge()
    next(consumer)

    began = time.monotonic()
    assert next(consumer) is None
    assert time.monotonic() - began >= 0.04
    assert len(turns) == 3


def test_while_units_run_publishers_of_units_are_not_asked_to_ring(consumer, submit, ear, monkeypatch):
    """And jobs of the other lane are found all the same."""
    submit("deed")
    next(consumer)
    monkeypatch.setattr(ear, "lie_down", lambda: pytest.fail("lay down"))
    submit("steps")

    assert lanes(consumer, 1) == [FREE_LANE]


def test_a_database_that_does_not_answer_is_asked_again_later(consumer, submit, hand, monkeypatch):
    submit("deed")

    def busy(*_):
        raise DatabaseBusy("away")

    monkeypatch.setattr(hand.claims, "is_due", busy)
    assert next(consumer) is None

    monkeypatch.undo()
    assert lanes(consumer, 1) == [UNIT_LANE]


def test_a_ward_sees_its_own_lane_alone(bus, hand, submit, ear):
    ill = submit("deed")
    submit("deed")
    consumer = TurnConsumer(
        Look(bus.database, hand.claims, "default"), dict(WARD_PLACES), ear, 0.01, hand.stop.is_asked
    )
    assert lanes(consumer, 2) == []

    change(bus, ill, lane=WARD_LANE)
    assert lanes(consumer, 2) == [WARD_LANE]


def test_units_that_share_transactions_have_one_place_others_as_many_as_there_are_threads(bus):
    """All of them on SQLite, on PostgreSQL those whose contract says so."""
    shared = {UNIT_LANE: 1} if bus.database.kind == "sqlite" else {UNIT_LANE: 8, GROUP_LANE: 1}

    assert places_of(bus.database, 8) == {**shared, FREE_LANE: 7}
    assert places_of(bus.database, 1)[FREE_LANE] == 1


def test_dramatiqs_worker_runs_on_public_names_alone(bus, hand, submit):
    """A Worker as Dramatiq makes it, over our broker: every job runs, and stopping leaves nothing."""
    jobs = [submit(command) for command in ("deed", "steps", "elsewhere", "count")]
    broker = EmbeddedBroker(
        bus.database, hand.claims, lambda _queue: NotifyEar(), places_of(bus.database, 3), hand.stop.is_asked
    )
    dramatiq.actor(actor_name=TURN, broker=broker)(hand.runner.turn)
    for queue in ("default", "elsewhere"):
        broker.declare_queue(queue)
    worker = Worker(broker, worker_threads=3, worker_timeout=50)
    worker.start()
    try:
        wait_until(lambda: all(row(bus, job_id).state == "succeeded" for job_id in jobs))
    finally:
        hand.stop.ask()
        worker.stop(timeout=5_000)

    assert hand.runner.held.jobs() == []


def test_the_broker_carries_turns_and_nothing_else(bus, hand):
    broker = EmbeddedBroker(bus.database, hand.claims, lambda _queue: NotifyEar(), {UNIT_LANE: 1}, hand.stop.is_asked)
    broker.declare_queue("default")

    with pytest.raises(NotImplementedError, match=r"publish commands with bus\.submit"):
        broker.enqueue(dramatiq.Message("default", TURN, (), {}, {}))
    assert broker.get_declared_queues() == {"default"}
    assert broker.middleware == []
