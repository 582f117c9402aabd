"""The consumer of a mailbox: a batch for each free thread, the acks with the next fetch, sleep while there is none.

Its messages are turns as those of workers/broker.py are: "a thread may work through this batch". Dramatiq carries them
from thread to thread only, and nothing of its retries, delays and time limits is used.

Source: dramatiq 2.2, ``dramatiq.broker`` (Consumer, MessageProxy).
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dramatiq import Message, MessageProxy
from dramatiq.broker import Consumer

from workers.broker import POLL_S
from workers.brokers.identity import MAIL
from workers.brokers.outage import Outage
from workers.letters.pace import Pace

if TYPE_CHECKING:
    from workers.bells.notify import NotifyEar
    from workers.letters.mailbox import Batch, Mailbox

#: Seconds until the broker is asked again after it did not answer.
PAUSE_S = 1.0
#: Seconds in which more letters may come for the next batch, while they come in drops: each batch costs round trips.
LINGER_S = 0.01
#: The actor that works through a batch.
LETTERS = "letters"


class LetterConsumer(Consumer):
    """Yields a batch while letters wait and a thread is free.

    Args:
        broker: the name of its kind, for the log.
        queue: its name.
        mailbox: of the queue.
        ear: rung when letters come.
        places: batches that may be in hand at a time.
        timeout_s: longest sleep.
        is_draining: whether batches have come to an end.
        is_paused: whether the queue's letters have to wait.
    """

    def __init__(
        self,
        broker: str,
        queue: str,
        mailbox: Mailbox,
        ear: NotifyEar,
        places: int,
        timeout_s: float,
        is_draining: Callable[[], bool],
        is_paused: Callable[[str], bool],
    ) -> None:
        self._queue = queue
        self._mailbox = mailbox
        self._ear = ear
        self._places = places
        self._timeout_s = min(timeout_s, POLL_S)
        self._is_draining = is_draining
        self._is_paused = is_paused
        self._pace = Pace()
        self._lock = threading.Lock()
        self._left_over: deque[Batch] = deque()
        self._outage = Outage(broker, "mailbox")
        self._ask_at = 0.0
        #: Whether the last batch was small for what a thread could do.
        self._is_dripping = False

    def __next__(self) -> MessageProxy | None:
        """A batch, or None after a while without one."""
        batch = self._wait()
        self._ear.get_up()
        return None if batch is None else self._message(batch)

    def _wait(self) -> Batch | None:
        """A batch that is there, or that somebody rings for: whoever is rung goes to the mailbox at once."""
        has_room = self._has_room()
        if has_room and self._is_dripping:
            time.sleep(LINGER_S)
        most = self._pace.next_most() if has_room else 0
        batch = self._fetch(most)
        if batch is None and has_room:
            self._ear.lie_down()
        if batch is None and self._ear.sleep(self._timeout_s) and has_room and self._has_room():
            batch = self._fetch(most)
        self._is_dripping = batch is not None and len(batch.letters) < most // 4
        return batch

    def _has_room(self) -> bool:
        return self._places > 0 and not self._is_draining() and not self._is_paused(self._queue)

    def _fetch(self, most: int) -> Batch | None:
        if not (most or self._left_over or self._mailbox.is_behind) or time.monotonic() < self._ask_at:
            return None
        try:
            self._put_back()
            batch = self._mailbox.take(most)
        except Exception as error:  # noqa: BLE001  # whatever it was, what is held stays held and is asked for again
            self._outage.begins(error)
            self._ask_at = time.monotonic() + PAUSE_S
            return None
        self._outage.ends()
        return batch

    def _put_back(self) -> None:
        while self._left_over:
            self._mailbox.put_back(self._left_over[0])
            self._left_over.popleft()

    def _message(self, batch: Batch) -> MessageProxy:
        with self._lock:
            self._places -= 1
        args = (self._queue, self._mailbox, self._pace, batch)
        return MessageProxy(Message(MAIL + self._queue, LETTERS, args, kwargs={}, options={}))

    def ack(self, message: MessageProxy) -> None:
        """Free the place. Must not raise: Dramatiq has no answer to that."""
        self._end(message.args[3])
        with self._lock:
            self._places += 1
        self._ear.nudge()

    nack = ack

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """Batches that no thread has begun when the worker stops."""
        for message in messages:
            self._end(message.args[3])

    def _end(self, batch: Batch) -> None:
        if batch.letters:
            self._left_over.append(batch)
        else:
            self._mailbox.let_go(batch)

    def close(self) -> None:
        """Tell the broker what is done with, and put back the rest; what cannot be told, others take over."""
        self._ask_at = 0.0
        self._fetch(0)
        self._ear.close()
        self._mailbox.close()
