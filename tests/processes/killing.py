"""Workers are killed and stopped at every point of a job's life.

In each round one fault strikes: ``kill`` or ``stop`` (past the lease, then it goes on as if nothing had been) at a
named point (workers/points.py) or at a random moment, a worker that hangs until its supervisor kills it, or the death
of the supervisor itself. One job of the whole drill is poison. Workers are revived by their supervisor alone.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import psutil

from bus.testing import wait_until
from tests.fleet import Fleet, is_gone, is_stopped
from tests.processes.drill import Drill
from tests.processes.ledger import SETTLE_S
from workers.points import POINTS

if TYPE_CHECKING:
    from pathlib import Path

    from bus.application import Bus


class Kills(Drill):
    """One drill.

    Args:
        bus: for publishing, and to read the ledger.
        start_fleet: starts workers on the same database.
        rng: decides everything that is left to chance.
        lease_ms: of the fleet.
    """

    def __init__(self, bus: Bus, start_fleet: Callable[[], Fleet], rng: random.Random, lease_ms: int) -> None:
        super().__init__(bus, rng, first=("poison",))
        self._start_fleet = start_fleet
        self._lease_s = lease_ms / 1000

    def begin(self) -> None:
        self.fleets = [self._start_fleet().wait_ready()]

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        at_points = [
            (f"{what} at {point}", partial(self._at_point, point, what))
            for point in POINTS
            for what in ("kill", "stop")
        ]
        at_random = [("kill", self._kill), ("stop", self._stop)] * 2
        return [*at_points, *at_random, ("hang", self._hang), ("kill of the supervisor", self._kill_supervisor)]

    @property
    def _fleet(self) -> Fleet:
        return self.fleets[0]

    def _at_point(self, point: str, what: str) -> None:
        killed = self._killed()
        for taken in self._fleet.faults.glob(f"{point}.*"):  # by one that was killed before it could go on
            taken.unlink(missing_ok=True)
        order = self._fleet.order(point, what)

        def is_done() -> bool:
            self.publisher.want_one_if_idle()  # some points only a further job passes
            return not order.exists()

        if point == "taken":  # somebody has to die first
            self._die_until(is_done)
        else:
            wait_until(is_done, SETTLE_S, f"a worker to come to the point {point}")
        if what == "stop":
            self._wake_after_lease(killed, order)

    def _die_until(self, is_done: Callable[[], bool]) -> None:
        """Let workers die at work, one after the other, until the jobs of one are taken over.

        One may die with nothing left to take: a zombie begins jobs that others have had since its lease passed.
        """
        orders: list[Path] = []
        die_at = 0.0

        def is_taken() -> bool:
            nonlocal die_at
            if not any(order.exists() for order in orders):
                if is_done():
                    return True
                if time.monotonic() > die_at:
                    orders.append(self._fleet.order("begun", "kill"))
                    self.report.faults["kill at begun"] += 1
                    die_at = time.monotonic() + 3 * self._lease_s
            self.publisher.want_one_if_idle()
            return False

        wait_until(is_taken, SETTLE_S, "a worker to take over what a dead one has left")

    def _kill(self) -> None:
        self._moment()
        self._somebody().kill()

    def _stop(self) -> None:
        killed = self._killed()
        self._moment()
        self._stop_somebody()
        self._wake_after_lease(killed)

    def _hang(self) -> None:
        """A worker that never wakes up again: its supervisor replaces it."""
        self._moment()
        hung = self._stop_somebody()
        wait_until(lambda: is_gone(hung), 30, "the hung worker's end")

    def _kill_supervisor(self) -> None:
        self._moment()
        self._fleet.kill()
        self.fleets = [self._start_fleet().wait_ready()]

    def _moment(self) -> None:
        time.sleep(self.rng.uniform(0, 0.05))

    def _somebody(self) -> psutil.Process:
        return self.rng.choice(wait_until(self._fleet.children, 30, "a worker"))

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

    def _wake_after_lease(self, killed: int, order: Path | None = None) -> None:
        """Let whoever is stopped go on when its leases have passed.

        Args:
            killed: how many workers the supervisor had killed before: those before are not this one.
            order: by which it stops.
        """
        wait_until(
            lambda: self._fleet.stopped() or self._killed() > killed or (order is not None and _is_lost(order)),
            10,
            "a stop",
        )
        stopped = self._fleet.stopped()  # none if its supervisor was faster, or poison
        time.sleep(self._lease_s * self.rng.uniform(1.1, 1.6))
        for worker in stopped:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.resume()


def _is_lost(order: Path) -> bool:
    """Whether the worker that took an order died before it followed it: another thread may have met a poison."""
    takers = [taken.suffix[1:] for taken in order.parent.glob(f"{order.name}.*")]
    return any(pid.isdigit() and not psutil.pid_exists(int(pid)) for pid in takers)
