"""What publishers put on their line: tokens that wake, and letters, each of which RabbitMQ confirms.

Tokens are put together while those before them are under way, and kept while RabbitMQ is away. Letters are published
one behind the other, and whoever sent them waits for the last confirmation.

Source: RabbitMQ documentation, "Consumer Acknowledgements and Publisher Confirms".
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from workers.amqp.names import MOST_TOKENS, mail_arguments
from workers.brokers.identity import wake_key

if TYPE_CHECKING:
    from workers.amqp.line import Line


class Letters(NamedTuple):
    """Letters that are sent together: queue and text of each; and who waits for it."""

    letters: Sequence[tuple[str, bytes]]
    answer: Future[None]
    #: Numbers of those that are not confirmed yet.
    under_way: set[int]


class NotTaken(Exception):
    """RabbitMQ did not take a letter; the message says why."""


class Post:
    """A guest of the publisher's line.

    Args:
        line: whoever leaves a note wakes it.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._lock = threading.Lock()
        #: Tokens to publish, by their queue.
        self._due: Counter[str] = Counter()
        #: Tokens under way; they are due again if the connection is lost.
        self._rung: Counter[str] = Counter()
        self._tokens = 0
        self._is_still = threading.Event()
        self._is_still.set()
        self._waiting: deque[Letters] = deque()
        #: By their number on this channel, in order; None: a token.
        self._unconfirmed: dict[int, Letters | None] = {}
        self._declared: set[str] = set()
        self._is_declaring = self._is_blocked = False
        #: Open, and confirming.
        self._channel: Any = None
        #: Of what RabbitMQ keeps over a restart, and of what it does not.
        self._persistent: Any = None
        self._transient: Any = None
        self._number = 0
        self._prefix = ""

    def ring(self, queues: Iterable[str]) -> None:
        """Leave a token for each queue. From any thread; does not wait."""
        with self._lock:
            self._is_still.clear()
            for queue in queues:
                self._due[queue] = min(self._due[queue] + 1, MOST_TOKENS)

    def send(self, letters: Sequence[tuple[str, bytes]]) -> Future[None]:
        """Leave letters; the answer comes when all are confirmed. From any thread."""
        sent = Letters(letters, Future(), set())
        self._waiting.append(sent)
        return sent.answer

    def wait_still(self, timeout_s: float) -> None:
        """Wait until all tokens have reached RabbitMQ, within a bound."""
        self._is_still.wait(timeout_s)

    def opened(self, connection: Any, prefix: str) -> None:
        """Open a channel that confirms."""
        self._prefix = prefix
        guard = self._guard
        connection.add_on_connection_blocked_callback(guard(self._blocked))
        connection.add_on_connection_unblocked_callback(guard(self._unblocked))
        connection.channel(on_open_callback=guard(self._confirm))

    def _guard(self, call: Any) -> Any:
        return self._line.guard(call)

    def _confirm(self, channel: Any) -> None:
        self._line.watch(channel)
        channel.add_on_return_callback(self._guard(self._returned))
        channel.confirm_delivery(self._guard(self._confirmed), self._guard(functools.partial(self._ready, channel)))

    def _ready(self, channel: Any, _frame: Any) -> None:
        from pika import BasicProperties, DeliveryMode

        self._persistent = BasicProperties(delivery_mode=DeliveryMode.Persistent)
        self._transient = BasicProperties(delivery_mode=DeliveryMode.Transient)
        self._channel = channel
        self.look()

    def look(self) -> None:
        """Publish what was left here."""
        if self._channel is None or not self._channel.is_open:
            return
        while self._waiting and not self._is_declaring and self._may_go(self._waiting[0]):
            self._publish_letters(self._waiting.popleft())
        self._publish_tokens()

    def _may_go(self, sent: Letters) -> bool:
        """Whether the queues of letters are there; otherwise the next missing one is declared."""
        for queue, _ in sent.letters:
            if queue not in self._declared and not self._is_blocked:
                self._is_declaring = True
                there = self._guard(functools.partial(self._is_there, queue))
                self._channel.queue_declare(queue, durable=True, arguments=mail_arguments(self._prefix), callback=there)
                return False
        return True

    def _is_there(self, queue: str, _frame: Any) -> None:
        self._is_declaring = False
        self._declared.add(queue)
        self.look()

    def _publish_letters(self, sent: Letters) -> None:
        if not sent.answer.set_running_or_notify_cancel():  # whoever sent them waits no more
            return
        if self._is_blocked:
            sent.answer.set_exception(NotTaken("it is out of memory or disk space"))
            return
        for queue, text in sent.letters:
            sent.under_way.add(self._publish(queue, text, sent))
        if not sent.letters:
            sent.answer.set_result(None)

    def _publish_tokens(self) -> None:
        if self._tokens or self._is_blocked:
            return
        with self._lock:
            self._rung, self._due = self._due, Counter()
            if not self._rung:
                self._is_still.set()
        for queue, times in self._rung.items():
            self._tokens += times
            for _ in range(times):
                self._publish(wake_key(self._prefix, queue), b"", None)

    def _publish(self, queue: str, text: bytes, sent: Letters | None) -> int:
        self._number += 1
        self._unconfirmed[self._number] = sent
        properties = self._transient if sent is None else self._persistent
        # A letter without a queue comes back; a token without one has nobody to wake.
        self._channel.basic_publish("", queue, text, properties, mandatory=sent is not None)
        return self._number

    def _confirmed(self, frame: Any) -> None:
        method = frame.method
        numbers = [method.delivery_tag]
        if method.multiple:
            numbers = list(itertools.takewhile(lambda number: number <= method.delivery_tag, self._unconfirmed))
        for number in numbers:
            sent = self._unconfirmed.pop(number, None)
            if sent is not None:
                self._answer(sent, number, is_taken=method.NAME == "Basic.Ack")
            else:
                self._tokens -= 1
        self._publish_tokens()

    @staticmethod
    def _answer(sent: Letters, number: int, *, is_taken: bool) -> None:
        sent.under_way.discard(number)
        if sent.answer.done():
            return
        if not is_taken:
            sent.answer.set_exception(NotTaken("it could not store it"))
        elif not sent.under_way:
            sent.answer.set_result(None)

    def _returned(self, _channel: Any, method: Any, _properties: Any, _text: bytes) -> None:
        """A queue is gone that was there: nobody knows whose letter this was, so all that wait for it are told."""
        self._declared.discard(method.routing_key)
        for sent in self._unconfirmed.values():
            if sent is not None and not sent.answer.done():
                sent.answer.set_exception(NotTaken("its queue is gone"))

    def _blocked(self, _connection: Any, _frame: Any) -> None:
        self._is_blocked = True
        self._fail(NotTaken("it is out of memory or disk space"))

    def _unblocked(self, _connection: Any, _frame: Any) -> None:
        self._is_blocked = False
        self.look()

    def lost(self, error: Exception) -> None:
        """Tell whoever waits; keep the tokens."""
        self._channel = None
        self._is_declaring = self._is_blocked = False
        self._declared.clear()
        self._fail(error)
        self._unconfirmed.clear()
        self._number = self._tokens = 0
        self.ring(self._rung.elements())
        self._rung.clear()

    def _fail(self, error: Exception) -> None:
        for sent in self._unconfirmed.values():
            if sent is not None and not sent.answer.done():
                sent.answer.set_exception(error)
        while self._waiting:
            sent = self._waiting.popleft()
            if sent.answer.set_running_or_notify_cancel():
                sent.answer.set_exception(error)
