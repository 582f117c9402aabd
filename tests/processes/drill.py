"""A drill: workers are killed and stopped while jobs are published, and then the ledger must balance.

    report = Drill(bus, fleet, rng).run(25)
    assert not report.complaints, report

In each round one fault strikes while jobs of every kind are on their way: ``kill`` or ``stop`` (past the lease, then
it goes on as if nothing had been) at a named point of a job's life (workers/points.py) or at a random moment, a
worker that hangs until its supervisor kills it, or the death of the supervisor itself. One job in ten is published by
a unit that rolls back; one job of the whole drill is poison. Workers are revived by their supervisor alone.

At the end: accepted = answered, effects exactly once, none stuck, no strangers, nobody buried but the poison.
"""

from __future__ import annotations

import contextlib
import itertools
import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil
from sqlalchemy import select

from bus.database.tables import job
from bus.testing import wait_until
from tests.deeds import done, order
from tests.fleet import Fleet, is_gone, is_stopped
from workers.points import POINTS

if TYPE_CHECKING:
    from bus.application import Bus

#: Kinds of jobs, and how often each is published.
KINDS: dict[str, int] = {
    "deed": 40,
    "nap": 10,
    "slow": 4,
    "refusing": 8,
    "flaky": 8,
    "steps": 8,
    "async_steps": 4,
    "parent": 6,
    "elsewhere": 6,
    "count": 3,
    "changed@1": 3,
}
#: Kinds that are not simply a command with a number: command and arguments; 0 stands for the number.
ARGUMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "slow": ("nap", {"n": 0, "ms": 40}),
    "changed@1": ("changed@1", {"number": 0}),
}
ROLLED_BACK = 0.1
JOBS_A_ROUND = 40
SETTLE_S = 60.0


@dataclass
class Report:
    """What a drill did and what it found."""

    rounds: int = 0
    #: Fault -> how often it struck.
    faults: Counter[str] = field(default_factory=Counter[str])
    accepted: int = 0
    rolled_back: int = 0
    #: Jobs that were begun twice or more.
    rerun: int = 0
    #: What is wrong, a sentence each; empty: the ledger balances.
    complaints: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        struck = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        figures = f"{self.rounds} rounds ({struck}); {self.accepted} jobs accepted, {self.rolled_back} rolled back"
        wrong = "; ".join(self.complaints[:20]) or "nothing lost, doubled or stuck, no strangers"
        return f"{figures}, {self.rerun} run twice or more: {wrong}"


class Publisher(threading.Thread):
    """Publishes jobs while faults strike; a worker that is stopped inside its transaction can keep it waiting.

    Args:
        bus: its plugins include ``deeds`` and ``workers``.
        rng: decides what is published.
    """

    def __init__(self, bus: Bus, rng: random.Random) -> None:
        super().__init__(name="publisher", daemon=True)
        #: Number of each accepted order -> kind.
        self.accepted: dict[int, str] = {}
        self.rolled_back = 0
        self.complaints: list[str] = []
        self._bus = bus
        self._rng = rng
        self._wanted: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def want(self, number: int) -> None:
        """Publish so many jobs more."""
        for kind in self._rng.choices(list(KINDS), list(KINDS.values()), k=number):
            self._wanted.put(kind)

    def want_one_if_idle(self) -> None:
        """Publish a further job if there is nothing else to publish."""
        if self._wanted.empty():
            self.want(1)

    def run(self) -> None:
        """Publish what is wanted, the poison first."""
        for n, kind in enumerate(itertools.chain(["poison"], iter(self._wanted.get, None)), 1):
            try:
                self._publish(n, kind)
            except Exception as error:  # noqa: BLE001  # a complaint is what a drill is for
                self.complaints.append(f"order {n} of {kind} raised {error!r}")

    def end(self) -> None:
        """Publish what is still wanted, and no more."""
        self._wanted.put(None)
        self.join(120)

    def _publish(self, n: int, kind: str) -> None:
        refuses = kind != "poison" and self._rng.random() < ROLLED_BACK
        command, args = ARGUMENTS.get(kind, (kind, {"n": 0}))
        args = {name: n if value == 0 else value for name, value in args.items()}
        answer = self._bus.call("order", {"n": n, "command": command, "args": args, "refuses": refuses})
        if answer.ok:
            self.accepted[n] = kind
        elif answer.code == "no":
            self.rolled_back += 1
        elif answer.code != "DATABASE_BUSY":
            self.complaints.append(f"order {n} of {kind} was answered {answer.error}")


class Drill:
    """One drill.

    Args:
        bus: for publishing, and to read the ledger.
        start_fleet: starts workers on the same database.
        rng: decides everything that is left to chance.
        lease_ms: of the fleet.
    """

    def __init__(self, bus: Bus, start_fleet: Callable[[], Fleet], rng: random.Random, lease_ms: int) -> None:
        self.bus = bus
        self.report = Report()
        self._start_fleet = start_fleet
        self._rng = rng
        self._lease_s = lease_ms / 1000
        self._fleet = start_fleet()
        self._publisher = Publisher(bus, random.Random(rng.random()))

    def run(self, rounds: int) -> Report:
        """Drill, settle, check the ledger, and stop the workers."""
        try:
            self._fleet.wait_ready()
            self._publisher.start()
            for fault in self._deck(rounds):
                self._publisher.want(JOBS_A_ROUND)
                fault()
                self.report.rounds += 1
            self._publisher.end()
            self._settle()
            self._check()
            self._end()
        finally:
            self._fleet.kill()
        return self.report

    def _deck(self, rounds: int) -> list[Callable[[], None]]:
        """Every fault as often as every other one, in a random order."""
        at_points = [
            lambda point=point, what=what: self._at_point(point, what) for point in POINTS for what in ("kill", "stop")
        ]
        deck = [*at_points, self._kill, self._kill, self._stop, self._stop, self._hang, self._kill_supervisor]
        faults: list[Callable[[], None]] = []
        while len(faults) < rounds:
            faults += self._rng.sample(deck, len(deck))
        return faults[:rounds]

    # The faults.

    def _at_point(self, point: str, what: str) -> None:
        killed = self._killed()
        orders = [self._fleet.order(point, what)]
        if point == "taken":  # somebody has to die first
            orders.append(self._fleet.order("begun", "kill"))
            self.report.faults["kill at begun"] += 1

        def is_done() -> bool:
            self._publisher.want_one_if_idle()  # some points only a further job passes
            return not any(path.exists() for path in orders)

        wait_until(is_done, SETTLE_S, f"a worker to come to the point {point}")
        self.report.faults[f"{what} at {point}"] += 1
        if what == "stop":
            self._wake_after_lease(killed)

    def _kill(self) -> None:
        self._moment()
        self._somebody().kill()
        self.report.faults["kill"] += 1

    def _stop(self) -> None:
        killed = self._killed()
        self._moment()
        self._stop_somebody()
        self.report.faults["stop"] += 1
        self._wake_after_lease(killed)

    def _hang(self) -> None:
        """A worker that never wakes up again: its supervisor replaces it."""
        self._moment()
        hung = self._stop_somebody()
        self.report.faults["hang"] += 1
        wait_until(lambda: is_gone(hung), 30, "the hung worker's end")

    def _kill_supervisor(self) -> None:
        self._moment()
        self._fleet.kill()
        self.report.faults["kill of the supervisor"] += 1
        self._fleet = self._start_fleet().wait_ready()

    def _moment(self) -> None:
        time.sleep(self._rng.uniform(0, 0.05))

    def _somebody(self) -> psutil.Process:
        return self._rng.choice(wait_until(self._fleet.children, 30, "a worker"))

    def _stop_somebody(self) -> psutil.Process:
        """Stop one of the workers; one that was dying anyway does not count."""
        while True:
            worker = self._somebody()
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.suspend()
                wait_until(lambda worker=worker: is_gone(worker) or is_stopped(worker), 10, "it to stop")
                if is_stopped(worker):
                    return worker

    def _killed(self) -> int:
        """How many workers this fleet's supervisor has killed."""
        return len(self._fleet.records("worker_killed"))

    def _wake_after_lease(self, killed: int) -> None:
        """Let whoever is stopped go on when its leases have passed.

        Args:
            killed: how many workers the supervisor had killed before: those before are not this one.
        """
        wait_until(lambda: self._fleet.stopped() or self._killed() > killed, 10, "a stop")
        stopped = self._fleet.stopped()  # none if its supervisor was faster
        time.sleep(self._lease_s * self._rng.uniform(1.1, 1.6))
        for worker in stopped:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.resume()

    # The end.

    def _settle(self) -> None:
        """Wait until every job has ended."""
        left = select(job.c.id, job.c.contract, job.c.state).where(job.c.state.in_(("queued", "running")))

        def is_settled() -> bool:
            with self.bus.database.connect() as connection:
                return connection.execute(left.limit(1)).first() is None

        try:
            wait_until(is_settled, SETTLE_S, "all jobs to end")
        except AssertionError:
            with self.bus.database.connect() as connection:
                stuck = [tuple(row) for row in connection.execute(left)]
            self.report.complaints.append(f"{len(stuck)} jobs are stuck: {stuck[:5]}")

    def _check(self) -> None:
        """Compare what was accepted with what was done."""
        complain = self.report.complaints.append
        self.report.accepted = len(self._publisher.accepted)
        self.report.rolled_back = self._publisher.rolled_back
        self.report.complaints += self._publisher.complaints
        with self.bus.database.connect() as connection:
            orders = {row.n: row.job_id for row in connection.execute(select(order))}
            jobs = {row.id: row for row in connection.execute(select(job))}
        self.report.rerun = sum(row.fence > 1 for row in jobs.values())
        if orders.keys() != self._publisher.accepted.keys():
            differing = sorted(orders.keys() ^ self._publisher.accepted.keys())
            complain(f"orders that differ from the accepted ones: {differing[:5]}")
        parents = sum(kind == "parent" for kind in self._publisher.accepted.values())
        if len(jobs) != len(orders) + parents:
            complain(f"{len(jobs)} jobs for {len(orders)} orders and {parents} parents")
        expected: Counter[tuple[int, str]] = Counter()
        for n, job_id in orders.items():
            kind = self._publisher.accepted.get(n, "stranger")
            state, effects = outcome(kind, n)
            expected.update(effects)
            row = jobs.get(job_id)
            if row is None or row.state != state or row.result is None:
                complain(f"the {kind} {n} is {row and row.state}, not {state}, after {row and row.attempt} attempts")
        found = done(self.bus)
        if found != expected:
            complain(f"lost: {dict(list((expected - found).items())[:5])}")
            complain(f"doubled or strange: {dict(list((found - expected).items())[:5])}")

    def _end(self) -> None:
        """The workers leave when asked to, and leave nothing behind."""
        if (status := self._fleet.stop()) != 0:
            self.report.complaints.append(f"the supervisor ended with {status}: {self._fleet.records()[-8:]}")


def outcome(kind: str, n: int) -> tuple[str, list[tuple[int, str]]]:
    """The state in which a job of a kind ends, and what it has done by then."""
    if kind in ("refusing", "poison"):
        return ("failed" if kind == "refusing" else "dead"), []
    if kind in ("steps", "async_steps"):
        return "succeeded", [(n, f"step {number}") for number in range(3)]
    if kind == "parent":
        return "succeeded", [(n, "done"), (-n, "done")]
    return "succeeded", [] if kind == "count" else [(n, "done")]
