"""What strikes: each fault, what is published for it, and which jobs it hits.

A fault strikes at a random moment while its orders are being published. Nothing but processes of the drill's own is
killed or stopped, and nothing but its own keys is deleted.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, select

from bus.database.tables import job
from bus.jobs.port import Carrier, Flushable
from workers.cards import Card
from workers.drill.crew import stop, tell
from workers.drill.orders import COPIES, Catalogue, Order
from workers.drill.shadow import LEASE_MS

if TYPE_CHECKING:
    from workers.drill.crew import Crew
    from workers.drill.shadow import ShadowBus

#: Seconds from the first order to the strike.
MOMENT_S = (0.03, 0.15)
#: Seconds that a strike waits then for a worker with something in hand, and between two looks for one.
BUSY_S, LOOK_S = 1.0, 0.003
#: How many leases a stop lasts.
STOP_LEASES = (1.1, 1.5)
#: How often workers are told of the queue.
RINGS = 50


class Strike(NamedTuple):
    """One time that a fault struck."""

    #: Epoch milliseconds, by the clock of the database.
    at: int
    #: Ids of the jobs that it hit; None: all that were published for it.
    hit: frozenset[str] | None = None
    #: The process that was struck, if it was one.
    worker: Card | None = None


class Fault(NamedTuple):
    """A kind of fault."""

    name: str
    #: What a table calls it.
    words: str
    #: What is published.
    orders: Callable[[Catalogue], list[Order]]
    #: Strikes; only in the thread that began the crew, with which that ends.
    strike: Callable[[], Strike]
    #: Why it cannot strike here; None: it can.
    missing: str | None = None


class Faults:
    """The faults of one drill.

    Args:
        bus: of the drill.
        crew: who is struck.
        rng: decides whom, and when.
    """

    def __init__(self, bus: ShadowBus, crew: Crew, rng: random.Random) -> None:
        self._bus = bus
        self._crew = crew
        self._rng = rng

    def all(self) -> list[Fault]:
        """Every kind, in the order of a table."""
        jobs, provider = Catalogue.jobs, self._bus.provider
        broker = "no broker" if self._bus.settings.broker_url is None else None
        no_flush = None if isinstance(provider, Flushable) else "the broker cannot be flushed in part"
        no_mail = None if isinstance(provider, Carrier) else "the broker carries no requests"
        return [
            Fault("kill", "worker killed", jobs, self._kill),
            Fault("supervisor", "supervisor killed", jobs, self._kill_supervisor),
            Fault("stop", "worker stopped", jobs, self._stop),
            Fault("duplicate", f"workers told {RINGS} times", jobs, self._ring),
            Fault("delay", "jobs delayed", Catalogue.delayed, self._wait),
            Fault("flush", "broker flushed", jobs, self._flush, broker or no_flush),
            Fault("letters", f"requests sent {COPIES} times", Catalogue.letters, self._kill_anybody, broker or no_mail),
        ]

    def _moment(self) -> int:
        """Let a moment pass; answers the time."""
        time.sleep(self._rng.uniform(*MOMENT_S))
        return self._bus.now_ms()

    def _caught(self) -> Strike:
        """Stop a worker that has jobs in hand, at a random moment."""
        self._moment()
        share, give_up = self._rng.random(), time.monotonic() + BUSY_S
        while True:
            owners = {row.owner for row in self._bus.read(self._holding())}
            busy = [worker for worker in self._crew.workers() if worker.owner in owners]
            is_last = time.monotonic() > give_up
            if busy or is_last:
                chosen = busy or self._crew.ready()
                worker = chosen[int(share * len(chosen))]
                at = self._bus.now_ms()
                stop(worker)
                hit = self._in_hand(worker.owner)
                if hit or is_last:
                    return Strike(at, hit, worker)
                tell(worker, signal.SIGCONT)  # it was faster
            time.sleep(LOOK_S)

    def _kill(self) -> Strike:
        strike = self._caught()
        assert strike.worker is not None
        tell(strike.worker, signal.SIGKILL)
        return strike

    def _kill_anybody(self) -> Strike:
        at, workers = self._moment(), self._crew.ready()
        tell(workers[int(self._rng.random() * len(workers))], signal.SIGKILL)
        return Strike(at, frozenset())

    def _kill_supervisor(self) -> Strike:
        """Its workers end with it, the stopped one too, and others are started."""
        strike = self._caught()
        owners = [worker.owner for worker in self._crew.workers()]
        self._crew.kill()
        hit = self._in_hand(*owners)
        self._crew.start()
        return strike._replace(hit=hit)

    def _stop(self) -> Strike:
        """When the worker goes on, others have taken its jobs over."""
        stop_s = self._rng.uniform(*STOP_LEASES) * LEASE_MS / 1000
        strike = self._caught()
        assert strike.worker is not None
        try:
            time.sleep(stop_s)
        finally:
            tell(strike.worker, signal.SIGCONT)
        return strike

    def _ring(self) -> Strike:
        at = self._moment()
        for _ in range(RINGS):
            self._bus.announce([self._bus.queue])
        return Strike(at)

    def _wait(self) -> Strike:
        """Nothing strikes; what counts is when jobs are done."""
        return Strike(self._moment())

    def _flush(self) -> Strike:
        assert isinstance(self._bus.provider, Flushable)
        at = self._moment()
        self._bus.provider.flush([self._bus.queue])
        return Strike(at)

    def _in_hand(self, *owners: str) -> frozenset[str]:
        """Ids of the jobs that workers hold, or held when they ended."""
        return frozenset(row.id for row in self._bus.read(self._holding()) if row.owner in owners)

    def _holding(self) -> Select[Any, Any]:
        return select(job.c.id, job.c.owner).where(self._bus.is_ours, job.c.state == "running")
