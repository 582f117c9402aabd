"""Jobs that ruin their process, or that nobody can read or knows: each gets what it deserves, and its neighbours live.

What takes too much memory is killed by the kernel, which holds the workers together to a limit. Where it may not be
asked to, a thread of the test does what daemons for it do: SIGKILL to the largest, without a word.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import psutil
import pytest

from bus.testing import wait_until
from tests.memory_group import MemoryGroup
from tests.processes.drill import Drill
from tests.processes.ledger import KINDS, LETTER
from tests.workers.hand import change, row

if TYPE_CHECKING:
    import random

    from tests.fleet import Fleet
    from tests.processes.conftest import Queue

#: Poison -> the code of its envelope when it is buried, or one of several.
CODES = {
    "segfault": ("HANDLER_ERROR",),
    "leaving": ("HANDLER_ERROR",),
    "growing": ("HANDLER_ERROR",),
    "greedy": ("HANDLER_ERROR",),
    "limited": ("HANDLER_ERROR",),
    # Its process cannot renew a lease: whoever finds that lost first does not know why.
    "holding": ("TIMEOUT", "HANDLER_ERROR"),
    "hanging": ("TIMEOUT",),
}
#: Poisons that are about at a time: each costs several processes, which are replaced more and more slowly.
MOST_POISONS = 10
#: What a job is made into -> the columns that are changed.
UNREADABLE = {"undecodable": {"args": '{"n":'}}
UNKNOWN = {"unknown command": {"contract": "nobody@1"}, "unknown version": {"contract": "deed@9"}}
#: Bytes beyond which a worker is killed: far above what all of them need.
MOST_BYTES = 600 << 20
HOUR_MS = 3_600_000
BURIAL_MS = 180_000


class Poisonings(Drill):
    """Each fault is one such job, among others."""

    jobs_a_round = 30

    def __init__(self, queue: Queue, rng: random.Random, group: MemoryGroup | None) -> None:
        letters = {LETTER: 15} if "broker_url" in queue.settings else {}
        super().__init__(queue.bus, rng, KINDS | letters)
        self._queue = queue
        #: Id of each poison that is about -> its codes.
        self._poisons: dict[str, tuple[str, ...]] = {}
        #: Ids of jobs that nobody knows.
        self._strangers: list[str] = []
        self._group = group
        self._guard: Guard | None = None

    def begin(self) -> None:
        self.fleets = [self._queue.fleet(prepare=self._group and self._group.join).wait_ready()]
        self._guard = None if self._group else Guard(self.fleets[0])

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        poisons = [(name, partial(self._give, name, codes)) for name, codes in CODES.items()]
        unreadable = [(name, partial(self._spoil, columns)) for name, columns in UNREADABLE.items()]
        return [*poisons, *unreadable, *((name, partial(self._estrange, columns)) for name, columns in UNKNOWN.items())]

    def _submit(self, command: str, **options: int) -> str:
        answer = self.bus.submit(command, {"n": -1}, **options)
        assert answer.job is not None, answer
        self.own_jobs.add(answer.job["id"])
        return answer.job["id"]

    def _give(self, name: str, codes: tuple[str, ...]) -> None:
        self._poisons[self._submit(name)] = codes
        if len(self._poisons) >= MOST_POISONS:
            self._bury()

    def _bury(self) -> None:
        """Wait until all poisons are dead."""
        for job_id, codes in self._poisons.items():
            answer = self.bus.wait(job_id, timeout_ms=BURIAL_MS)
            if answer.code not in codes or row(self.bus, job_id).state != "dead":
                self.report.complaints.append(f"a poison was answered {answer}")
        self._poisons.clear()

    def _spoil(self, columns: dict[str, str]) -> None:
        job_id = self._submit("deed", delay_ms=HOUR_MS)
        change(self.bus, job_id, run_at=0, **columns)
        self._poisons[job_id] = ("HANDLER_ERROR",)

    def _estrange(self, columns: dict[str, str]) -> None:
        """As if its plugin had been removed, or its publisher were ahead of the workers; before all others."""
        job_id = self._submit("refusing", delay_ms=HOUR_MS, priority=-5)
        change(self.bus, job_id, run_at=0, **columns)
        self._strangers.append(job_id)

    def end(self) -> None:
        self._bury()
        for job_id in self._strangers:
            job = row(self.bus, job_id)
            if (job.state, job.attempt, job.fence) != ("queued", 0, 0):
                self.report.complaints.append(f"{job.contract}, which nobody knows, is {job.state}")
            change(self.bus, job_id, contract="refusing@1")  # somebody who knows it has come
            if (answer := self.bus.wait(job_id, timeout_ms=30_000)).code != "no":
                self.report.complaints.append(f"a job that was unknown was answered {answer}")
        if self._guard is not None:
            self._guard.end()
        if self.report.faults["growing"] and not self.killed():
            self.report.complaints.append("nobody was killed for the memory it took")

    def killed(self) -> int:
        """How many were killed for the memory they took."""
        return (self._group or self._guard).killed()


class Guard(threading.Thread):
    """Kills workers that take too much memory."""

    def __init__(self, fleet: Fleet) -> None:
        super().__init__(name="guard", daemon=True)
        self._killed = 0
        self._fleet = fleet
        self._is_over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._is_over.wait(0.05):
            for child in self._fleet.children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    if child.memory_info().rss > MOST_BYTES:
                        child.kill()
                        self._killed += 1

    def killed(self) -> int:
        """How many it has killed."""
        return self._killed

    def end(self) -> None:
        """Look no more."""
        self._is_over.set()
        self.join()


@pytest.fixture
def memory_group() -> Iterator[MemoryGroup | None]:
    """Where the workers run; None where the system does not let us have such a group."""
    with contextlib.ExitStack() as stack:
        group = None
        with contextlib.suppress(OSError):
            group = stack.enter_context(MemoryGroup(MOST_BYTES))
        yield group


@pytest.mark.timeout(1800)
def test_poison_is_buried_and_nobody_innocent(rounds_asked, memory_group, queue, rng, balance, record_property):
    drill = Poisonings(queue, rng, memory_group)
    report = drill.run_deck(rounds_asked)

    record_property("ledger", f"{drill.killed()} killed for memory by {'the kernel' if memory_group else 'a thread'}")
    balance(report)


def test_jobs_that_nobody_knows_are_listed_and_say_why(queue):
    """Beside a worker that knows everything else."""
    fleet = queue.fleet(("workers:workers",)).wait_ready()
    answer = queue.bus.submit("deed", {"n": 1})
    job_id = answer.job["id"]

    def reason() -> str:
        return queue.bus.call("job_why", {"job_id": job_id}).data["reason"]["code"]

    wait_until(lambda: reason() == "unknown_command", 30, "the reason")
    listed = queue.bus.call("job_list", {"state": "queued"}).data["items"]
    assert [job["id"] for job in listed] == [job_id]
    assert fleet.stop() == 0
