"""What a drill publishes and what has to come of it: accepted = answered, effects exactly once, none stuck.

Jobs of every kind are published by orders (tests/deeds.py): one row that commits with the job. One order in ten is
rolled back. Letters, where a broker carries them, are published beside them and have to take effect at least once.

Not here: the faults (the drills of this folder).
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bus.database.tables import job
from bus.testing import wait_until
from tests.deeds import done, order

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
#: A letter; for those that have somebody who carries it (tests/workers/letters/carried.py).
LETTER = "carried"
#: One that takes its time: ``ms``.
SLOW_LETTER = "carried_nap"
#: What they leave.
READ = "deed"
#: What a worker of the release before leaves instead of "done".
BEFORE = "before"
#: Kinds that are not simply a command with a number: command and arguments; 0 stands for the number.
ARGUMENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "slow": ("nap", {"n": 0, "ms": 40}),
    "long": ("steps", {"n": 0, "ms": 500}),
    "changed@1": ("changed@1", {"number": 0}),
}
ROLLED_BACK = 0.1
SETTLE_S = 60.0
#: Codes of calls that nobody has answered with yes or no: the same call is made again.
NOT_NOW = frozenset(("DATABASE_BUSY", "HANDLER_ERROR"))


@dataclass
class Report:
    """What a drill did and what it found."""

    rounds: int = 0
    #: Fault -> how often it struck.
    faults: Counter[str] = field(default_factory=Counter[str])
    accepted: int = 0
    rolled_back: int = 0
    letters: int = 0
    #: Jobs that were begun twice or more.
    rerun: int = 0
    #: Seconds from the last fault until everything had ended.
    settled_s: float = 0.0
    #: What is wrong, a sentence each; empty: the ledger balances.
    complaints: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        struck = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        figures = f"{self.rounds} rounds ({struck}); {self.accepted} jobs accepted, {self.rolled_back} rolled back"
        letters = f", {self.letters} letters" if self.letters else ""
        wrong = "; ".join(self.complaints[:20]) or "nothing lost, doubled or stuck, no strangers"
        return f"{figures}{letters}, {self.rerun} run twice or more; settled in {self.settled_s:.1f} s: {wrong}"


class Publisher(threading.Thread):
    """Publishes jobs while faults strike; a worker that is stopped inside its transaction can keep it waiting.

    Args:
        bus: its plugins include ``deeds`` and ``workers``.
        rng: decides what is published.
        kinds: what is published, and how often.
        first: kinds that come before all others, each once.
        is_patient: repeat a call, with its idempotency key, until somebody says yes or no.
    """

    def __init__(
        self,
        bus: Bus,
        rng: random.Random,
        kinds: Mapping[str, int] = KINDS,
        *,
        first: tuple[str, ...] = (),
        is_patient: bool = False,
    ) -> None:
        super().__init__(name="publisher", daemon=True)
        #: Number of each accepted order -> kind.
        self.accepted: dict[int, str] = {}
        #: Numbers of accepted letters.
        self.letters: set[int] = set()
        self.rolled_back = 0
        self.complaints: list[str] = []
        self._bus = bus
        self._rng = rng
        self._kinds = dict(kinds)
        self._first = first
        self._is_patient = is_patient
        self._wanted: queue.SimpleQueue[str | threading.Event | None] = queue.SimpleQueue()

    def want(self, number: int, kinds: Mapping[str, int] | None = None) -> None:
        """Publish so many jobs more."""
        chosen = dict(kinds or self._kinds)
        for kind in self._rng.choices(list(chosen), list(chosen.values()), k=number):
            self._wanted.put(kind)

    def want_one_if_idle(self) -> None:
        """Publish a further job if there is nothing else to publish."""
        if self._wanted.empty():
            self.want(1)

    def wanted(self) -> int:
        """How many jobs nobody has published yet."""
        return self._wanted.qsize()

    def wait_idle(self) -> None:
        """Wait until all that is wanted has been answered."""
        said = threading.Event()
        self._wanted.put(said)
        wait_until(said.is_set, SETTLE_S, "the publisher")

    def _kinds_wanted(self) -> Iterator[str]:
        yield from self._first
        while (wanted := self._wanted.get()) is not None:
            if isinstance(wanted, str):
                yield wanted
            else:
                wanted.set()

    def run(self) -> None:
        """Publish what is wanted."""
        for n, kind in enumerate(self._kinds_wanted(), 1):
            try:
                self._send(n) if kind == LETTER else self._publish(n, kind)
            except Exception as error:  # noqa: BLE001  # a complaint is what a drill is for
                self.complaints.append(f"order {n} of {kind} raised {error!r}")

    def end(self) -> None:
        """Publish what is still wanted, and no more."""
        self._wanted.put(None)
        self.join(120)
        if self.is_alive():
            self.complaints.append("the publisher still waits for an answer")

    def _send(self, n: int) -> None:
        answer = self._bus.submit(LETTER, {"n": n})
        if answer.ok:
            self.letters.add(n)
        elif answer.code != "QUEUE_UNAVAILABLE":
            self.complaints.append(f"letter {n} was answered {answer.error}")

    def _publish(self, n: int, kind: str) -> None:
        refuses = kind not in self._first and self._rng.random() < ROLLED_BACK
        command, args = ARGUMENTS.get(kind, (kind, {"n": 0}))
        args = {name: n if value == 0 else value for name, value in args.items()}
        given = {"n": n, "command": command, "args": args, "refuses": refuses}
        key = f"order {n}" if self._is_patient else None
        answer = self._bus.call("order", given, idempotency_key=key)
        while self._is_patient and answer.code in NOT_NOW:
            answer = self._bus.call("order", given, idempotency_key=key)
        if answer.ok:
            self.accepted[n] = kind
        elif answer.code == "no":
            self.rolled_back += 1
        elif answer.code != "DATABASE_BUSY":
            self.complaints.append(f"order {n} of {kind} was answered {answer.error}")


def left(bus: Bus) -> list[Any]:
    """The rows of jobs that have not ended."""
    with bus.database.connect() as connection:
        return list(connection.execute(select(job).where(job.c.state.in_(("queued", "running")))))


def settle(bus: Bus, publisher: Publisher, report: Report) -> None:
    """Wait until every job has ended and every letter has been read."""

    def is_settled() -> bool:
        return not left(bus) and not publisher.letters - read(bus)

    began = time.monotonic()
    try:
        wait_until(is_settled, SETTLE_S, "all jobs to end")
        report.settled_s = time.monotonic() - began
    except AssertionError:
        stuck = [(row.id, row.contract, row.state) for row in left(bus)]
        report.complaints.append(f"{len(stuck)} jobs are stuck: {stuck[:5]}")


def check(
    bus: Bus, publisher: Publisher, report: Report, own_jobs: set[str], own_effects: Counter[tuple[int, str]]
) -> None:
    """Compare what was accepted with what was done.

    Args:
        bus: of the database.
        publisher: knows what was accepted.
        report: takes the complaints.
        own_jobs: ids of jobs that somebody else answers for.
        own_effects: what they have done.
    """
    complain = report.complaints.append
    report.accepted = len(publisher.accepted)
    report.rolled_back = publisher.rolled_back
    report.letters = len(publisher.letters)
    report.complaints += publisher.complaints
    with bus.database.connect() as connection:
        orders = {row.n: row.job_id for row in connection.execute(select(order))}
        jobs = {row.id: row for row in connection.execute(select(job)) if row.id not in own_jobs}
    report.rerun = sum(row.fence > 1 for row in jobs.values())
    if orders.keys() != publisher.accepted.keys():
        differing = sorted(orders.keys() ^ publisher.accepted.keys())
        complain(f"orders that differ from the accepted ones: {differing[:5]}")
    parents = sum(kind == "parent" for kind in publisher.accepted.values())
    letters = (f"{LETTER}@", f"{SLOW_LETTER}@")
    carried = sum(row.contract.startswith(letters) for row in jobs.values())
    if len(jobs) - carried != len(orders) + parents:
        complain(f"{len(jobs) - carried} jobs for {len(orders)} orders and {parents} parents")
    expected = own_effects.copy()
    for n, job_id in orders.items():
        kind = publisher.accepted.get(n, "stranger")
        state, effects = outcome(kind, n)
        expected.update(effects)
        row = jobs.get(job_id)
        if row is None or row.state != state or row.result is None:
            complain(f"the {kind} {n} is {row and row.state}, not {state}, after {row and row.attempt} attempts")
    found = done(bus)
    if lost := publisher.letters - read(bus):
        complain(f"lost letters: {sorted(lost)[:5]}")
    for n, what in list(found):
        if what == READ:
            del found[n, what]
        elif what == BEFORE:
            found[n, "done"] += found.pop((n, what))
    if found != expected:
        complain(f"lost: {dict(list((expected - found).items())[:5])}")
        complain(f"doubled or strange: {dict(list((found - expected).items())[:5])}")


def read(bus: Bus) -> set[int]:
    """Numbers of the letters that took effect, once or more often."""
    return {n for n, what in done(bus) if what == READ}


def outcome(kind: str, n: int) -> tuple[str, list[tuple[int, str]]]:
    """The state in which a job of a kind ends, and what it has done by then."""
    if kind in ("refusing", "poison"):
        return ("failed" if kind == "refusing" else "dead"), []
    if kind in ("steps", "async_steps", "long"):
        return "succeeded", [(n, f"step {number}") for number in range(3)]
    if kind == "parent":
        return "succeeded", [(n, "done"), (-n, "done")]
    return "succeeded", [] if kind == "count" else [(n, "done")]
