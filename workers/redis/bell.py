"""Waking workers by Redis: a token is put on the queue's list, which whoever sleeps there takes.

A thread does it, so that no publisher waits for the network, whatever state that is in: a name server that is away
would hold a caller for longer than any timeout of a socket. The thread puts together what comes while it is at it.

Source: Redis documentation, BLPOP.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections import Counter
from collections.abc import Iterable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from workers.brokers.identity import prefix_of, wake_key
from workers.brokers.outage import Outage

if TYPE_CHECKING:
    from bus.database import Database
    from workers.redis.place import Place

#: Tokens a queue holds at most: so many processes are woken by a burst, and not more is left when nobody comes.
MOST_TOKENS = 32
#: Seconds after which the tokens of a queue that nobody uses are gone.
KEEP_S = 86_400
#: Seconds until Redis counts as away.
TIMEOUT_S = 0.5
#: Seconds of silence after that.
PAUSE_S = 1.0
#: Seconds between two rings, for more to come together: a publisher in a hurry needs the processor itself.
GAP_S = 0.001
#: Seconds that a bus waits for its last ring when it is closed.
CLOSE_S = 1.0

_beginning = threading.Lock()


class RedisBell:
    """Rung by publishers; costs them nothing but a note to the thread that rings.

    Args:
        place: where Redis is.
        database: whose workers are meant.
    """

    def __init__(self, place: Place, database: Database) -> None:
        self.place = place
        self._database = database
        self._ringer: Ringer | None = None

    def announce(self, queues: Iterable[str]) -> None:
        """Wake a worker of each queue."""
        ringer = self._ringer
        if ringer is None or ringer.pid != os.getpid():  # threads do not follow into a fork
            ringer = self._begin()
        for queue in queues:
            ringer.notes.put(queue)

    def _begin(self) -> Ringer:
        with _beginning:
            if self._ringer is None or self._ringer.pid != os.getpid():
                self._ringer = Ringer(self.place, self._database)
            return self._ringer

    def close(self) -> None:
        """Ring for the last time, and end."""
        if self._ringer is not None and self._ringer.pid == os.getpid():
            self._ringer.close()


class Ringer:
    """The thread that rings, with a connection of its own."""

    def __init__(self, place: Place, database: Database) -> None:
        self.pid = os.getpid()
        #: Names of queues to ring at; None: no more come.
        self.notes: SimpleQueue[str | None] = SimpleQueue()
        self._place = place
        self._database = database
        self._outage = Outage("redis", "publisher")
        #: A Redis; redis-py does not say what its pipelines are.
        self._client: Any = None
        self._prefix = ""
        self._thread = threading.Thread(target=self._run, name="bus-ring", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let what was noted be rung, within a bound."""
        self.notes.put(None)
        self._thread.join(CLOSE_S)

    def _run(self) -> None:
        due: Counter[str] = Counter()
        is_open = True
        while is_open:
            is_open = self._gather(due)
            if due and self._ring(due):
                due.clear()
                time.sleep(GAP_S)
        if self._client is not None:
            self._client.close()

    def _gather(self, due: Counter[str]) -> bool:
        """Wait for notes and take all there are, or those of a pause while some could not be rung; False at the end."""
        end = time.monotonic() + PAUSE_S if due else -math.inf
        while True:
            wait_s = None if not due else max(0.0, end - time.monotonic())
            try:
                queue = self.notes.get(timeout=wait_s)
            except Empty:
                return True
            if queue is None:
                return False
            due[queue] += 1

    def _ring(self, due: Counter[str]) -> bool:
        """Put tokens on the lists in one round trip; whether that went well."""
        try:
            if self._client is None:
                self._prefix = prefix_of(self._database)
                self._client = self._place.connect(TIMEOUT_S)
            pipeline = self._client.pipeline(transaction=False)
            for queue, times in due.items():
                key = wake_key(self._prefix, queue)
                pipeline.rpush(key, *["1"] * min(times, MOST_TOKENS))
                pipeline.ltrim(key, -MOST_TOKENS, -1)
                pipeline.expire(key, KEEP_S)
            pipeline.execute()
        except Exception as error:  # noqa: BLE001  # the jobs are stored; the thread must outlive whatever this was
            self._outage.begins(error)
            if self._client is not None:  # another address may answer to the name by now
                self._client.close()
            return False
        self._outage.ends()
        return True


def _after_fork() -> None:
    global _beginning  # noqa: PLW0603  # somebody may have held it, and that thread is not here
    _beginning = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
