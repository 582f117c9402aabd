"""Being woken by RabbitMQ: a worker process takes tokens for those of its consumers that sleep.

It subscribes to a queue's tokens when the queue's consumer lies down, and takes one: whoever is awake wants none. A
token that comes too late goes back, since somebody else may be idle.
"""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING, Any

from workers.amqp.line import Line, end
from workers.amqp.names import WAKE
from workers.bells.notify import NotifyEar
from workers.brokers.identity import wake_key

if TYPE_CHECKING:
    from bus.database import Database
    from workers.amqp.place import Place

#: Seconds until a consumer that was awake when its token came asks for the next one.
REST_S = 0.02


class AmqpEar(NotifyEar):
    """One consumer's end.

    Args:
        queue: the consumer's.
        line: woken when tokens are wanted and none is on order.
    """

    def __init__(self, queue: str, line: Line) -> None:
        super().__init__()
        self.queue = queue
        self._line = line
        #: Whether this consumer sleeps, or is about to look for the last time before it does.
        self.is_lying = False
        #: Whether the next token will be ours; written by the line's thread alone.
        self.is_subscribed = False
        self.is_declared = False
        self.rests_until = 0.0

    def lie_down(self) -> None:
        """Say that a token is wanted."""
        self.is_lying = True
        if not self.is_subscribed:
            self._line.wake()

    def get_up(self) -> None:
        """Say that tokens are for others, and forget what rang."""
        self.is_lying = False
        super().get_up()

    def close(self) -> None:
        """Want no more tokens."""
        self.is_lying = False


class AmqpListener:
    """A worker's line, and the guest that takes tokens from it.

    Args:
        place: where RabbitMQ is.
        database: whose tokens are meant.
    """

    def __init__(self, place: Place, database: Database) -> None:
        self._ears: dict[str, AmqpEar] = {}
        self._channel: Any = None
        self._prefix = ""
        self._line = Line(place, database, "worker")
        self._line.add(self)

    def ear(self, queue: str) -> AmqpEar:
        """The ear of a queue's consumer; the same one for a consumer that comes after it."""
        ear = self._ears.setdefault(queue, AmqpEar(queue, self._line))
        self._line.wake()
        return ear

    def close(self) -> None:
        """Stop listening within a second."""
        self._line.close()

    def opened(self, connection: Any, prefix: str) -> None:
        """Open a channel."""
        self._prefix = prefix
        connection.channel(on_open_callback=self._line.guard(self._begin))

    def _begin(self, channel: Any) -> None:
        self._line.watch(channel)
        channel.basic_qos(prefetch_count=1)
        self._channel = channel
        self.look()

    def look(self) -> None:
        """Declare the queues, and subscribe for those who lie down."""
        if self._channel is None or not self._channel.is_open:
            return
        for ear in list(self._ears.values()):
            if not ear.is_declared:  # before anybody lies down: a token without a queue is lost
                ear.is_declared = True
                self._channel.queue_declare(wake_key(self._prefix, ear.queue), durable=True, arguments=WAKE)
            if ear.is_lying and not ear.is_subscribed and time.monotonic() >= ear.rests_until:
                self._subscribe(ear)

    def _subscribe(self, ear: AmqpEar) -> None:
        ear.is_subscribed = True
        queue = wake_key(self._prefix, ear.queue)
        self._channel.basic_consume(queue, self._line.guard(functools.partial(self._hear, ear)))

    def _hear(self, ear: AmqpEar, channel: Any, method: Any, _properties: Any, _text: bytes) -> None:
        """Wake the consumer, which wants no second token before it sleeps again; or give the token back."""
        end(channel, method.consumer_tag)
        ear.is_subscribed = False
        if ear.is_lying:
            ear.is_lying = False
            ear.nudge()
            channel.basic_ack(method.delivery_tag)
        else:
            channel.basic_nack(method.delivery_tag)
            ear.rests_until = time.monotonic() + REST_S
            self._line.later(REST_S, self.look)

    def lost(self, error: Exception) -> None:
        """Begin anew with the next connection."""
        self._channel = None
        for ear in list(self._ears.values()):
            ear.is_subscribed = ear.is_declared = False
