"""Leases are renewed for what is held; what the dead have left comes back, and costs nobody else an attempt."""

from __future__ import annotations

import itertools

import pytest

from bus.jobs.states import FREE_LANE, UNIT_LANE, WARD_LANE
from tests.deeds import done
from tests.workers.hand import Hand, change, row
from workers.folder import certify


def claimed(hand, submit, command="deed", lane=UNIT_LANE):
    """A job that this worker holds."""
    job_id = submit(command)
    assert [job.id for job in hand.claim(lane=lane)] == [job_id]
    return job_id


def test_the_jobs_of_the_dead_come_back_at_once(bus, hand, other, submit):
    """No lease has to pass: the lock is free."""
    job_id = claimed(hand, submit)
    hand.die()

    other.keeper.look()

    job = row(bus, job_id)
    assert (job.state, job.attempt, job.alone, job.owner, job.lane) == ("queued", 1, 0, None, UNIT_LANE)
    other.work()
    assert row(bus, job_id).state == "succeeded"


def test_the_living_keep_their_jobs(bus, hand, other, submit):
    job_id = claimed(hand, submit)

    other.keeper.look()

    assert row(bus, job_id).owner == hand.life.owner


def test_whoever_left_without_its_lock_file_is_dead_on_sqlite_and_waited_for_elsewhere(bus, hand, other, submit):
    """On PostgreSQL it may be a process of another host, whose locks cannot be seen from here."""
    job_id = claimed(hand, submit)
    hand.leave()

    other.keeper.look()
    assert row(bus, job_id).state == ("queued" if bus.database.kind == "sqlite" else "running")

    change(bus, job_id, lease_until=0)
    other.keeper.look()
    assert row(bus, job_id).state == "queued"


def test_a_lease_that_has_passed_is_given_to_others_though_its_owner_lives(bus, hand, other, submit):
    """It hangs, or was stopped; its fence keeps it from doing harm when it goes on."""
    job_id = claimed(hand, submit)
    change(bus, job_id, lease_until=0)

    other.keeper.look()

    assert row(bus, job_id).state == "queued"


def test_leases_of_jobs_in_hand_are_renewed_and_no_others(bus, hand, submit):
    """A job that was forgotten must not be kept for ever by "all of this owner"."""
    kept = claimed(hand, submit)
    forgotten = claimed(hand, submit)
    hand.runner.held.drop([job for job in hand.runner.held.jobs() if job.id == forgotten])
    for job_id in (kept, forgotten):
        change(bus, job_id, lease_until=1)

    hand.keeper.look()

    assert row(bus, kept).lease_until > 1
    assert row(bus, forgotten).state == "queued"


def test_a_job_that_somebody_else_has_by_now_is_not_renewed(bus, hand, other, submit):
    job_id = claimed(hand, submit)
    change(bus, job_id, owner=other.life.owner, lease_until=2**52)

    hand.keeper.look()

    assert row(bus, job_id).lease_until == 2**52


def test_an_idle_keeper_takes_no_write_lock(bus, hand, monkeypatch):
    """A look of an idle process reads, and no more."""
    hand.keeper.look()
    monkeypatch.setattr(bus.database, "writer", lambda: pytest.fail("wrote")) if bus.database.kind == "sqlite" else None

    hand.keeper.look()


def test_a_job_past_its_limit_is_timed_out_by_whoever_finds_it(bus, hand, other, submit):
    """The supervisor wrote down what it killed the process for; the first to look need not be the successor."""
    job_id = claimed(hand, submit, "spinning", FREE_LANE)
    certify(str(hand.life.path), [job_id])
    hand.die()

    other.keeper.look()

    assert (row(bus, job_id).state, bus.jobs.find(job_id).envelope.code) == ("dead", "TIMEOUT")


def test_neighbours_of_a_job_past_its_limit_keep_their_attempt(bus, hand, other, submit):
    """It is known what the process was killed for, and it was none of them."""
    innocent = claimed(hand, submit, "steps", FREE_LANE)
    certify(str(hand.life.path), [claimed(hand, submit, "spinning", FREE_LANE)])
    hand.die()

    other.keeper.look()

    assert (row(bus, innocent).state, row(bus, innocent).attempt) == ("queued", 0)


def test_the_dead_are_found_though_nobody_holds_a_job_and_their_files_swept(hand, other):
    hand.die()

    other.keeper.look()

    assert [path.name for path in other.folder.glob("*.lock")] == [other.life.path.name]


def test_the_files_of_the_dead_stay_until_their_jobs_are_back(bus, hand, other, submit, monkeypatch):
    """The certificate is in there."""
    job_id = claimed(hand, submit, "spinning", FREE_LANE)
    certify(str(hand.life.path), [job_id])
    hand.die()
    monkeypatch.setattr(other.claims, "finish", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        other.keeper.look()
    monkeypatch.undo()

    other.keeper.look()

    assert bus.jobs.find(job_id).envelope.code == "TIMEOUT"


def test_jobs_that_this_process_does_not_know_are_left_to_whoever_does(bus, hand, other, submit):
    job_id = claimed(hand, submit)
    change(bus, job_id, contract="deed@9")
    hand.die()

    other.keeper.look()

    assert row(bus, job_id).state == "running"
    change(bus, job_id, contract="deed@1", lease_until=0)
    other.keeper.look()
    assert row(bus, job_id).state == "queued"


def test_the_proof_of_a_death_stays_while_there_are_jobs_that_this_process_does_not_know(bus, hand, other, submit):
    """Whoever knows them has to see that their owner is dead, and which of them was past its limit."""
    mine, theirs = claimed(hand, submit), claimed(hand, submit)
    change(bus, theirs, contract="gone@1")
    hand.die()

    other.keeper.look()
    other.keeper.look()
    assert (row(bus, mine).state, row(bus, theirs).state) == ("queued", "running")
    assert hand.life.path.exists()

    change(bus, theirs, contract="deed@1")
    other.keeper.look()
    assert row(bus, theirs).state == "queued"
    other.keeper.look()
    assert not hand.life.path.exists()


def test_a_cancelled_job_whose_worker_died_is_cancelled(bus, hand, other, submit):
    job_id = claimed(hand, submit, "steps", FREE_LANE)
    assert bus.call("job_cancel", {"job_id": job_id}).ok
    hand.die()

    other.keeper.look()

    assert (row(bus, job_id).state, bus.jobs.find(job_id).envelope.code) == ("cancelled", "CANCELLED")


def test_after_the_second_death_a_job_gets_a_process_to_itself(bus, hand, submit):
    """The first one may have been anybody's fault."""
    job_id = submit("deed")
    lanes = []
    for _ in range(2):
        dying = Hand(bus)
        dying.claim(fresh=not lanes)
        dying.die()
        hand.keeper.look()
        lanes.append(row(bus, job_id).lane)

    assert lanes == [UNIT_LANE, WARD_LANE]
    assert hand.slots.take_ward_wish()
    assert row(bus, job_id).alone == 0


def test_what_dies_in_the_ward_is_buried_after_its_attempts(bus, hand, submit):
    """And had died twice before, in company: those do not count."""
    job_id = submit("poison")
    for deaths in itertools.count(1):
        dying = Hand(bus)
        lane = row(bus, job_id).lane
        if not dying.claim(lane=lane, fresh=deaths == 1):
            break
        dying.die()
        hand.keeper.look()

    job = row(bus, job_id)
    assert (job.state, job.attempt, job.alone) == ("dead", 5, 3)
    assert bus.jobs.find(job_id).envelope.code == "HANDLER_ERROR"


def test_a_job_that_may_run_once_does_not_run_again_after_its_worker_died(bus, hand, other, submit):
    job_id = claimed(hand, submit, "busy")
    hand.die()

    other.keeper.look()

    assert row(bus, job_id).state == "dead"


def test_jobs_that_wait_for_a_ward_are_noticed_when_it_is_gone(bus, hand, submit):
    """The wish is repeated at every look, until somebody has fulfilled it."""
    change(bus, submit("deed"), lane=WARD_LANE)

    for _ in range(2):
        hand.keeper.look()
        assert hand.slots.take_ward_wish()

    hand.work()
    hand.keeper.look()
    assert not hand.slots.take_ward_wish()


def test_jobs_that_a_dead_workers_transaction_still_locks_come_back_with_the_next_look(postgresql_bus):
    """PostgreSQL learns of the death a moment later; until then the rows are skipped, and the death stays provable."""
    bus, hand, other = postgresql_bus, Hand(postgresql_bus), Hand(postgresql_bus)
    job_id = bus.submit("deed", {"n": 1}).job["id"]
    hand.claim()
    hand.die()
    with bus.database.engine.connect() as dying:
        dying.exec_driver_sql("BEGIN")
        dying.exec_driver_sql("SELECT id FROM bus_job FOR UPDATE")
        other.keeper.look()
        assert row(bus, job_id).state == "running"
        dying.exec_driver_sql("ROLLBACK")

    other.keeper.look()
    assert row(bus, job_id).state == "queued"


def test_old_idempotency_records_go(bus, hand, numbers):
    args = {"n": next(numbers)}
    assert bus.call("deed", args, idempotency_key="key").ok
    with bus.database.connect() as connection:
        connection.exec_driver_sql("UPDATE bus_idempotency SET created_at=0")
    hand.keeper.look()

    assert bus.call("deed", args, idempotency_key="key").ok
    assert sum(done(bus).values()) == 2


def test_the_keeper_survives_whatever_happens_to_it(bus, hand, submit, monkeypatch):
    """Its thread is all that renews leases."""
    monkeypatch.setattr(hand.claims, "owners", lambda _kept: 1 / 0)
    hand.keeper._safely(hand.keeper.look)
    monkeypatch.undo()
    job_id = claimed(hand, submit)
    change(bus, job_id, lease_until=1)

    hand.keeper._safely(hand.keeper.look)

    assert row(bus, job_id).lease_until > 1
