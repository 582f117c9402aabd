"""A drill: faults strike while jobs are published, and then the ledger must balance.

    class Floods(Drill):
        def faults(self):
            return [("flood", self._flood)]

    report = Floods(bus, rng).run(25)
    assert not report.complaints, report

Each drill is seeded: what is published, which fault strikes next and whom it strikes is decided by ``rng`` alone.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from bus.errors import BusError
from tests.fleet import status_of
from tests.processes.ledger import KINDS, Publisher, Report, check, left, settle

if TYPE_CHECKING:
    from bus.application import Bus
    from tests.fleet import Fleet

#: Jobs that have not ended, of which is told when a drill fails.
MOST_LEFT = 5
#: ``--rounds`` of the short form, that of ``make test``.
SHORT = 25


class Drill:
    """One drill.

    Args:
        bus: for publishing, and to read the ledger.
        rng: decides everything that is left to chance.
        kinds: what is published, and how often.
        first: kinds that are published once, before all others.
        is_patient: whether calls are repeated with their idempotency key until they are answered.
    """

    #: Jobs published with each fault.
    jobs_a_round = 40
    #: Workers that are stopped at the end, and must leave well.
    fleets: list[Fleet]

    def __init__(
        self,
        bus: Bus,
        rng: random.Random,
        kinds: Mapping[str, int] = KINDS,
        *,
        first: tuple[str, ...] = (),
        is_patient: bool = False,
    ) -> None:
        self.bus = bus
        self.rng = rng
        self.report = Report()
        self.publisher = Publisher(bus, random.Random(rng.random()), kinds, first=first, is_patient=is_patient)
        self.fleets = []
        #: Ids of jobs that are not the publisher's; the drill has checked them itself.
        self.own_jobs: set[str] = set()
        #: What they have done by then.
        self.own_effects: Counter[tuple[int, str]] = Counter()

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        """The name of each fault, and how to make it strike; twice in the list: twice as often."""
        raise NotImplementedError

    def begin(self) -> None:
        """Start what is needed."""

    def end(self) -> None:
        """All faults have struck: put right what would keep jobs waiting, and check what the ledger does not."""

    def publish_for(self, seconds: float) -> None:
        """Keep jobs coming for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.publisher.want_one_if_idle()
            time.sleep(min(left, 0.05))

    def run(self, rounds: int) -> Report:
        """Drill so many rounds, settle, check the ledger, and stop the workers."""
        try:
            self.begin()
            self.publisher.start()
            for name, fault in self._deck(rounds):
                self.publisher.want(self.jobs_a_round)
                fault()
                self.report.faults[name] += 1
                self.report.rounds += 1
            self.publisher.end()
            self.end()
            settle(self.bus, self.publisher, self.report)
            check(self.bus, self.publisher, self.report, self.own_jobs, self.own_effects)
            self._stop_fleets()
        except (AssertionError, BusError) as error:
            error.add_note(self._scene())
            raise
        finally:
            for fleet in self.fleets:
                fleet.kill()
        return self.report

    def _scene(self) -> str:
        """What an investigator would look at first."""
        scenes = [f"so far: {self.report}", f"the publisher still wants {self.publisher.wanted()} jobs"]
        scenes += [f"{job.contract} is {job.state}: {dict(job._mapping)}" for job in left(self.bus)[:MOST_LEFT]]
        for fleet in self.fleets:
            orders = sorted(path.name for path in fleet.faults.iterdir())
            living = [(child.pid, status_of(child)) for child in fleet.children()]
            last = "\n".join(map(str, fleet.records()[-30:]))
            scenes.append(f"supervisor {fleet.exit_status}, workers {living}, orders {orders}, last records:\n{last}")
        return "\n".join(scenes)

    def _deck(self, rounds: int) -> Iterator[tuple[str, Callable[[], None]]]:
        """Every fault as often as every other one, in a random order."""
        while rounds > 0:
            deck = self.faults()
            for card in self.rng.sample(deck, len(deck))[:rounds]:
                rounds -= 1
                yield card

    def run_deck(self, rounds_asked: int, *, part: int = 2) -> Report:
        """Drill one in ``part`` of the faults, chosen at random; each of them several times with more ``--rounds``."""
        times, faults = rounds_asked // SHORT, len(self.faults())
        return self.run(faults * times if times > 1 else -(-faults // part))

    def _stop_fleets(self) -> None:
        """The workers leave when asked to, and leave nothing behind."""
        for fleet in self.fleets:
            if (status := fleet.stop()) != 0:
                self.report.complaints.append(f"the supervisor ended with {status}: {fleet.records()[-8:]}")


def is_long(rounds_asked: int) -> bool:
    """Whether there is time: ``make drill``."""
    return rounds_asked > SHORT
