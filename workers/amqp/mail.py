"""Letters in RabbitMQ, for one worker process: one line for all its mailboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.amqp.line import Line
from workers.amqp.mailbox import AmqpMailbox
from workers.bells.notify import NotifyEar
from workers.brokers.identity import mail_key, prefix_of
from workers.letters.consumer import LetterConsumer
from workers.letters.mail import Mail, Workplace

if TYPE_CHECKING:
    from workers.amqp.place import Place
    from workers.letters.seal import Seal

#: Seconds that a letter may take. RabbitMQ cuts off whoever holds a message for half an hour (``consumer_timeout``);
#: a letter may wait in a batch behind a long one, and be long itself.
LONGEST_S = 600.0


class AmqpMail(Mail):
    """What a process has for letters in RabbitMQ.

    Args:
        workplace: the process.
        place: where RabbitMQ is.
        seal: opens letters.
    """

    def __init__(self, workplace: Workplace, place: Place, seal: Seal) -> None:
        super().__init__(workplace, seal, LONGEST_S)
        self._workplace = workplace
        self._line = Line(place, workplace.bus.database, "mailbox")

    def consumer(self, queue: str, timeout_s: float) -> LetterConsumer:
        """A consumer of a queue's mailbox."""
        bus, _, _, _, threads, is_draining = self._workplace
        address = mail_key(prefix_of(bus.database), queue)
        ear = NotifyEar()
        mailbox = AmqpMailbox(queue, address, threads, ear, self._line)
        given = (threads, timeout_s, is_draining, self.reader.is_paused)
        return LetterConsumer("rabbitmq", queue, mailbox, ear, *given)

    def start(self) -> None:
        """RabbitMQ looks after what the dead have left."""

    def stop(self) -> None:
        """Leave."""
        self._line.close()
