"""Letters that the dead had in hand become jobs: whoever lives looks after them, and SQL counts what dies with them.

A process shows life under a key that lasts as long as a lease. On the same host its lock tells at once that it is
gone (workers/folder.py). Taken over twice, a letter is one job all the same: its id is the job's. The same becomes of
what a living process holds without knowing: Redis did what it was asked to, and the answer was lost.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bus import logs
from workers.brokers.identity import key_of
from workers.brokers.outage import Outage
from workers.folder import is_dead
from workers.redis.mailbox import LINE, RedisMailbox

if TYPE_CHECKING:
    from workers.letters.reader import Reader
    from workers.redis.hand import Hand

#: Seconds between two looks for the dead, at most; leases may ask for more.
LOOK_S = 2.0


class Inheritance:
    """Shows this process's life, and takes over from those that show none.

    Args:
        client: a Redis.
        prefix: of the database.
        hand: of this process.
        folder: the meeting place of this host.
        is_whole: whether all processes meet there.
        reader: makes jobs of them.
    """

    def __init__(
        self,
        client: Any,
        prefix: str,
        hand: Hand,
        folder: Path,
        *,
        is_whole: bool,
        reader: Reader,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._hand = hand
        self._folder = folder
        self._is_whole = is_whole
        self._reader = reader
        self._owners = key_of(prefix, "owners")
        self._outage = Outage("redis", "inheritance")
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bus-inherit", daemon=True)

    def start(self) -> None:
        """Begin to show life and to look for the dead."""
        self._thread.start()

    def stop(self) -> None:
        """Leave, at once where nothing is left to take over, and else as the dead do."""
        self._is_over.set()
        self._thread.join(timeout=5)
        try:
            if not self._client.exists(key_of(self._prefix, "held", self._hand.owner)):
                self._client.srem(self._owners, self._hand.owner)
            self._client.delete(self._alive(self._hand.owner))
        except Exception as error:  # noqa: BLE001  # the others find out by themselves
            self._outage.begins(error)
        self._client.close()

    def _run(self) -> None:
        while True:
            try:
                self.look()
                self._outage.ends()
            except Exception as error:  # noqa: BLE001  # Redis or the database is away; the thread must outlive it
                self._outage.begins(error)
            if self._is_over.wait(min(LOOK_S, self._hand.alive_ms / 3000)):
                return

    def look(self) -> None:
        """Show life, and take over from the dead and what has lost its way."""
        mine = self._hand.owner
        pipeline = self._client.pipeline(transaction=False)
        pipeline.sadd(self._owners, mine)
        pipeline.set(self._alive(mine), "1", px=self._hand.alive_ms)
        pipeline.smembers(self._owners)
        others = sorted({name.decode() for name in pipeline.execute()[2]} - {mine})
        self._store_batches(mine, self._held(mine) - self._hand.names())  # in this order: names are used once
        for owner in others:
            is_silent = not self._client.exists(self._alive(owner))
            if is_silent or is_dead(self._folder, owner, missing_is_dead=self._is_whole):
                self.take_over(owner)

    def _alive(self, owner: str) -> str:
        return key_of(self._prefix, "alive", owner)

    def _held(self, owner: str) -> set[str]:
        return {name.decode() for name in self._client.hkeys(key_of(self._prefix, "held", owner))}

    def take_over(self, owner: str) -> None:
        """Store what a dead process held as jobs, and forget it; a death in between means once more, to no effect."""
        self._store_batches(owner, self._held(owner))
        self._client.srem(self._owners, owner)

    def _store_batches(self, owner: str, names: Iterable[str]) -> None:
        held = key_of(self._prefix, "held", owner)
        for name in sorted(names):
            text: bytes | None = self._client.hget(held, name)
            if text is None:  # it was let go of meanwhile
                continue
            queue = name.rpartition("/")[0]
            mailbox = RedisMailbox(self._client, self._prefix, queue, self._hand)
            count = self._reader.store_returned(queue, mailbox, text.split(LINE))
            self._client.hdel(held, name)
            logs.get("workers").warning("letters_taken_over", owner=owner, queue=queue, count=count)
