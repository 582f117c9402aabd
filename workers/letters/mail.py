"""Letters in one worker process: its consumers and its reader, beside the turns of the embedded broker."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import dramatiq
from dramatiq.broker import Consumer

from bus.contract import AT_LEAST_ONCE
from workers.broker import EmbeddedBroker
from workers.letters.consumer import LETTERS, MAIL, LetterConsumer
from workers.letters.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from bus.application import Bus
    from workers.letters.seal import Seal
    from workers.slots import Slots


def letter_queues(bus: Bus) -> list[str]:
    """The queues that letters may come to."""
    return sorted({command.queue.name for command in bus.registry if command.contract.delivery is AT_LEAST_ONCE})


class Workplace(NamedTuple):
    """A worker process."""

    bus: Bus
    #: Its name.
    owner: str
    #: The meeting place of its host.
    folder: Path
    #: Memory shared with its supervisor.
    slots: Slots
    threads: int
    #: Whether work has come to an end.
    is_draining: Callable[[], bool]


class Mail(ABC):
    """What a process has for letters.

    Args:
        workplace: the process.
        seal: opens them.
        longest_s: commands that may take longer are run as jobs.
    """

    def __init__(self, workplace: Workplace, seal: Seal, longest_s: float = math.inf) -> None:
        self.queues = letter_queues(workplace.bus)
        self.reader = Reader(workplace.bus, seal, workplace.slots, workplace.is_draining, longest_s)

    def broker(self, *given: Any) -> LetterBroker:
        """The broker of a process that has letters."""
        return LetterBroker(self, *given)

    @abstractmethod
    def consumer(self, queue: str, timeout_s: float) -> LetterConsumer:
        """A consumer of a queue's mailbox, with a connection of its own."""

    @abstractmethod
    def start(self) -> None:
        """Begin to look after what the dead have left, where the broker does not."""

    @abstractmethod
    def stop(self) -> None:
        """Leave."""


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
