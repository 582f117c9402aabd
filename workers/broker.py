"""The embedded Dramatiq broker: it has no table of its own, its messages are turns over the job table.

A message says "a thread may work at this lane of this queue". It is made while jobs are due and a place is free; the
ack only frees the place. A lost or doubled one is harmless, so nothing of Dramatiq's retries, delays, results and
time limits is used.

Source: dramatiq 2.2, ``dramatiq.broker`` (Broker, Consumer, MessageProxy).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from dramatiq import Broker, Message, MessageProxy
from dramatiq.broker import Consumer

from bus import logs
from bus.errors import BusError
from bus.jobs.states import FREE_LANE, GROUP_LANE, UNIT_LANE, WARD_LANE

if TYPE_CHECKING:
    from bus.database import Database
    from bus.jobs.claiming import Claims
    from workers.bells.notify import NotifyEar
    from workers.bells.sockets import SocketEar
    from workers.gate import Gate

#: Seconds until a further turn of a lane begins while jobs are still due: eight threads at one row are a herd.
NEXT_TURN_S = 0.005
#: Seconds a sleeper sleeps at most: the net under lost wake-ups, and how late a delayed job may be.
POLL_S = 0.5
#: Seconds until the next turn of a lane in which a turn has failed in a way that nobody foresaw.
FAILED_PAUSE_S = 1.0
#: Seconds between two looks at the free lane while units run: publishers of units need not ring meanwhile, and the
#: publisher's ringing is the dearest part of all.
BUSY_LOOK_S = 0.02
#: A look that takes long and finds nothing passed over very many jobs that are held back: so many times as long does
#: the sleeper sleep then, up to so many seconds, unless somebody wakes it.
DEAR_LOOK, LONGEST_S = 10, 5.0
TURN = "turn"


class EmbeddedBroker(Broker):
    """A broker whose consumers look into the job table.

    Args:
        database: where the jobs are.
        claims: the statements of this process.
        ear: makes the wake-up end of one consumer.
        places: turns of each lane that may run at a time.
        is_draining: whether turns have come to an end.
        gate: makes what keeps the units of a queue to one process at a time; None: nothing does.
    """

    def __init__(
        self,
        database: Database,
        claims: Claims,
        ear: Callable[[str], SocketEar | NotifyEar],
        places: dict[int, int],
        is_draining: Callable[[], bool],
        gate: Callable[[str], Gate] | None = None,
    ) -> None:
        super().__init__(middleware=[])
        self._gate = gate
        self._database = database
        self._claims = claims
        self._ear = ear
        self._places = places
        self._is_draining = is_draining

    def declare_queue(self, queue_name: str) -> None:
        """Know a queue."""
        self.queues[queue_name] = None

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30_000) -> Consumer:
        """A consumer of turns; Dramatiq passes the arguments by keyword."""
        look = Look(self._database, self._claims, queue_name)
        gate = None if self._gate is None else self._gate(queue_name)
        return TurnConsumer(look, dict(self._places), self._ear(queue_name), timeout / 1000, self._is_draining, gate)

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Never used: jobs are published as rows."""
        raise NotImplementedError("publish commands with bus.submit; this broker carries turns alone")

    def flush(self, queue_name: str) -> None:
        """Nothing waits here."""

    def flush_all(self) -> None:
        """Nothing waits here."""

    def join(self, queue_name: str, *, timeout: int | None = None) -> None:
        """Nothing waits here."""

    def get_declared_queues(self) -> set[str]:
        """The queues."""
        return set(self.queues)


class Look(NamedTuple):
    """How a consumer sees what is due."""

    database: Database
    claims: Claims
    queue: str

    def due(self, lanes: list[int]) -> list[int] | None:
        """The lanes in which jobs are due; None when the database does not answer."""
        try:
            with self.database.reader().transaction(write=False) as kept:
                return [lane for lane in lanes if self.claims.is_due(kept, self.queue, lane)]
        except BusError as error:
            logs.get("workers").warning("database_busy", queue=self.queue, why=error.message)
            return None


class TurnConsumer(Consumer):
    """Yields a turn while jobs are due and a place is free."""

    def __init__(
        self,
        look: Look,
        places: dict[int, int],
        ear: SocketEar | NotifyEar,
        timeout_s: float,
        is_draining: Callable[[], bool],
        gate: Gate | None = None,
    ) -> None:
        self._gate = gate
        self._look = look
        self._places = places
        self._main_lane = next(iter(places))
        self._next_at = dict.fromkeys(places, 0.0)
        self._ear = ear
        self._timeout_s = min(timeout_s, POLL_S)
        self._is_draining = is_draining
        self._lock = threading.Lock()

    def __next__(self) -> MessageProxy | None:
        """A turn, or None after a while without one."""
        free = [] if self._is_draining() else [lane for lane, places in self._places.items() if places > 0]
        if self._main_lane in free and self._gate is not None and not self._gate.enter():
            free.remove(self._main_lane)
        has_room = self._main_lane in free
        if has_room:
            self._ear.lie_down()
        lane, wait_s = self._choose(free)
        if has_room and lane != self._main_lane:
            self._leave_gate()
        if lane is None:
            self._ear.sleep(wait_s if has_room or not free else min(wait_s, BUSY_LOOK_S))
        self._ear.get_up()
        return None if lane is None else self._turn(lane)

    def _choose(self, free: list[int]) -> tuple[int | None, float]:
        """The lane that gets a turn now, or None and how long to sleep."""
        began = time.monotonic()
        due = self._look.due(free) if free else None
        now = time.monotonic()
        if not due:
            return None, max(self._timeout_s, min((now - began) * DEAR_LOOK, LONGEST_S))
        for lane in due:
            if now >= self._next_at[lane]:
                return lane, 0.0
        return None, NEXT_TURN_S

    def _turn(self, lane: int) -> MessageProxy:
        with self._lock:
            self._places[lane] -= 1
            self._next_at[lane] = time.monotonic() + NEXT_TURN_S
        queue = self._look.queue
        return MessageProxy(Message(queue_name=queue, actor_name=TURN, args=(queue, lane), kwargs={}, options={}))

    def ack(self, message: MessageProxy) -> None:
        """Free the place. Must not raise: Dramatiq has no answer to that."""
        self._free(message, 0.0)

    def nack(self, message: MessageProxy) -> None:
        """A turn that raised: the jobs have their own fate, the place is free after a pause."""
        self._free(message, time.monotonic() + FAILED_PAUSE_S)

    def _leave_gate(self) -> None:
        if self._gate is not None:
            self._gate.leave()

    def _free(self, message: MessageProxy, next_at: float) -> None:
        lane = message.args[1]
        if lane == self._main_lane:
            self._leave_gate()
        with self._lock:
            self._places[lane] += 1
            self._next_at[lane] = next_at
        self._ear.nudge()

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """A turn holds nothing."""

    def close(self) -> None:
        """Leave the meeting place."""
        self._ear.close()
        if self._gate is not None:
            self._gate.close()


def places_of(database: Database, threads: int) -> dict[int, int]:
    """Turns of each lane that may run at a time in a process of so many threads."""
    # SQLite has one write lock: more than one thread of a process behind it would only sleep.
    if database.dialect.groups_jobs:
        return {UNIT_LANE: 1, FREE_LANE: max(1, threads - 1)}
    return {UNIT_LANE: threads, GROUP_LANE: 1, FREE_LANE: max(1, threads - 1)}


#: The same for a ward: one job at a time, and nothing else in the process.
WARD_PLACES = {WARD_LANE: 1}
