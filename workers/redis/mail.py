"""Letters in Redis, for one worker process: a mailbox a queue, and its part in taking over from the dead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workers.brokers.identity import prefix_of
from workers.letters.consumer import MAIL, LetterConsumer
from workers.letters.mail import Mail, Workplace
from workers.redis.carrier import TIMEOUT_S
from workers.redis.ear import RedisEar
from workers.redis.hand import Hand
from workers.redis.inheritance import Inheritance
from workers.redis.mailbox import RedisMailbox

if TYPE_CHECKING:
    from workers.bells.notify import NotifyEar
    from workers.redis.carrier import RedisCarrier


class RedisMail(Mail):
    """What a process has for letters in Redis.

    Args:
        workplace: the process.
        carrier: its provider.
        ear: makes an ear that its listener rings.
    """

    def __init__(self, workplace: Workplace, carrier: RedisCarrier, ear: Callable[[str], NotifyEar]) -> None:
        super().__init__(workplace, carrier.seal)
        database, settings = workplace.bus.database, workplace.bus.settings
        self._workplace = workplace
        self._place = carrier.place
        self._prefix = prefix_of(database)
        self._ear = ear
        self._hand = Hand(workplace.owner, settings.lease_ms)
        self._inheritance = Inheritance(
            self._place.connect(TIMEOUT_S),
            self._prefix,
            self._hand,
            workplace.folder,
            is_whole=database.kind == "sqlite",
            reader=self.reader,
        )

    def consumer(self, queue: str, timeout_s: float) -> LetterConsumer:
        """A consumer of a queue's mailbox, with a connection of its own."""
        mailbox = RedisMailbox(self._place.connect(TIMEOUT_S), self._prefix, queue, self._hand)
        ear = self._ear(MAIL + queue)
        if isinstance(ear, RedisEar):
            ear.mailbox = mailbox
        _, _, _, _, threads, is_draining = self._workplace
        return LetterConsumer("redis", queue, mailbox, ear, threads, timeout_s, is_draining, self.reader.is_paused)

    def start(self) -> None:
        """Begin to show life."""
        self._inheritance.start()

    def stop(self) -> None:
        """Leave."""
        self._inheritance.stop()
