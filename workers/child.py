"""One worker process: a bus, a Dramatiq worker over the embedded broker, a keeper; drained by SIGTERM.

Runs in a fork of the supervisor, which has imported everything and opened nothing: no connection crosses the fork.

A ward is such a process for jobs that were in hand when workers died: one at a time, nothing beside it, until none
is due any more.
"""

from __future__ import annotations

import functools
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import dramatiq
from dramatiq import Worker

from bus import logs
from bus.errors import BusError
from bus.jobs.claiming import Claims
from bus.jobs.states import WARD_LANE
from workers.bells.notify import Listener, NotifyEar
from workers.bells.sockets import SocketEar
from workers.broker import TURN, WARD_PLACES, EmbeddedBroker, places_of
from workers.brokers.provider import BrokerProvider
from workers.cards import WARD, WORKER, introduce
from workers.folder import Life, folder_of
from workers.gate import Gate
from workers.keeper import Keeper
from workers.turns import TurnRunner, groupable_of

if TYPE_CHECKING:
    from bus.application import Bus
    from workers.brokers.provider import BrokerListener
    from workers.letters.mail import Mail
    from workers.slots import Slots

#: Seconds between two beats, and between two looks at what was asked of this process.
BEAT_S = 0.2
#: Seconds after which a ward without a due job leaves.
WARD_IDLE_S = 5.0


class Stop:
    """Whether a process was asked to stop. No Event: a handler that sets one waits for ever for whom it interrupted."""

    def __init__(self) -> None:
        self._is_asked = False

    def ask(self, _number: int = 0, _frame: object = None) -> None:
        """Ask; also a handler of signals."""
        self._is_asked = True

    def is_asked(self) -> bool:
        """Whether somebody has asked."""
        return self._is_asked


class Child:
    """A worker process, from opening to draining.

    Args:
        open_bus: opens the bus of this process.
        slots: memory shared with the supervisor.
        threads: places of this process; a ward has one.
        parent: process id of the supervisor.
        stop: whether this process was asked to.
        is_ward: whether this process runs nothing but jobs of the ward.
    """

    def __init__(
        self,
        open_bus: Callable[[], Bus],
        slots: Slots,
        threads: int,
        parent: int,
        stop: Stop,
        *,
        is_ward: bool = False,
    ) -> None:
        self._stop = stop
        self._parent = parent
        self._slots = slots
        self._is_ward = is_ward
        threading.Thread(target=self._beat, name="bus-beat", daemon=True).start()
        self._bus = open_bus()
        self._database = database = self._bus.database
        self._folder = folder_of(database)
        self._life = Life(self._folder)
        slots.name(str(self._life.path))
        self._claims = Claims(
            database,
            self._life.owner,
            self._bus.known_contracts,
            self._bus.settings.lease_ms,
            groupable_of(self._bus),
        )
        self._ears: dict[str, NotifyEar] = {}
        self._listener, self._ear = self._wakening()
        self._runner = TurnRunner(self._bus, self._claims, slots, stop.is_asked)
        self._keeper = Keeper(self._bus, self._claims, self._runner.held, self._folder, slots.want_ward)
        places = WARD_PLACES if is_ward else places_of(database, threads)
        gate = functools.partial(Gate, self._folder) if database.kind == "sqlite" and not is_ward else None
        self._mail = None if is_ward else self._mail_of(threads)
        given = (database, self._claims, self._ear, places, stop.is_asked, gate)
        broker = EmbeddedBroker(*given) if self._mail is None else self._mail.broker(*given)
        dramatiq.actor(actor_name=TURN, broker=broker)(self._runner.turn)
        for queue in sorted(self._bus.queue_names):
            broker.declare_queue(queue)
        self._threads = 1 if is_ward else threads
        self._worker = Worker(broker, worker_threads=self._threads, worker_timeout=500)

    def _wakening(self) -> tuple[Listener | BrokerListener | None, Callable[[str], SocketEar | NotifyEar]]:
        """What wakes this process, the other end of what its publishers ring; and what makes a queue's ear."""
        if isinstance(self._bus.provider, BrokerProvider):
            listener = self._bus.provider.listener()
            return listener, listener.ear
        if self._database.kind == "sqlite":
            return None, functools.partial(SocketEar, self._folder, self._life.stem)
        return Listener(self._database, self._ears), lambda queue: self._ears.setdefault(queue, NotifyEar())

    def _mail_of(self, threads: int) -> Mail | None:
        """What this process has for requests that travel whole, if any of its commands asks for that."""
        provider, listener = self._bus.provider, self._listener
        if listener is None or isinstance(listener, Listener) or not isinstance(provider, BrokerProvider):
            return None
        from workers.letters.mail import Workplace, letter_queues  # most workers need no broker

        if not letter_queues(self._bus):
            return None
        owner, is_asked = self._life.owner, self._stop.is_asked
        workplace = Workplace(self._bus, owner, self._folder, self._slots, threads, is_asked)
        return provider.mail(workplace, listener.ear)

    def serve(self) -> int:
        """Work until asked to stop, then drain; answers the exit code."""
        self._keeper.start()
        if self._mail is not None:
            self._mail.start()
        self._worker.start()
        introduce(
            self._life,
            WARD if self._is_ward else WORKER,
            threads=self._threads,
            queues=self._bus.queue_names,
            contracts=self._bus.known_contracts,
        )
        what = "ward_ready" if self._is_ward else "worker_ready"
        logs.get("workers").info(what, owner=self._life.owner, queues=sorted(self._bus.queue_names))
        leave_at = time.monotonic() + WARD_IDLE_S
        while not self._stop.is_asked():
            time.sleep(BEAT_S)
            if self._is_ward and self._is_busy():
                leave_at = time.monotonic() + WARD_IDLE_S
            elif self._is_ward and time.monotonic() > leave_at:
                self._stop.ask()
        return self._drain()

    def _is_busy(self) -> bool:
        """Whether this ward has something to do."""
        if self._runner.held.jobs():
            return True
        try:
            with self._database.reader().transaction(write=False) as kept:
                return any(self._claims.is_due(kept, queue, WARD_LANE) for queue in self._bus.queue_names)
        except BusError:
            return True

    def _drain(self) -> int:
        """Let running jobs end within the bound; what was not begun has been given back by then."""
        self._worker.stop(timeout=self._bus.settings.drain_ms)
        left = self._runner.abandon() if self._runner.held.jobs() else []
        left += [] if self._mail is None else self._mail.reader.in_hand()
        if left:
            # Threads are still at work: closing under them would wait for them. The kernel lets go of everything,
            # and the lock file tells the others that this process is gone.
            logs.get("workers").warning("drain_time_is_over", jobs=left)
            return 1
        self._keeper.stop()
        if self._mail is not None:
            self._mail.stop()
        if self._listener is not None:
            self._listener.close()
        self._bus.close()
        self._life.close()
        return 0

    def _beat(self) -> None:
        """Show that this process lives; end it when its supervisor is gone."""
        while True:
            self._slots.beat()
            if os.getppid() != self._parent:
                logs.get("workers").error("supervisor_gone")
                os.kill(os.getpid(), signal.SIGKILL)  # jobs in hand come back by their fence
            time.sleep(BEAT_S)
