"""Being woken by Redis: one thread of a worker process takes tokens for those of its consumers that sleep.

A process without a free place takes none, and hands one back that reached it too late: somebody else may be idle.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from workers.bells.notify import NotifyEar
from workers.brokers.identity import prefix_of, wake_key
from workers.brokers.outage import Outage

if TYPE_CHECKING:
    from redis import Redis

    from bus.database import Database
    from workers.redis.place import Place

#: Seconds a look for tokens lasts at most; a connection that is silent for much longer is dead.
BLOCK_S = 1.0
#: The same while some consumers do not sleep: how late one of them is listened for when it lies down. A server with
#: nothing else to do notices ten times a second that a wait is over (serverCron).
GLANCE_S = 0.02
#: Seconds that a woken consumer may need to find little to do and lie down again; one of letters lingers for half of
#: that (workers/letters/consumer.py). Listening without it would last for a glance.
SETTLE_S = 0.02
#: Seconds a connection, and an answer beyond ``BLOCK_S``, is waited for.
TIMEOUT_S = 2.0
#: Seconds until Redis is asked again after it was away, at first and at most.
PAUSE_S, MAX_PAUSE_S = 0.1, 2.0


class RedisEar(NotifyEar):
    """One consumer's end.

    Args:
        somebody_lies: told when the consumer is about to sleep.
    """

    def __init__(self, somebody_lies: threading.Event) -> None:
        super().__init__()
        self._somebody_lies = somebody_lies
        #: Whether this consumer sleeps, or is about to look for the last time before it does.
        self.is_lying = False

    def lie_down(self) -> None:
        """Say that tokens are wanted."""
        self.is_lying = True
        self._somebody_lies.set()

    def get_up(self) -> None:
        """Say that tokens are for others, and forget what rang."""
        self.is_lying = False
        super().get_up()

    def close(self) -> None:
        """Want no more tokens."""
        self.is_lying = False


class RedisListener:
    """The thread that takes tokens, with a connection of its own.

    Args:
        place: where Redis is.
        database: whose tokens are meant.
    """

    def __init__(self, place: Place, database: Database) -> None:
        self._place = place
        self._database = database
        self._ears: dict[str, RedisEar] = {}
        self._somebody_lies = threading.Event()
        self._is_over = threading.Event()
        self._outage = Outage("redis", "worker")
        self._pause_s = PAUSE_S
        self._thread = threading.Thread(target=self._run, name="bus-listen", daemon=True)
        self._thread.start()

    def ear(self, queue: str) -> RedisEar:
        """The ear of a queue's consumer; the same one for a consumer that comes after it."""
        return self._ears.setdefault(queue, RedisEar(self._somebody_lies))

    def close(self) -> None:
        """Stop listening within a second."""
        self._is_over.set()
        self._somebody_lies.set()

    def _run(self) -> None:
        while not self._is_over.is_set():
            client: Redis | None = None
            try:
                prefix = prefix_of(self._database)
                client = self._place.connect(TIMEOUT_S, BLOCK_S + TIMEOUT_S)
                while not self._is_over.is_set():
                    self._listen(client, prefix)
            except Exception as error:  # noqa: BLE001  # workers look by themselves; the thread must outlive this
                self._outage.begins(error)
                self._is_over.wait(self._pause_s)
                self._pause_s = min(self._pause_s * 2, MAX_PAUSE_S)
            finally:
                if client is not None:
                    client.close()

    def _listen(self, client: Redis, prefix: str) -> None:
        """Wait for one token, if anybody wants one."""
        self._somebody_lies.clear()
        ears = list(self._ears.items())
        lying = {wake_key(prefix, queue): ear for queue, ear in ears if ear.is_lying}
        if not lying:
            self._somebody_lies.wait(BLOCK_S)
            return
        popped: Any = client.blpop(list(lying), BLOCK_S if len(lying) == len(ears) else GLANCE_S)
        self._outage.ends()
        self._pause_s = PAUSE_S
        if popped is not None:
            self._hear(client, popped[0], lying[popped[0].decode()])

    def _hear(self, client: Redis, key: bytes, ear: RedisEar) -> None:
        """Wake the consumer, which wants no second token before it sleeps again; or hand the token back."""
        if ear.is_lying:
            self._somebody_lies.clear()
            ear.is_lying = False
            ear.nudge()
            self._somebody_lies.wait(SETTLE_S)
        else:
            client.lpush(key, "1")
