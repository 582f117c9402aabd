"""Turns: what is claimed together, what is given back, and what a failure leaves in hand."""

from __future__ import annotations

from collections import Counter

import pytest

from bus.database.tables import job
from bus.errors import DatabaseBusy
from bus.jobs.claiming import Claims
from bus.jobs.states import FREE_LANE, GROUP_LANE, UNIT_LANE
from bus.testing import wait_until
from tests.deeds import deed, done, spell
from tests.workers.hand import Hand, change, row
from workers import turns
from workers.costs import Costs


def envelope(bus, job_id):
    return bus.jobs.find(job_id).envelope


def test_a_turn_runs_what_is_due(bus, hand, submit):
    """Units and everything else, until nothing is left; nothing is held afterwards."""
    jobs = [submit(command) for command in ("deed", "steps", "async_steps", "count", "parent")]

    hand.work()

    assert [row(bus, job_id).state for job_id in jobs] == ["succeeded"] * 5
    assert done(bus) == Counter(
        {(1, "done"): 1, (5, "done"): 1, (-5, "done"): 1}
        | {(n, f"step {step}"): 1 for n in (2, 3) for step in range(3)}
    )
    assert hand.runner.held.jobs() == []


def test_a_job_that_fails_in_a_group_loses_its_own_writes_alone(bus, hand, submit):
    """Neighbours in the same transaction keep theirs."""
    kinds = ["deed", "failing", "deed", "refusing", "deed"]
    jobs = [submit(kind) for kind in kinds]

    hand.work()

    assert [row(bus, job_id).state for job_id in jobs] == ["succeeded", "queued", "succeeded", "failed", "succeeded"]
    assert done(bus) == Counter({(n, "done"): 1 for n in (1, 3, 5)})


def test_jobs_run_in_the_order_of_priority_then_time_then_id(bus, hand, submit):
    for n, priority in enumerate((5, -1, 0, 0, 5, -1), 1):
        submit("deed", {"n": n}, priority=priority)

    hand.work()

    with bus.database.connect() as connection:
        order = [n for (n,) in connection.execute(deed.select().with_only_columns(deed.c.n).order_by(deed.c.id))]
    assert order == [2, 6, 3, 4, 1, 5]


def test_a_job_that_was_tried_before_is_claimed_alone(sqlite_bus, hand_on):
    """It could be the one that kills: nobody shares its transaction."""
    hand = hand_on(sqlite_bus)
    ids = [sqlite_bus.submit("deed", {"n": n}).job["id"] for n in range(5)]
    for job_id in ids[:3]:
        change(sqlite_bus, job_id, attempt=1)

    assert len(hand.claim(64, fresh=True)) == 2
    assert len(hand.claim(1, fresh=False)) == 1


@pytest.fixture
def hand_on():
    return Hand


def test_a_retried_job_gets_its_turn_while_fresh_ones_keep_coming(bus, hand, submit):
    """Every fourth claim begins with those tried before."""
    retried = submit("deed")
    change(bus, retried, attempt=1)
    for _ in range(20):
        submit("deed")
    hand.runner._costs._mean = 1e6  # one at a time

    hand.work()

    later = [job_id for job_id in all_ids(bus) if row(bus, job_id).finished_at > row(bus, retried).finished_at]
    assert row(bus, retried).state == "succeeded"
    assert later


def all_ids(bus):
    with bus.database.connect() as connection:
        return [job_id for (job_id,) in connection.execute(job.select().with_only_columns(job.c.id))]


def test_a_draining_worker_gives_back_what_it_has_not_begun(bus, hand, submit, monkeypatch):
    """The attempt does not count, and whoever is left can take the job at once."""
    jobs = [submit("deed") for _ in range(3)]
    monkeypatch.setattr(turns, "reach", lambda point: point == "claimed" and hand.stop.ask())

    hand.runner.turn("default", UNIT_LANE)

    assert {(r.state, r.attempt, r.alone) for r in (row(bus, job_id) for job_id in jobs)} == {("queued", 0, 0)}
    assert all(row(bus, job_id).run_at <= bus.jobs.now_ms() for job_id in jobs)
    assert hand.runner.held.jobs() == []


def test_a_free_job_that_was_claimed_while_draining_is_given_back(bus, hand, submit, monkeypatch):
    job_id = submit("steps")
    monkeypatch.setattr(turns, "reach", lambda point: point == "claimed" and hand.stop.ask())

    hand.runner.turn("default", FREE_LANE)

    assert (row(bus, job_id).state, row(bus, job_id).attempt) == ("queued", 0)
    assert not done(bus)


def test_a_job_given_back_after_its_cancellation_has_an_answer(bus, hand, submit, monkeypatch):
    """Cancelled while it was claimed and never begun: whoever waits for it gets an envelope."""
    job_id = submit("deed")

    def cancel_and_stop(point):
        if point == "claimed":
            assert bus.call("job_cancel", {"job_id": job_id}).ok
            hand.stop.ask()

    monkeypatch.setattr(turns, "reach", cancel_and_stop)
    hand.runner.turn("default", UNIT_LANE)

    assert row(bus, job_id).state == "cancelled"
    assert envelope(bus, job_id).code == "CANCELLED"
    assert not done(bus)


def test_a_busy_database_spends_no_attempt_and_costs_neighbours_nothing(bus, hand, submit):
    """One job of a group finds the database busy: the others run at once, it waits and keeps its only attempt."""
    with bus.database.connect() as connection:
        connection.execute(spell.insert().values(n=2))
    first, busy, last = submit("deed"), submit("busy"), submit("deed")

    hand.runner.turn("default", UNIT_LANE)
    hand.work()

    assert (row(bus, busy).state, row(bus, busy).attempt, row(bus, busy).alone) == ("queued", 0, 0)
    assert row(bus, busy).run_at > row(bus, busy).created_at
    assert done(bus).keys() <= {(1, "done"), (3, "done")}

    with bus.database.connect() as connection:
        connection.execute(spell.delete())
    change(bus, busy, run_at=0)
    hand.work()
    assert [row(bus, job_id).state for job_id in (first, busy, last)] == ["succeeded"] * 3


def test_a_lost_claim_is_noticed_before_it_does_harm(bus, hand, other, submit):
    """Stopped between claim and run, taken over meanwhile: the old claim writes nothing and ends nothing."""
    job_id = submit("deed")
    jobs = hand.claim()
    change(bus, job_id, lease_until=0)
    other.keeper.look()
    other.work()

    left = hand.runner._step("default", UNIT_LANE, jobs, claims_more=False)

    assert left == []
    assert done(bus) == Counter({(1, "done"): 1})
    assert row(bus, job_id).state == "succeeded"
    assert hand.runner.held.jobs() == []


def test_a_lost_free_job_is_noticed_at_its_first_unit(bus, hand, other, submit):
    job_id = submit("steps")
    jobs = hand.claim(lane=FREE_LANE)
    change(bus, job_id, lease_until=0)
    other.keeper.look()
    other.work()

    assert hand.runner._step("default", FREE_LANE, jobs, claims_more=False) == []
    assert done(bus) == Counter({(1, f"step {step}"): 1 for step in range(3)})


def test_an_exception_of_the_workers_own_holds_nothing_for_ever(bus, hand, submit, monkeypatch):
    """A job that nobody renews comes back by its lease; one that is renewed and forgotten never would."""
    job_id = submit("deed")

    def fail(*_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(hand.bus.performer, "perform", fail)
    with pytest.raises(RuntimeError):
        hand.runner.turn("default", UNIT_LANE)
    monkeypatch.undo()

    assert hand.runner.held.jobs() == []
    assert row(bus, job_id).state == "running"
    change(bus, job_id, lease_until=0)
    hand.keeper.look()
    hand.work()
    assert row(bus, job_id).state == "succeeded"


def test_a_handler_that_leaves_by_force_is_a_failed_handler(bus, hand, sample_jobs):
    """``sys.exit`` in a handler ends the attempt and not the thread, the transaction or the neighbours."""
    neighbour, quitting = sample_jobs("add", "quit")

    hand.runner.turn("default", UNIT_LANE)

    assert row(bus, quitting).state in ("queued", "dead")
    assert envelope_text(bus, quitting) == "HANDLER_ERROR"
    assert row(bus, neighbour).state == "succeeded"


def envelope_text(bus, job_id):
    return bus.jobs.find(job_id).last.code


@pytest.fixture
def sample_jobs(bus, monkeypatch):
    """Replace what ``deed`` and ``nap`` do, and queue them."""

    def make(*kinds):
        def quit_(ctx, **_):
            raise SystemExit(3)

        def unwritable(ctx, **_):
            return {"n": 2**70, "odd": object()}

        handlers = {"quit": quit_, "unwritable": unwritable}
        ids = []
        for n, kind in enumerate(kinds, 100):
            if kind in handlers:
                monkeypatch.setattr(bus.registry.find("nap"), "handler", handlers[kind])
                ids.append(bus.submit("nap", {"n": n}).job["id"])
            else:
                ids.append(bus.submit("deed", {"n": n}).job["id"])
        return ids

    return make


def test_a_result_that_cannot_be_written_down_is_a_failed_handler(bus, hand, sample_jobs, monkeypatch):
    neighbour, odd = sample_jobs("add", "unwritable")
    monkeypatch.setattr(bus.registry.find("nap"), "_dump", lambda result: result)

    hand.runner.turn("default", UNIT_LANE)

    assert envelope_text(bus, odd) == "HANDLER_ERROR"
    assert row(bus, neighbour).state == "succeeded"


def test_arguments_that_cannot_be_read_any_more_bury_their_job_alone(bus, hand, submit):
    """A broken row, a failing upcast: an attempt each time, and nobody else's."""
    broken, neighbour = submit("failing"), submit("deed")
    change(bus, broken, args="{")

    for _ in range(3):
        change(bus, broken, run_at=0)
        hand.work()

    assert (row(bus, broken).state, envelope(bus, broken).code) == ("dead", "HANDLER_ERROR")
    assert row(bus, neighbour).state == "succeeded"


def test_a_principal_that_cannot_be_judged_fails_its_job_alone(bus, hand, submit):
    """The plugin that knows principals is broken: their jobs are tried again, everybody else's run."""
    answer = bus.submit("members", {"n": 50}, session_token="member-eve")
    neighbour = submit("deed")
    with bus.database.connect() as connection:
        connection.exec_driver_sql("DROP TABLE deeds_banned")

    hand.runner.turn("default", UNIT_LANE)

    assert bus.jobs.find(answer.job["id"]).last.code == "HANDLER_ERROR"
    assert row(bus, neighbour).state == "succeeded"


def test_a_handler_that_commits_by_itself_pays_alone(sqlite_bus, monkeypatch):
    """What it committed stays (that was its own doing); neighbours run once, it fails."""
    bus, hand = sqlite_bus, Hand(sqlite_bus)

    def commits(ctx, **_):
        ctx.db.exec_driver_sql("COMMIT")
        return {"n": 1}

    monkeypatch.setattr(bus.registry.find("nap"), "handler", commits)
    first = bus.submit("deed", {"n": 1}).job["id"]
    bad = bus.submit("nap", {"n": 2}).job["id"]
    last = bus.submit("deed", {"n": 3}).job["id"]

    hand.runner.turn("default", UNIT_LANE)

    assert [row(bus, job_id).state for job_id in (first, last)] == ["succeeded", "succeeded"]
    assert bus.jobs.find(bad).last.code == "HANDLER_ERROR"
    assert hand.runner.held.jobs() == []


def test_a_handler_that_begins_another_transaction_pays_alone(postgresql_bus, monkeypatch):
    """In the middle of a group, and as its last job. What it committed of those before it is its doing, too."""
    bus, hand = postgresql_bus, Hand(postgresql_bus)
    for _ in range(100):  # as after many short jobs
        hand.runner._costs.add("grouped@1", 0.0001)

    def changes(ctx, n, **_):
        if n < 0:
            ctx.db.exec_driver_sql("COMMIT")
            ctx.db.exec_driver_sql("BEGIN")
        return done_once(ctx, n)

    done_once = bus.registry.find("grouped").handler
    monkeypatch.setattr(bus.registry.find("grouped"), "handler", changes)
    jobs = {n: bus.submit("grouped", {"n": n}).job["id"] for n in (1, -2, 3, 4, -5)}

    hand.runner.turn("default", GROUP_LANE)

    for n, job_id in jobs.items():
        assert bus.jobs.find(job_id).last.code == (None if n > 0 else "HANDLER_ERROR"), n
    assert {n: count for (n, _), count in done(bus).items() if n > 1} == {3: 1, 4: 1}
    assert hand.runner.held.jobs() == []


def test_a_lost_connection_gives_the_job_back_unspent(postgresql_bus, monkeypatch):
    bus, hand = postgresql_bus, Hand(postgresql_bus)
    job_id = bus.submit("nap", {"n": 1}).job["id"]

    def cuts(ctx, **_):
        ctx.db.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(bus.registry.find("nap"), "handler", cuts)
    hand.runner.turn("default", UNIT_LANE)

    assert (row(bus, job_id).state, row(bus, job_id).attempt, row(bus, job_id).alone) == ("queued", 0, 0)
    assert hand.runner.held.jobs() == []


def test_a_commit_that_was_not_made_is_found_out(postgresql_bus):
    """The connection dies while committing; the rows say that nothing was done, and the job runs again, unspent."""
    bus, hand = postgresql_bus, Hand(postgresql_bus)
    with bus.database.connect() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF EXISTS (SELECT 1 FROM deeds_spell) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; "
            "RETURN NULL; END $$"
        )
        connection.exec_driver_sql(
            "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON deeds_deed "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()"
        )
        connection.execute(spell.insert().values(n=1))
    job_id = bus.submit("deed", {"n": 1}).job["id"]
    later = bus.submit("count", {"n": 1}).job["id"]

    hand.runner.turn("default", UNIT_LANE)

    assert (row(bus, job_id).state, row(bus, job_id).attempt) == ("queued", 0)
    assert not done(bus)
    with bus.database.connect() as connection:
        connection.execute(spell.delete())
    hand.work()
    assert done(bus) == Counter({(1, "done"): 1})
    assert [row(bus, one).state for one in (job_id, later)] == ["succeeded", "succeeded"]


def test_a_claim_whose_commit_was_lost_leaves_nothing_running(postgresql_bus, monkeypatch):
    """The claim was made, its answer was lost: the job goes back at once instead of being renewed and never run."""
    bus, hand = postgresql_bus, Hand(postgresql_bus)
    job_id = bus.submit("deed", {"n": 1}).job["id"]
    kept = bus.database.writer()
    commit = kept.commit

    def commit_and_lose():
        from bus.errors import CommitUnknown

        monkeypatch.undo()
        commit()
        kept.raw.close()
        raise CommitUnknown

    monkeypatch.setattr(kept, "commit", commit_and_lose)
    hand.runner.turn("default", UNIT_LANE)
    hand.work()

    assert row(bus, job_id).state == "succeeded"
    assert row(bus, job_id).attempt == 1
    assert hand.runner.held.jobs() == []


def test_a_database_that_is_away_for_good_ends_the_turn(sqlite_bus, monkeypatch):
    """The jobs wait for their lease, the worker goes on."""
    hand = Hand(sqlite_bus)
    sqlite_bus.submit("deed", {"n": 1})

    def away(*_, **__):
        raise DatabaseBusy("away")

    monkeypatch.setattr(hand.claims, "claim", away)
    hand.runner.turn("default", UNIT_LANE)

    assert hand.runner.held.jobs() == []


@pytest.mark.parametrize(("command", "shares"), [("grouped", True), ("deed", False)])
def test_on_postgresql_jobs_share_a_transaction_if_their_contract_says_so(postgresql_bus, monkeypatch, command, shares):
    """One commit for many; by default each has its own, for groups could lock rows in different order."""
    bus, hand = postgresql_bus, Hand(postgresql_bus)
    for n in range(40):
        bus.submit(command, {"n": n})
    kept, commits = bus.database.writer(), []
    commit = kept.commit
    monkeypatch.setattr(kept, "commit", lambda: commits.append(1) or commit())
    monkeypatch.setattr(hand.runner, "_costs", Costs(10.0))  # however slow the machine is now
    for _ in range(200):  # known to be quick
        hand.runner._costs.add(f"{command}@1", 0.000_01)

    hand.runner.turn("default", UNIT_LANE)
    hand.work()

    assert done(bus) == Counter({(n, "done"): 1 for n in range(40)})
    assert (len(commits) < 40) == shares


def test_a_deadlock_in_a_group_is_nobodys_loss(postgresql_bus, monkeypatch):
    """Whatever the group had to give up, each of its jobs runs alone and once."""
    bus, hand = postgresql_bus, Hand(postgresql_bus)
    jobs = [bus.submit("grouped", {"n": n}).job["id"] for n in range(10)]
    handler, raised = bus.registry.find("grouped").handler, []

    def deadlocks_once(ctx, n):
        if n == 3 and not raised:
            raised.append(n)
            raise DatabaseBusy("the transaction met another one in a deadlock")
        return handler(ctx, n=n)

    monkeypatch.setattr(bus.registry.find("grouped"), "handler", deadlocks_once)
    # A job that runs alone and finds the database busy rests for a moment.
    wait_until(lambda: hand.work() or len(done(bus)) == len(jobs), 30, "every deed")

    assert {(row(bus, job_id).state, row(bus, job_id).attempt) for job_id in jobs} == {("succeeded", 1)}
    assert done(bus) == Counter({(n, "done"): 1 for n in range(10)})


def test_contracts_may_have_odd_names(bus, hand, submit):
    """A question mark or a percent sign in a name is no parameter in the statements that list all contracts."""
    odd = Claims(bus.database, "somebody", [*bus.known_contracts, "is it 100%?@1", "it's@1"], 1_000)
    submit("deed")

    with bus.database.writer().transaction() as kept:
        assert odd.is_due(kept, "default", UNIT_LANE)
        assert len(odd.claim(kept, "default", UNIT_LANE, 1, fresh=True)) == 1
