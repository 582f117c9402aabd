"""The run of a drill: round after round, each fault once in a random order, and the ledger at the end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bus.database.tables import job
from workers.drill.faults import Fault, Faults
from workers.drill.ledger import Balance, Entry, balance, found
from workers.drill.orders import Catalogue, Order, Publisher
from workers.drill.plugin import table_of

if TYPE_CHECKING:
    from workers.drill.cli import Plan
    from workers.drill.stage import Stage

#: Seconds that the jobs of one strike may take to end; beyond it they are stuck.
SETTLE_S = 30.0
#: Seconds between two looks whether they have.
LOOK_S = 0.02


class Drill:
    """One drill on a stage that is set.

    Args:
        stage: where it is held.
        plan: what strikes how often.
        tell: takes a line about what happens next.
        settle_s: how long the jobs of one strike may take to end.
    """

    def __init__(self, stage: Stage, plan: Plan, tell: Callable[[str], None], settle_s: float = SETTLE_S) -> None:
        self._stage = stage
        self._rounds = plan.rounds
        self._rng = random.Random(plan.seed)  # noqa: S311  # chance that repeats
        self._tell = tell
        self._settle_s = settle_s
        self._catalogue = Catalogue(self._rng)
        self._entries: list[Entry] = []
        faults = Faults(stage.bus, stage.crew, self._rng).all()
        self.faults = [fault for fault in faults if fault.name in plan.names]

    def run(self) -> Balance:
        """Let every fault strike once a round, and draw up the ledger.

        Raises:
            CrewFailed: workers did not start or did not end.
            BusError: the database is away for longer than a caller waits, or the broker was not to be flushed.
        """
        here = [fault for fault in self.faults if fault.missing is None]
        deck = [fault for _ in range(self._rounds) for fault in self._rng.sample(here, len(here))]
        for number, fault in enumerate(deck, 1):
            self._tell(f"{number} of {len(deck)}: {fault.words}")
            self._entries.append(self._play(fault))
        return balance(self._entries, found(self._stage.bus, self._stage.shadow.table))

    def _play(self, fault: Fault) -> Entry:
        orders = fault.orders(self._catalogue)
        self._stage.crew.wait_ready()
        publisher = Publisher(self._stage.bus, orders)
        publisher.start()
        try:
            strike = fault.strike()
            publisher.join()
        finally:
            publisher.stop()
        self._settle([order for order in orders if order.is_letter and order.n in publisher.published.ids])
        return Entry(fault.name, orders, publisher.published, strike)

    def _settle(self, letters: list[Order]) -> None:
        """Wait until all jobs have ended and all letters have been read; what has not by then, the ledger tells."""
        bus, effects = self._stage.bus, table_of(self._stage.shadow.table)
        left = select(job.c.id).where(bus.is_ours, job.c.state.in_(("queued", "running"))).limit(1)
        read = select(func.count(effects.c.n.distinct())).where(effects.c.n >= min((o.n for o in letters), default=0))
        give_up = time.monotonic() + self._settle_s
        while bus.read(left) or (letters and bus.read(read)[0][0] < len(letters)):
            if time.monotonic() > give_up:
                return
            time.sleep(LOOK_S)
