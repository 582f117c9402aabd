"""What a drill publishes: jobs by the ordinary way, letters by the way of the broker, from a thread of its own.

Whoever strikes must not wait for a publisher, for that may wait for whom was struck.
"""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bus import ids
from bus.errors import DatabaseBusy, QueueUnavailable
from bus.jobs.port import Carrier
from bus.principal import LOCAL_CALLER
from workers.drill.plugin import DEED, LETTER, UNITS

if TYPE_CHECKING:
    from workers.drill.shadow import ShadowBus

#: Orders of one strike, how many are published at once, and seconds between those.
ORDERS, TOGETHER, GAP_S = 60, 6, 0.02
#: Of so many orders one has several units, with so many milliseconds between them.
UNITS_EACH, REST_MS = 3, (20, 80)
#: So many come first that rest longer, milliseconds: whoever strikes finds workers with something in hand.
LONG, LONG_REST_MS = 4, 150
#: Milliseconds that delayed jobs wait.
DELAY_MS = (300, 900)
#: How often one letter is sent.
COPIES = 5
#: Answers after which a job may be there or not: the ledger takes both.
DOUBTFUL = {error.code: error for error in (DatabaseBusy, QueueUnavailable)}


@dataclass(frozen=True)
class Order:
    """One thing to do."""

    n: int
    command: str
    args: dict[str, Any]
    #: Milliseconds to wait at least.
    delay_ms: int = 0

    @property
    def is_letter(self) -> bool:
        """Whether it has neither row nor answer, and may be done twice."""
        return self.command == LETTER


class Catalogue:
    """Makes orders, each with a number of its own.

    Args:
        rng: decides what they are.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._numbers = itertools.count(1)

    def jobs(self) -> list[Order]:
        """Units of work, alone and several in one job."""
        long = [Order(n, UNITS, {"n": n, "ms": LONG_REST_MS}) for n in itertools.islice(self._numbers, LONG)]
        return long + [self._job(n) for n in itertools.islice(self._numbers, ORDERS - LONG)]

    def delayed(self) -> list[Order]:
        """The same, each with a delay."""
        return [self._job(n, self._rng.randint(*DELAY_MS)) for n in itertools.islice(self._numbers, ORDERS)]

    def letters(self) -> list[Order]:
        """Requests that travel whole."""
        return [Order(n, LETTER, {"n": n}) for n in itertools.islice(self._numbers, ORDERS)]

    def _job(self, n: int, delay_ms: int = 0) -> Order:
        if self._rng.randrange(UNITS_EACH):
            return Order(n, DEED, {"n": n}, delay_ms)
        return Order(n, UNITS, {"n": n, "ms": self._rng.randint(*REST_MS)}, delay_ms)


@dataclass
class Published:
    """What became of orders."""

    #: Number of each accepted order -> id of its job or letter.
    ids: dict[int, str] = field(default_factory=dict[int, str])
    #: Numbers of those of which nobody knows whether they were stored.
    doubtful: set[int] = field(default_factory=set[int])
    #: Answers that a publisher must not get, a sentence each.
    complaints: list[str] = field(default_factory=list[str])


class Publisher(threading.Thread):
    """Publishes orders, some at a time.

    Args:
        bus: of the drill.
        orders: in this order.
    """

    def __init__(self, bus: ShadowBus, orders: Sequence[Order]) -> None:
        super().__init__(name="drill-publisher", daemon=True)
        self.published = Published()
        self._bus = bus
        self._orders = orders
        self._is_over = threading.Event()

    def run(self) -> None:
        """Publish all, or until stopped."""
        for first in range(0, len(self._orders), TOGETHER):
            for order in self._orders[first : first + TOGETHER]:
                self._publish(order)
            if self._is_over.wait(GAP_S):
                return

    def stop(self) -> None:
        """Publish no more, and end."""
        self._is_over.set()
        self.join()

    def _publish(self, order: Order) -> None:
        published = self.published
        try:
            published.ids[order.n] = self._send(order) if order.is_letter else self._submit(order)
        except (DatabaseBusy, QueueUnavailable):
            published.doubtful.add(order.n)
        except Exception as error:  # noqa: BLE001  # a complaint is what a drill is for
            published.doubtful.add(order.n)
            published.complaints.append(f"publishing {order.command} {order.n} failed: {type(error).__name__}: {error}")

    def _submit(self, order: Order) -> str:
        """Queue a job as every caller does; answers its id."""
        answer = self._bus.submit(order.command, order.args, delay_ms=order.delay_ms or None)
        if answer.error is not None:
            fault = DOUBTFUL.get(answer.error["code"], RuntimeError)
            raise fault(answer.error["message"])
        assert answer.job is not None
        return answer.job["id"]

    def _send(self, order: Order) -> str:
        """Send a letter several times over; answers its id."""
        bus = self._bus
        assert isinstance(bus.provider, Carrier)
        command = bus.registry.find(order.command)
        row = bus.publisher.prepare(command, order.args, LOCAL_CALLER.id, ids.correlation_id())
        bus.provider.send([row] * COPIES)
        return row.id
