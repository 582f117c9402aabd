"""Letters in one worker process: its consumers, its reader, its part in taking over from the dead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import dramatiq
from dramatiq.broker import Consumer

from bus.contract import AT_LEAST_ONCE
from workers.broker import EmbeddedBroker
from workers.redis.carrier import MAIL, TIMEOUT_S
from workers.redis.consumer import LETTERS, LetterConsumer
from workers.redis.identity import prefix_of
from workers.redis.inheritance import Inheritance
from workers.redis.mailbox import Mailbox
from workers.redis.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from bus.application import Bus
    from workers.redis.carrier import RedisCarrier
    from workers.redis.ear import RedisListener
    from workers.slots import Slots


def letter_queues(bus: Bus) -> list[str]:
    """The queues that letters may come to."""
    return sorted({command.queue.name for command in bus.registry if command.contract.delivery is AT_LEAST_ONCE})


class Mail:
    """What a process has for letters.

    Args:
        bus: of this process.
        carrier: its provider.
        listener: rings its ears.
        owner: its name.
        folder: the meeting place of this host.
        slots: memory shared with the supervisor.
        threads: of this process.
        is_draining: whether work has come to an end.
    """

    def __init__(
        self,
        bus: Bus,
        carrier: RedisCarrier,
        listener: RedisListener,
        owner: str,
        folder: Path,
        slots: Slots,
        threads: int,
        is_draining: Callable[[], bool],
    ) -> None:
        self.queues = letter_queues(bus)
        self._place = carrier.place
        self._prefix = prefix_of(bus.database)
        self._listener = listener
        self._owner = owner
        self._threads = threads
        self._is_draining = is_draining
        self._alive_ms = bus.settings.lease_ms
        self.reader = Reader(bus, carrier.seal, slots, is_draining)
        self._inheritance = Inheritance(
            self._place.connect(TIMEOUT_S),
            self._prefix,
            owner,
            self._alive_ms,
            folder,
            is_whole=bus.database.kind == "sqlite",
            seal=carrier.seal,
            reader=self.reader,
        )

    def broker(self, *given: Any) -> LetterBroker:
        """The broker of a process that has letters."""
        return LetterBroker(self, *given)

    def consumer(self, queue: str, timeout_s: float) -> LetterConsumer:
        """A consumer of a queue's mailbox, with a connection of its own."""
        client = self._place.connect(TIMEOUT_S)
        mailbox = Mailbox(client, self._prefix, queue, self._owner, self._alive_ms)
        ear = self._listener.ear(MAIL + queue)
        return LetterConsumer(queue, mailbox, ear, self._threads, timeout_s, self._is_draining, self.reader.is_paused)

    def start(self) -> None:
        """Begin to show life."""
        self._inheritance.start()

    def stop(self) -> None:
        """Leave."""
        self._inheritance.stop()


class LetterBroker(EmbeddedBroker):
    """The embedded broker, with a mailbox beside each queue that has letters."""

    def __init__(self, mail: Mail, *given: Any) -> None:
        super().__init__(*given)
        self._mail = mail
        dramatiq.actor(actor_name=LETTERS, broker=self)(mail.reader.read)
        for queue in mail.queues:
            self.declare_queue(MAIL + queue)

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30_000) -> Consumer:
        """A consumer of turns, or of letters."""
        if queue_name.startswith(MAIL):
            return self._mail.consumer(queue_name.removeprefix(MAIL), timeout / 1000)
        return super().consume(queue_name, prefetch, timeout)
