"""The life of jobs against a model of it: whatever publishers, workers, deaths and operators do in whatever order.

The model knows the rules as the documentation tells them, and nothing of SQL. After each step every row must be what
the model says, every move one of ``MOVES``, and every effect there exactly once for jobs that succeeded and never for
others.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import strategies as st
from sqlalchemy import select

from bus.database.tables import job as job_table
from bus.jobs.places import Places
from bus.jobs.states import ENDED, FREE_LANE, MOVES, RETRYABLE, UNIT_LANE, WARD_LANE, JobState
from bus.settings import Settings
from tests.deeds import create_tables, deeds, done
from tests.fleet import SETTINGS
from tests.workers.hand import Hand, change
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.jobs.claiming import Claimed

#: Kind -> attempts, lane.
KINDS = {
    "deed": (8, UNIT_LANE),
    "failing": (3, UNIT_LANE),
    "refusing": (8, UNIT_LANE),
    "busy": (1, UNIT_LANE),
    "steps": (8, FREE_LANE),
}
LANES = (UNIT_LANE, FREE_LANE, WARD_LANE)
#: How many numbers there are to pick with.
NUMBERS = 12


@dataclass
class Model:
    """What a job must be."""

    n: int
    kind: str
    lane: int
    priority: int
    run_at: int
    state: JobState = JobState.QUEUED
    attempt: int = 0
    alone: int = 0
    fence: int = 0
    owner: str | None = None
    is_cancelled: bool = False

    @property
    def attempts(self) -> int:
        return KINDS[self.kind][0]

    def claim(self, owner: str) -> None:
        self.state, self.owner = JobState.RUNNING, owner
        self.attempt, self.fence = self.attempt + 1, self.fence + 1
        self.alone += self.lane == WARD_LANE

    def end(self, state: JobState) -> None:
        """Leave the worker; cancelled instead of back into the queue, if somebody asked for it."""
        self.owner = None
        self.state = JobState.CANCELLED if state is JobState.QUEUED and self.is_cancelled else state

    def run(self) -> None:
        if self.kind == "refusing":
            self.end(JobState.FAILED)
        elif self.kind == "failing":
            self.alone += self.lane != WARD_LANE
            self.end(JobState.DEAD if self.alone >= self.attempts else JobState.QUEUED)
        elif self.kind == "steps" and self.is_cancelled:
            self.end(JobState.CANCELLED)
        else:
            self.end(JobState.SUCCEEDED)

    def crash(self) -> None:
        if self.alone >= self.attempts or self.attempts == 1:
            self.end(JobState.DEAD)
            return
        if self.attempt - self.alone > 1:
            self.lane = WARD_LANE
        self.end(JobState.QUEUED)

    def go_back(self) -> None:
        self.attempt -= 1
        self.alone -= self.lane == WARD_LANE
        self.end(JobState.QUEUED)

    def effects(self) -> list[tuple[int, str]]:
        if self.state is not JobState.SUCCEEDED:
            return []
        return [(self.n, f"step {step}") for step in range(3)] if self.kind == "steps" else [(self.n, "done")]


#: What the envelope of an ended job says.
CODES = {"succeeded": None, "failed": "no", "dead": "HANDLER_ERROR", "cancelled": "CANCELLED"}


class Jobs:
    """Two workers, a publisher and an operator, and what all of it must come to.

    Each step takes two numbers, which pick one of whatever there is to pick from.
    """

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        with bus.database.connect() as connection:
            for table in ("bus_job", "bus_unit", "deeds_deed"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
        self.models: dict[str, Model] = {}
        self.before: dict[str, JobState] = {}
        self.numbers = itertools.count(1)
        self.hands = [Hand(bus), Hand(bus)]
        #: What each worker believes to have in hand.
        self.in_hand: list[list[Claimed]] = [[], []]

    def close(self) -> None:
        for hand in self.hands:
            hand.leave()

    # What publishers and operators do.

    def publish(self, first: int, second: int) -> None:
        kind, priority = list(KINDS)[first % len(KINDS)], second % 3
        is_later = second == NUMBERS - 1
        n = next(self.numbers)
        args = {"n": n} | ({"ms": 0} if kind == "steps" else {})
        answer = self.bus.submit(kind, args, priority=priority, delay_ms=3_600_000 if is_later else None)
        assert answer.job is not None
        job_id = answer.job["id"]
        self.models[job_id] = Model(n, kind, KINDS[kind][1], priority, self.rows()[job_id].run_at)

    def time_passes(self, first: int, second: int) -> None:
        for job_id in self.some(first):
            change(self.bus, job_id, run_at=1)
            self.models[job_id].run_at = 1
        for hand in self.hands:
            if hand.claims.places is not None:  # by then they count no more: more than a second has passed
                hand.claims.places = Places()

    def cancel(self, first: int, second: int) -> None:
        for job_id in self.some(first):
            model = self.models[job_id]
            answer = self.bus.call("job_cancel", {"job_id": job_id})
            if model.state in ENDED:
                assert answer.code == "job_has_ended"
                continue
            assert answer.ok
            model.is_cancelled = True
            if model.state is JobState.QUEUED:
                model.end(JobState.CANCELLED)

    def retry(self, first: int, second: int) -> None:
        for job_id in self.some(first):
            model = self.models[job_id]
            answer = self.bus.call("job_retry", {"job_id": job_id})
            if model.state not in RETRYABLE:
                assert answer.code == "job_not_retryable"
                continue
            assert answer.ok
            model.state, model.attempt, model.alone, model.is_cancelled = JobState.QUEUED, 0, 0, False
            model.run_at = self.rows()[job_id].run_at

    # What workers do, and what is done to them.

    def claim(self, first: int, second: int) -> None:
        who, most, kinds = first % 2, 1 + second % 4, self.kinds_of_claims()
        if not kinds:
            return
        lane, fresh = kinds[first % len(kinds)]
        now = self.bus.jobs.now_ms()
        due = [
            (model.priority, model.run_at, job_id)
            for job_id, model in self.models.items()
            if (model.state, model.lane, model.attempt == 0) == (JobState.QUEUED, lane, fresh) and model.run_at <= now
        ]
        claimed = self.hands[who].claim(most, lane=lane, fresh=fresh)
        # One claim takes jobs of one priority, the first that has any; the next claim takes the next one's.
        first_rank = min((priority for priority, _, _ in due), default=0)
        expected = [job_id for priority, _, job_id in sorted(due) if priority == first_rank][:most]
        # A pause between attempts may have ended between our look at the clock and the database's.
        assert [job.id for job in claimed] == expected or len(claimed) > len(expected)
        for job in claimed:
            self.models[job.id].claim(self.hands[who].life.owner)
            assert job.fence == self.models[job.id].fence
        self.in_hand[who] += claimed

    def kinds_of_claims(self) -> list[tuple[int, bool]]:
        """Lane and freshness of the jobs that wait."""
        waiting = [model for model in self.models.values() if model.state is JobState.QUEUED]
        return sorted({(model.lane, model.attempt == 0) for model in waiting})

    def run(self, first: int, second: int) -> None:
        """A worker runs everything it has in hand; what somebody else has by now it leaves alone."""
        who = first % 2
        for lane in LANES:
            jobs = [job for job in self.in_hand[who] if job.lane == lane]
            for job in jobs:
                if self.owns(who, job):
                    self.models[job.id].run()
            while jobs:
                jobs = self.hands[who].runner._step("default", lane, jobs, claims_more=False)
        self.in_hand[who] = []
        self.learn_pauses()

    def give_back(self, first: int, second: int) -> None:
        """A worker drains."""
        who = first % 2
        for job in self.in_hand[who]:
            if self.owns(who, job):
                self.models[job.id].go_back()
        jobs, self.in_hand[who] = self.in_hand[who], []
        self.hands[who].runner._give_back(jobs, pause=False)
        self.hands[who].runner.held.drop(jobs)
        self.learn_pauses()

    def die(self, first: int, second: int) -> None:
        """A worker dies; the other one looks, and a new one comes."""
        who = first % 2
        dead = self.hands[who]
        dead.die()
        for model in self.models.values():
            if model.owner == dead.life.owner:
                model.crash()
        self.hands[1 - who].keeper.look()
        self.hands[who], self.in_hand[who] = Hand(self.bus), []
        self.learn_pauses()

    def hang(self, first: int, second: int) -> None:
        """A worker's leases pass; the other one looks. It goes on afterwards as if nothing had been."""
        who = first % 2
        for job_id, model in self.models.items():
            if model.owner == self.hands[who].life.owner:
                change(self.bus, job_id, lease_until=0)
                model.crash()
        self.hands[1 - who].keeper.look()
        self.learn_pauses()

    # The comparison.

    def some(self, number: int) -> list[str]:
        """One of the jobs, if there is any."""
        return [list(self.models)[number % len(self.models)]] if self.models else []

    def rows(self) -> dict[str, Any]:
        with self.bus.database.reader().transaction(write=False) as kept:
            return {row.id: row for row in kept.db.execute(select(job_table))}

    def owns(self, who: int, job: Claimed) -> bool:
        model = self.models[job.id]
        return model.owner == self.hands[who].life.owner and model.fence == job.fence

    def learn_pauses(self) -> None:
        """How long a pause is, is not the model's affair."""
        for job_id, row in self.rows().items():
            self.models[job_id].run_at = row.run_at

    def compare(self) -> None:
        """Every row is what its model says."""
        rows = self.rows()
        assert rows.keys() == self.models.keys()
        for job_id, model in self.models.items():
            row = rows[job_id]
            found = (row.state, row.attempt, row.alone, row.fence, row.owner, row.lane, bool(row.is_cancelled))
            told = (model.state, model.attempt, model.alone, model.fence, model.owner, model.lane, model.is_cancelled)
            assert found == told, model
            assert (row.finished_at is not None) == (model.state in ENDED)
            assert (row.lease_until is not None) == (model.state is JobState.RUNNING)
            if model.state in ENDED and self.before.get(job_id) is not model.state:
                job = self.bus.jobs.find(job_id)
                assert job is not None
                assert job.envelope is not None
                assert job.envelope.code == CODES[model.state]
        assert done(self.bus) == Counter(effect for model in self.models.values() for effect in model.effects())

    def check_moves(self) -> None:
        """Nothing goes where the table of moves does not lead."""
        now = {job_id: model.state for job_id, model in self.models.items()}
        for job_id, state in now.items():
            was = self.before.get(job_id, JobState.QUEUED)
            assert state is was or state in MOVES[was]
        self.before = now


#: Steps, as often as they are worth it.
STEPS = {
    "publish": 5,
    "claim": 6,
    "run": 5,
    "die": 3,
    "hang": 2,
    "give_back": 2,
    "cancel": 2,
    "retry": 2,
    "time_passes": 3,
}
ANY_STEP = st.sampled_from([name for name, weight in STEPS.items() for _ in range(weight)])
ANY_NUMBER = st.integers(0, NUMBERS - 1)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 40), ("postgresql", 15)])
def test_jobs_live_as_the_model_says(request, open_bus, kind, examples):
    """Publishing, claiming, running, dying, hanging, cancelling and retrying in every order Hypothesis thinks of."""
    bus = open_bus(request.getfixturevalue(f"{kind}_url"), plugins=[deeds, workers], settings=Settings(**SETTINGS))
    create_tables(bus.database)

    @hypothesis.settings(max_examples=examples, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(st.lists(st.tuples(ANY_STEP, ANY_NUMBER, ANY_NUMBER), min_size=20, max_size=60))
    def live(steps: list[tuple[str, int, int]]) -> None:
        jobs = Jobs(bus)
        try:
            for name, first, second in steps:
                getattr(jobs, name)(first, second)
                jobs.compare()
                jobs.check_moves()
        finally:
            jobs.close()

    live()
