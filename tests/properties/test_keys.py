"""Whatever publishers, workers, deaths and operators do: no key is ever overfull, and its jobs run in their order."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import strategies as st
from sqlalchemy import select

from bus.database.tables import job as job_table
from bus.jobs.states import FREE_LANE, KEY_LANE, UNIT_LANE, WARD_LANE
from bus.settings import Settings
from tests.deeds import create_tables, deeds, order_of
from tests.fleet import SETTINGS
from tests.workers.hand import Hand, change
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.jobs.claiming import Claimed

LIMITS = {"keyed_unit": 1, "keyed": 1, "keyed_pair": 2}
LANES = (UNIT_LANE, FREE_LANE, WARD_LANE)


class Keys:
    """Two workers, publishers and an operator. Each step takes two numbers, to pick with."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        with bus.database.connect() as connection:
            for table in ("bus_job", "bus_unit", "bus_key", "bus_attempt", "deeds_deed"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
        self.numbers = itertools.count(1)
        #: Key -> numbers in the order in which they were published.
        self.published: dict[str, list[int]] = defaultdict(list)
        self.ids: list[str] = []
        self.hands = [Hand(bus), Hand(bus)]
        self.in_hand: list[list[Claimed]] = [[], []]

    def close(self) -> None:
        for hand in self.hands:
            hand.leave()

    def publish(self, first: int, second: int) -> None:
        command, key, n = list(LIMITS)[first % 3], f"k{second % 2}", next(self.numbers)
        args: dict[str, Any] = {"n": n, "key": key} | ({} if command == "keyed_unit" else {"ms": 0})
        answer = self.bus.submit(command, args)
        assert answer.job is not None
        self.ids.append(answer.job["id"])
        self.published[f"{command} {key}"].append(n)

    def claim(self, first: int, second: int) -> None:
        who = first % 2
        self.in_hand[who] += self.hands[who].claim(
            1 + second % 3, lane=LANES[second % 3], fresh=bool(first % 3) and second % 3 < 2
        )

    def run(self, first: int, second: int) -> None:
        who = first % 2
        for lane in LANES:
            jobs = [job for job in self.in_hand[who] if job.lane == lane]
            while jobs:
                jobs = self.hands[who].runner._step("default", lane, jobs, claims_more=False)
        self.in_hand[who] = []

    def give_back(self, first: int, second: int) -> None:
        who = first % 2
        jobs, self.in_hand[who] = self.in_hand[who], []
        self.hands[who].runner._give_back(jobs, pause=False)
        self.hands[who].runner.held.drop(jobs)

    def die(self, first: int, second: int) -> None:
        who = first % 2
        self.hands[who].die()
        self.hands[1 - who].keeper.look()
        self.hands[who], self.in_hand[who] = Hand(self.bus), []

    def hang(self, first: int, second: int) -> None:
        """Its leases pass; it goes on afterwards as if nothing had been."""
        who = first % 2
        for job in self.in_hand[who]:
            change(self.bus, job.id, lease_until=0)
        self.hands[1 - who].keeper.look()

    def cancel(self, first: int, second: int) -> None:
        if self.ids:
            self.bus.call("job_cancel", {"job_id": self.ids[first % len(self.ids)]})

    def retry(self, first: int, second: int) -> None:
        if self.ids:
            self.bus.call("job_retry", {"job_id": self.ids[first % len(self.ids)]})

    def admit(self, first: int, second: int) -> None:
        self.hands[first % 2].keeper.admit()

    def check(self) -> None:
        """No key is overfull."""
        admitted: dict[str, int] = defaultdict(int)
        limits: dict[str, int] = {}
        with self.bus.database.reader().transaction(write=False) as kept:
            for row in kept.db.execute(select(job_table).where(job_table.c.state.in_(("queued", "running")))):
                limits[row.key] = row.key_limit
                admitted[row.key] += row.lane != KEY_LANE
        assert all(count <= limits[key] for key, count in admitted.items()), admitted

    def end(self) -> None:
        """Everything ends, and each key's jobs have run in their order, but for those that were tried again."""
        for who in (0, 1):
            self.run(who, 0)
        while True:
            self.hands[0].keeper.admit()
            self.hands[0].work()
            with self.bus.database.connect() as connection:
                if not connection.exec_driver_sql(
                    "SELECT count(*) FROM bus_job WHERE state IN ('queued','running')"
                ).scalar():
                    return
            for job_id in self.ids:
                change(self.bus, job_id, run_at=1)

    def ran_in_order(self) -> None:
        done = order_of(self.bus)
        for key, numbers in self.published.items():
            if not key.startswith("keyed_pair"):
                ended = [n for n, what in done if n in numbers and what in ("done", "end")]
                assert ended == sorted(set(ended)), key


STEPS = {
    "publish": 6,
    "claim": 6,
    "run": 5,
    "die": 2,
    "hang": 2,
    "give_back": 2,
    "cancel": 2,
    "retry": 1,
    "admit": 2,
}
ANY_STEP = st.sampled_from([name for name, weight in STEPS.items() for _ in range(weight)])


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "examples"), [("sqlite", 30), ("postgresql", 12)])
def test_no_key_is_overfull(request, open_bus, kind, examples):
    bus = open_bus(request.getfixturevalue(f"{kind}_url"), plugins=[deeds, workers], settings=Settings(**SETTINGS))
    create_tables(bus.database)

    @hypothesis.settings(max_examples=examples, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(
        st.lists(st.tuples(ANY_STEP, st.integers(0, 11), st.integers(0, 11)), min_size=20, max_size=50),
    )
    def live(steps: list[tuple[str, int, int]]) -> None:
        keys = Keys(bus)
        try:
            for name, first, second in steps:
                getattr(keys, name)(first, second)
                keys.check()
            keys.end()
            keys.check()
            if not any(name == "retry" for name, _, _ in steps):
                keys.ran_in_order()
        finally:
            keys.close()

    live()
