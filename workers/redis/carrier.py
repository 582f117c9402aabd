"""The publisher's side of letters: a round trip puts them into a queue's mailbox, or the caller is told.

Not here: waking for jobs (workers/redis/bell.py), what becomes of a letter (workers/redis/mailbox.py).
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from bus.errors import QueueUnavailable
from workers.brokers.identity import MAIL, mail_key, prefix_of, wake_key
from workers.letters.seal import Seal
from workers.redis.bell import KEEP_S, MOST_TOKENS, RedisBell

if TYPE_CHECKING:
    from bus.database import Database
    from bus.jobs.port import Waiting
    from bus.jobs.rows import Row
    from bus.settings import Settings
    from workers.bells.notify import NotifyEar
    from workers.letters.mail import Mail, Workplace
    from workers.redis.ear import RedisListener
    from workers.redis.place import Place
    from workers.redis.sender import Sender

#: Seconds a caller waits for Redis to connect, and to take its letters.
TIMEOUT_S = 2.0
#: KEYS: mail, wake; ARGV: tokens at most, seconds they are kept, letters. One command costs a sender a third of four.
_SEND = """
for i = 3, #ARGV, 1000 do redis.call('RPUSH', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV))) end
local tokens = math.min(#ARGV - 2, ARGV[1] - redis.call('LLEN', KEYS[2]))
for _ = 1, tokens do redis.call('RPUSH', KEYS[2], '1') end
redis.call('EXPIRE', KEYS[2], ARGV[2])
"""


class RedisCarrier(RedisBell):
    """Wakes workers, and takes letters.

    Args:
        place: where Redis is.
        database: whose workers are meant.
        settings: hold the keys.
    """

    def __init__(self, place: Place, database: Database, settings: Settings) -> None:
        super().__init__(place, database)
        self.seal = Seal(settings.signing_keys, settings.keep_jobs_hours * 3_600_000)
        #: Puts letters into a mailbox; made by whoever sends first.
        self._sender: Sender | None = None
        self._pid = 0
        self._prefix = ""

    def send(self, rows: Sequence[Row]) -> None:
        """Put letters into their mailboxes."""
        try:
            sender = self._sending()
            for queue, letters in self._by_queue(rows).items():
                keys = [mail_key(self._prefix, queue), wake_key(self._prefix, MAIL + queue)]
                sender.run(keys, [MOST_TOKENS, KEEP_S, *letters])
        except Exception as error:
            raise QueueUnavailable(
                f"Redis did not take the request ({type(error).__name__}); call again, it may run twice then"
            ) from error

    def flush(self, queues: Iterable[str]) -> None:
        """Lose all of these queues, and who has what of them in hand."""
        from workers.redis.flushing import flush  # a drill's alone

        flush(self.place, prefix_of(self._database), queues)

    def waiting(self, queues: Iterable[str]) -> dict[str, Waiting]:
        """How many letters wait, and how long."""
        from workers.redis.counting import waiting  # operators alone ask

        return waiting(self.place, prefix_of(self._database), queues, self.seal)

    def _sending(self) -> Sender:
        """What puts letters into a mailbox, in this process."""
        sender = self._sender
        if sender is None or self._pid != os.getpid():
            from workers.redis.sender import Sender  # redis-py is dear, and many processes send nothing

            self._prefix = prefix_of(self._database)
            self._sender = sender = Sender(self.place.connect(TIMEOUT_S), _SEND)
            self._pid = os.getpid()  # last: other threads go by it
        return sender

    def _by_queue(self, rows: Sequence[Row]) -> dict[str, list[bytes]]:
        letters: dict[str, list[bytes]] = defaultdict(list)
        for row in rows:
            letters[row.queue].append(self.seal.write(row, mail_key(self._prefix, row.queue).encode()))
        return letters

    def listener(self) -> RedisListener:
        """The other end of what publishers ring."""
        from workers.redis.ear import RedisListener  # a publisher needs none

        return RedisListener(self.place, self._database)

    def mail(self, workplace: Workplace, ear: Callable[[str], NotifyEar]) -> Mail:
        """The letters of a worker process."""
        from workers.redis.mail import RedisMail  # most workers have none

        return RedisMail(workplace, self, ear)

    def close(self) -> None:
        """Let go of the connections."""
        super().close()
        if self._sender is not None and self._pid == os.getpid():
            self._sender.close()
