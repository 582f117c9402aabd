"""The workers' side of letters in RabbitMQ: delivered ahead of need, held until they are done with.

RabbitMQ delivers as many as all threads of a process have work with for a moment; what lies here for longer than
that goes back to it. What a process held when it died, or lost its connection, comes back from RabbitMQ by itself,
marked as delivered before, and whoever gets it makes a job of it.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from workers.amqp.acks import Acks
from workers.amqp.line import end
from workers.amqp.names import REFUSED, mail_arguments, refused_key
from workers.letters.mailbox import Batch

if TYPE_CHECKING:
    from workers.amqp.line import Line
    from workers.bells.notify import NotifyEar

#: Seconds that letters wait here for a thread before others get them.
LINGER_S = 1.0
#: Letters that RabbitMQ delivers ahead, at most, and how many bytes they should have together.
MOST_AHEAD, MOST_BYTES = 4_096, 16_000_000
#: A batch gets no more letters once it has so many bytes.
MOST_BATCH_BYTES = 1_000_000


class Delivery(NamedTuple):
    """A letter in this process."""

    number: int
    text: bytes
    #: Somebody may have died with it in hand.
    is_returned: bool


class AmqpMailbox:
    """A queue's mailbox, as one process sees it: a guest of its line.

    Args:
        queue: its name.
        address: what its letters are signed for, and its name in RabbitMQ.
        threads: of this process.
        ear: rung when letters come.
        line: of this process's letters.
    """

    #: The line is woken whenever RabbitMQ has to hear of something.
    is_behind = False

    def __init__(self, queue: str, address: str, threads: int, ear: NotifyEar, line: Line) -> None:
        self.address = address.encode()
        self._queue = queue
        self._mail = address
        self._threads = threads
        self._ear = ear
        self._line = line
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: deque[Delivery] = deque()
        self._waits_since = 0.0
        self._held: dict[str, list[Delivery]] = {}
        self._done: list[int] = []
        self._refused: list[int] = []
        self._refuses: set[bytes] = set()
        #: Letters to be delivered ahead; 0: none.
        self._wanted = 0
        self._mean_bytes = 1.0
        self._is_closed = threading.Event()
        self._is_leaving = False
        # What follows belongs to the line's thread.
        self._prefix = ""
        self._channel: Any = None
        self._acks = Acks()
        #: Subscriptions and how many letters each may have under way. RabbitMQ changes none that exists, and ending
        #: one returns what is on its way, so that further ones are added while letters turn out to be quick.
        self._tiers: list[tuple[str, int]] = []
        self._is_watching = False
        line.add(self)

    def take(self, most: int) -> Batch | None:
        """Take letters that were delivered; ask for more, or fewer, to be."""
        with self._lock:
            if most:
                self._want(most)
            letters: list[Delivery] = []
            size = 0
            while self._waiting and len(letters) < most and size < MOST_BATCH_BYTES:
                if letters and letters[0].is_returned != self._waiting[0].is_returned:
                    break
                letters.append(self._waiting.popleft())
                size += len(letters[-1].text)
            self._waits_since = time.monotonic()
            if not letters:
                return None
            name = f"{self._queue}/{next(self._numbers)}"
            self._held[name] = letters
        return Batch(name, [letter.text for letter in letters], are_returned=letters[0].is_returned)

    def _want(self, most: int) -> None:
        """As many as all threads work at, and the same again, for RabbitMQ is some way off."""
        ahead = most * self._threads * (1 if most == 1 else 2)
        wanted = max(self._threads, min(ahead, MOST_AHEAD, int(MOST_BYTES / self._mean_bytes)))
        if wanted != self._wanted:
            self._wanted = wanted
            self._line.wake()

    def let_go(self, batch: Batch) -> None:
        """Be done with a batch; what was refused of it is kept aside by RabbitMQ."""
        with self._lock:
            for letter in self._held.pop(batch.name, ()):
                self._end(letter)
        self._line.wake()

    def _end(self, letter: Delivery) -> None:
        (self._refused if letter.text in self._refuses else self._done).append(letter.number)
        self._refuses.discard(letter.text)

    def put_back(self, batch: Batch) -> None:
        """Put what is left of a batch in front of those that wait; if RabbitMQ has it again, there is nothing left."""
        with self._lock:
            letters = self._held.pop(batch.name, [])
            begun = len(letters) - len(batch.letters)
            for letter in letters[:begun]:
                self._end(letter)
            self._waiting.extendleft(reversed(letters[begun:]))
        self._line.wake()

    def refuse(self, text: bytes, why: str) -> None:
        """Remember that a letter must not be opened."""
        with self._lock:
            self._refuses.add(text)

    def close(self) -> None:
        """Give back what is not begun, and leave; within a bound."""
        self._is_leaving = True
        self._line.wake()
        self._is_closed.wait(LINGER_S)

    def opened(self, connection: Any, prefix: str) -> None:
        """Open a channel with the queue and what is refused of it."""
        self._prefix = prefix
        connection.channel(on_open_callback=self._line.guard(self._begin))

    def _begin(self, channel: Any) -> None:
        self._line.watch(channel)
        channel.queue_declare(refused_key(self._prefix), durable=True, arguments=REFUSED)
        channel.queue_declare(self._mail, durable=True, arguments=mail_arguments(self._prefix))
        self._channel = channel
        self.look()

    def look(self) -> None:
        """Tell RabbitMQ what is done with, and how many letters are wanted."""
        if self._channel is None or not self._channel.is_open:
            return
        with self._lock:
            done, refused, wanted = self._done, self._refused, self._wanted
            self._done, self._refused = [], []
        self._acks.drop(refused)
        for number in refused:
            self._channel.basic_nack(number, requeue=False)
        for ack in self._acks.settle(done):
            self._channel.basic_ack(ack.number, ack.is_multiple)
        if self._is_leaving:
            self._give_back()
            self._is_closed.set()
        else:
            self._subscribe(wanted)

    def _subscribe(self, wanted: int) -> None:
        total = sum(count for _, count in self._tiers)
        while total < wanted:
            count = max(self._threads, total)
            self._channel.basic_qos(prefetch_count=count)
            self._tiers.append((self._channel.basic_consume(self._mail, self._line.guard(self._hear)), count))
            total += count
        while total > wanted * 4:
            tag, count = self._tiers.pop()
            end(self._channel, tag)
            total -= count

    def _hear(self, _channel: Any, method: Any, _properties: Any, text: bytes) -> None:
        self._acks.add(method.delivery_tag)
        with self._lock:
            if not self._waiting:
                self._waits_since = time.monotonic()
            self._waiting.append(Delivery(method.delivery_tag, text, method.redelivered))
            self._mean_bytes += (len(text) - self._mean_bytes) / 100
        self._ear.nudge()
        if not self._is_watching:
            self._watch()

    def _watch(self) -> None:
        """Give back what waits although no thread has come for a while: it is paused, or has long work."""
        with self._lock:
            waits, waited_s = bool(self._waiting), time.monotonic() - self._waits_since
        if waits and waited_s >= LINGER_S:
            self._give_back()
            waits = False
        self._is_watching = waits
        if waits:
            self._line.later(LINGER_S, self._watch)

    def _give_back(self) -> None:
        """End all subscriptions, and return what nobody has begun; the next ``take`` asks for letters again."""
        for tag, _ in self._tiers:
            end(self._channel, tag)
        self._tiers.clear()
        with self._lock:
            self._wanted = 0
            letters = list(self._waiting)
            self._waiting.clear()
        self._acks.drop(letter.number for letter in letters)
        for letter in letters:
            self._channel.basic_nack(letter.number)

    def lost(self, error: Exception) -> None:
        """RabbitMQ has all letters again; those in hand are run, and told to nobody."""
        with self._lock:
            self._waiting.clear()
            self._held.clear()
            self._done, self._refused = [], []
            self._refuses.clear()
        self._channel = None
        self._acks = Acks()
        self._tiers.clear()
        self._is_watching = False
        if self._is_leaving:
            self._is_closed.set()
