"""A host whose clock is two hours off, either way, does nothing early, keeps nobody waiting and removes nothing."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bus.database.tables import job
from bus.testing import wait_until
from tests.deeds import done
from tests.processes.clocks import be_elsewhere
from tests.processes.drill import Drill
from tests.processes.ledger import KINDS, LETTER
from tests.processes.scheduling import SchedulerProcess

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.processes.conftest import Queue

#: Seconds.
OFF_S = 7_200
DELAY_MS = 700


class Clocks(Drill):
    """Beside a host whose clock is right, another one comes and goes.

    Args:
        queue: what both work at.
        folder: where the other one's processes meet.
        rng: decides everything that is left to chance.
    """

    def __init__(self, queue: Queue, folder: Path, rng: random.Random) -> None:
        super().__init__(queue.bus, rng, KINDS | {"long": 10})
        self._queue = queue
        self._folder = folder

    def begin(self) -> None:
        self.fleets = [self._queue.fleet(processes=1).wait_ready()]

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            (f"{name} {ends}", partial(self._visit, off_s, number))
            for name, off_s in (("ahead", OFF_S), ("behind", -OFF_S))
            for ends, number in (("and killed", signal.SIGKILL), ("and stopped", signal.SIGSTOP))
        ]

    def _visit(self, off_s: float, number: int) -> None:
        """Its leases pass when those of others do."""
        prepare = partial(be_elsewhere, str(self._folder), off_s)
        other = self._queue.fleet(processes=1, prepare=prepare, beat_timeout_ms=60_000).wait_ready()
        self.fleets.append(other)
        for _ in range(10):
            answer = self.bus.submit("count", {"n": -1}, delay_ms=DELAY_MS)
            self.own_jobs.add(answer.job["id"])
        self.publish_for(self.rng.uniform(0.4, 0.8))
        children = other.children()
        for child in children:
            child.send_signal(number)
        self.publish_for(1.3)
        for child in children:
            with contextlib.suppress(Exception):  # it was killed
                child.resume()
        self.publish_for(0.2)
        self.fleets.remove(other)
        other.kill()

    def end(self) -> None:
        for job_id in self.own_jobs:
            assert self.bus.wait(job_id, timeout_ms=30_000).ok
        with self.bus.database.connect() as connection:
            rows = connection.execute(select(job).where(job.c.id.in_(self.own_jobs))).all()
        if early := [row.id for row in rows if row.finished_at < row.created_at + DELAY_MS]:
            self.report.complaints.append(f"jobs that ran before their time: {early}")
        if len(rows) != len(self.own_jobs):
            self.report.complaints.append("jobs were removed before their time")


@pytest.mark.timeout(1800)
def test_the_ledger_balances_beside_a_host_whose_clock_is_wrong(
    rounds_asked, make_queue, postgresql_url, tmp_path, rng, balance
):
    """Its retention is an hour, and its clock two hours ahead: it would remove what has just ended."""
    queue = make_queue(postgresql_url, keep_jobs_hours=1, idempotency_hours=1)

    balance(Clocks(queue, tmp_path / "elsewhere", rng).run_deck(rounds_asked))


@pytest.mark.parametrize("off_s", [OFF_S, -OFF_S], ids=["ahead", "behind"])
def test_letters_are_read_and_ticks_fired_by_a_wrong_clock(make_queue, postgresql_url, redis_url, tmp_path, off_s):
    """A letter lives as long as jobs are kept; a tick is due by the database's clock."""
    queue = make_queue(postgresql_url, redis_url)
    bus = queue.bus
    prepare = partial(be_elsewhere, str(tmp_path / "elsewhere"), off_s)
    assert all(answer.ok for answer in bus.submit_many(LETTER, [{"n": n} for n in range(20)]))
    schedule = {"name": "s", "command": "deed", "args": {"n": 100}, "cron": "* * * * * *", "missed": "all"}
    first = bus.call("schedule_add", schedule).data["schedule"]["next_at"]
    queue.fleet(prepare=prepare).wait_ready()
    with SchedulerProcess(postgresql_url, tmp_path, "scheduler", prepare) as scheduler:
        scheduler.wait_ready()
        wait_until(lambda: done(bus)[100, "done"] >= 2, 30, "two ticks")
        scheduler.tell(signal.SIGTERM)
        assert scheduler.wait() == 0
    wait_until(lambda: {n for n, what in done(bus) if what == "deed"} == set(range(20)), 30, "the letters")
    last = bus.call("schedule_list").data["items"][0]["last_at"]
    wait_until(lambda: done(bus)[100, "done"] == (last - first) // 1_000 + 1, 30, "a job for each tick")
