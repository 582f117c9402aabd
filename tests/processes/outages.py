"""Whatever can befall a broker befalls one that is reached by a line, while jobs and letters are published.

Not here: the brokers (tests/processes/brokers.py).
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bus.testing import wait_until
from tests.processes.drill import Drill
from tests.processes.ledger import KINDS, LETTER, SLOW_LETTER, read

if TYPE_CHECKING:
    import random

    from tests.processes.brokers import Broker
    from tests.processes.line import Line
    from tests.processes.queues import Queue

#: Seconds that a broker is out of memory; twice as long it is slow.
SHORT_S = 2.0
#: Letters that are on their way when a fault strikes, and milliseconds that each of them takes: more than workers have
#: read by then.
BURST, BURST_MS = 100, 30
#: Numbers of letters that are not the publisher's, from this down.
FIRST = -1_000_000
#: Seconds of each way on a slow line: one question is two.
LATENCY_S = 1.0


@dataclass(frozen=True)
class Lengths:
    """How long the longer outages last, seconds."""

    away_s: float
    hang_s: float


class Outages(Drill):
    """Each fault befalls a broker that is reached by a line.

    Args:
        queue: whose broker the line leads to.
        broker: the server.
        line: the way to it.
        rng: decides everything that is left to chance.
        lengths: how long it is away, or hangs.
    """

    def __init__(self, queue: Queue, broker: Broker, line: Line, rng: random.Random, lengths: Lengths) -> None:
        super().__init__(queue.bus, rng, KINDS | {LETTER: 8})
        self._queue = queue
        self._broker = broker
        self._line = line
        self._lengths = lengths
        self._numbers = itertools.count(FIRST, -1)

    def begin(self) -> None:
        self.fleets = [self._queue.fleet().wait_ready()]
        self._take_root()

    def _take_root(self) -> None:
        """The queue of letters is new: a kill that comes too early may take it along."""
        self._take_letter()
        self._broker.remember()

    def _take_letter(self) -> None:
        """Whatever was, letters are taken again."""
        number = next(self._numbers)
        wait_until(lambda: self.bus.submit(LETTER, {"n": number}).ok, 30, "a letter to be taken")
        self.publisher.letters.add(number)

    def _send_burst(self) -> None:
        """Some wait, some are in hand, some are read by now."""
        numbers = list(itertools.islice(self._numbers, BURST))
        answers = self.bus.submit_many(SLOW_LETTER, [{"n": n, "ms": BURST_MS} for n in numbers])
        self.publisher.letters.update(n for n, answer in zip(numbers, answers, strict=True) if answer.ok)

    def faults(self) -> list[tuple[str, Callable[[], None]]]:
        return [(name, partial(self._strike, fault)) for name, fault in self._bare_faults()]

    def _strike(self, fault: Callable[[], None]) -> None:
        self._send_burst()
        fault()
        self._take_letter()

    def _bare_faults(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("kill", partial(self._away, self._broker.crash, 0.0)),
            ("restart", partial(self._away, self._broker.stop, 0.0)),
            ("away", partial(self._away, self._broker.crash, self._lengths.away_s)),
            ("kill with a worker", partial(self._away, self._crash_both, 0.0)),
            ("hang", self._hang),
            ("flush", self._flush),
            ("out of memory", self._out_of_memory),
            ("latency", self._latency),
        ]

    def _moment(self) -> None:
        time.sleep(self.rng.uniform(0, 0.1))

    def _away(self, end: Callable[[], None], away_s: float) -> None:
        self._moment()
        end()
        self.publish_for(away_s)
        self._broker.start()

    def _crash_both(self) -> None:
        """Nobody is left who knows what that worker had in hand."""
        self.rng.choice(wait_until(self.fleets[0].children, 30, "a worker")).kill()
        self._broker.crash()

    def _hang(self) -> None:
        """It takes connections and answers nothing."""
        self._moment()
        with self._broker.frozen():
            self.publish_for(self._lengths.hang_s)

    def _flush(self) -> None:
        """Again and again; letters are as safe as the broker, so there are none meanwhile."""
        self.publisher.wait_idle()
        wait_until(lambda: self.publisher.letters <= read(self.bus), 30, "the letters to be read")
        self.publisher.want(self.jobs_a_round, KINDS)
        for _ in range(20):
            self._broker.lose_all(self.bus)
            self._moment()
        self.publisher.wait_idle()
        self._take_root()

    def _out_of_memory(self) -> None:
        self._moment()
        self._broker.fill(is_full=True)
        self.publish_for(SHORT_S)
        self._broker.fill(is_full=False)

    def _latency(self) -> None:
        self._line.delay_s = LATENCY_S
        self.publish_for(2 * SHORT_S)
        self._line.delay_s = 0.0
