"""Being woken by Redis: one thread of a worker process takes tokens for those of its consumers that sleep.

A process without a free place takes none, and hands one back that reached it too late: somebody else may be idle.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workers.bells.notify import NotifyEar
from workers.brokers.identity import prefix_of, wake_key
from workers.brokers.outage import Outage

if TYPE_CHECKING:
    from redis import Redis

    from bus.database import Database
    from workers.redis.mailbox import RedisMailbox
    from workers.redis.place import Place

#: Seconds a look for tokens lasts at most; a connection that is silent for much longer is dead.
BLOCK_S = 1.0
#: The same while some consumers do not sleep, or have yet to come: how late one of them is listened for when it lies
#: down. A server with nothing else to do notices ten times a second that a wait is over (serverCron).
GLANCE_S = 0.02
#: Seconds that a woken consumer may need to find little to do and lie down again; one of letters lingers for half of
#: that (workers/letters/consumer.py). Listening without it, for whoever else lies down, would last for a glance.
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
        #: What the consumer takes letters from, if it does.
        self.mailbox: RedisMailbox | None = None

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
        #: When the last consumer came (monotonic seconds): others may follow.
        self._grown_at = 0.0
        self._thread = threading.Thread(target=self._run, name="bus-listen", daemon=True)
        self._thread.start()

    def ear(self, queue: str) -> RedisEar:
        """The ear of a queue's consumer; the same one for a consumer that comes after it."""
        if queue not in self._ears:
            self._ears[queue] = RedisEar(self._somebody_lies)
            self._grown_at = time.monotonic()
        return self._ears[queue]

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
        is_everybody = len(lying) == len(ears) and time.monotonic() - self._grown_at > BLOCK_S
        key, fed = _ask(client, lying, BLOCK_S if is_everybody else GLANCE_S)
        self._outage.ends()
        self._pause_s = PAUSE_S
        if key is not None and lying[key].is_lying:
            fed.append(lying[key])
        elif key is not None and lying[key] not in fed:
            client.lpush(key, "1")  # it reached this process too late
        if fed:
            self._wake(fed)

    def _wake(self, ears: Sequence[RedisEar]) -> None:
        """Wake consumers, which want no second token before they sleep again, and give them time to."""
        for ear in ears:
            ear.is_lying = False
            ear.nudge()
        end = time.monotonic() + SETTLE_S
        while not all(ear.is_lying for ear in ears) and (left_s := end - time.monotonic()) > 0:
            self._somebody_lies.clear()
            if not all(ear.is_lying for ear in ears):
                self._somebody_lies.wait(left_s)


def _ask(client: Any, lying: dict[str, RedisEar], wait_s: float) -> tuple[str | None, list[RedisEar]]:
    """Wait for a token and take letters in the same breath; answers the token's key, and who has got letters."""
    errands = [(ear, errand) for ear in lying.values() if ear.mailbox and (errand := ear.mailbox.errand())]
    pipeline = client.pipeline(transaction=False)
    pipeline.blpop(list(lying), wait_s)
    for _, errand in errands:
        pipeline.evalsha(*errand.command)
    answers: list[Any] = [None] * (1 + len(errands))
    try:
        answers = pipeline.execute(raise_on_error=False)
    finally:
        ends = [errand.end(answer) for (_, errand), answer in zip(errands, answers[1:], strict=True)]
    popped = answers[0]
    if isinstance(popped, Exception):
        raise popped
    fed = [ear for (ear, _), is_fed in zip(errands, ends, strict=True) if is_fed]
    return None if popped is None else popped[0].decode(), fed
