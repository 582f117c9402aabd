"""The workers' side of letters in Redis: taken in batches, held under this process's name until they are done with.

    mail:<queue>    list of letters that wait
    held:<owner>    hash of the batches that a process has in hand; a batch is its letters, one a line
    owners          set of the processes that may hold any; alive:<owner> lasts as long as its process shows life

Not here: who takes over from the dead (workers/redis/inheritance.py).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from workers.brokers.identity import key_of, mail_key
from workers.letters.mailbox import Batch

if TYPE_CHECKING:
    from redis import Redis

LINE = b"\n"
#: Refused letters that are kept to be looked at.
MOST_REFUSED = 1_000

#: A batch gets no more letters once it has so many bytes: Redis and worker hold it whole.
MOST_BYTES = 1_000_000

#: KEYS: mail, held, owners, alive
#: ARGV: owner, milliseconds it counts as alive, batch, letters wanted, bytes wanted, batches done
_TAKE = """
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('SET', KEYS[4], '1', 'PX', ARGV[2])
for i = 6, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
local most, most_bytes = tonumber(ARGV[4]), tonumber(ARGV[5])
local letters, bytes = {}, 0
while #letters < most and bytes < most_bytes do
    local letter = redis.call('LPOP', KEYS[1])
    if not letter then break end
    letters[#letters + 1] = letter
    bytes = bytes + #letter
end
if #letters == 0 then return false end
local batch = table.concat(letters, '\\n')
redis.call('HSET', KEYS[2], ARGV[3], batch)
return batch
"""
#: KEYS: mail, held; ARGV: batch, letters in reverse. Whoever took the batch over has them: then nothing is put back.
_RETURN = """
if redis.call('HDEL', KEYS[2], ARGV[1]) == 0 then return 0 end
for i = 2, #ARGV do redis.call('LPUSH', KEYS[1], ARGV[i]) end
return #ARGV - 1
"""


class RedisMailbox:
    """A queue's mailbox, as one process sees it.

    Args:
        client: a Redis; threads may share it.
        prefix: of the database.
        queue: its name.
        owner: of this process.
        alive_ms: how long a process counts as alive after its last sign of life.
    """

    def __init__(self, client: Redis, prefix: str, queue: str, owner: str, alive_ms: int) -> None:
        self._client: Any = client
        mail = mail_key(prefix, queue)
        #: What its letters are signed for.
        self.address = mail.encode()
        self._keys = [
            mail,
            key_of(prefix, "held", owner),
            key_of(prefix, "owners"),
            key_of(prefix, "alive", owner),
        ]
        self._refused = key_of(prefix, "refused")
        self._owner = (owner, alive_ms)
        self._queue = queue
        self._numbers = itertools.count(1)
        self._take = self._client.register_script(_TAKE)
        self._return = self._client.register_script(_RETURN)
        self._done: list[str] = []
        #: A batch whose name was sent, and no answer came.
        self._doubtful: str | None = None

    def take(self, most: int) -> Batch | None:
        """Take letters, and let go of the batches that are done with, in one round trip."""
        if self._doubtful is not None:
            return self._recall(self._doubtful)
        name = f"{self._queue}/{next(self._numbers)}"
        done = self._done[:]
        self._doubtful = name if most else None
        text = self._take(keys=self._keys, args=[*self._owner, name, most, MOST_BYTES, *done])
        self._doubtful = None
        del self._done[: len(done)]  # others append meanwhile
        return None if text is None else Batch(name, text.split(LINE))

    def let_go(self, batch: Batch) -> None:
        """Be done with a batch; Redis hears of it with the next ``take``."""
        self._done.append(batch.name)

    @property
    def is_behind(self) -> bool:
        """Whether Redis has yet to hear of batches that are done with."""
        return bool(self._done)

    def _recall(self, name: str) -> Batch | None:
        """The batch that an answer which was lost on the way has told of, if there is one."""
        text = self._client.hget(self._keys[1], name)
        self._doubtful = None
        return None if text is None else Batch(name, text.split(LINE))

    def put_back(self, batch: Batch) -> None:
        """Put what is left of a batch where it came from, in front."""
        self._return(keys=self._keys[:2], args=[batch.name, *batch.letters])

    def refuse(self, text: bytes, why: str) -> None:
        """Keep a letter that must not be opened for somebody to look at; the oldest such go."""
        pipeline = self._client.pipeline(transaction=False)
        pipeline.lpush(self._refused, why.encode() + LINE + text)
        pipeline.ltrim(self._refused, 0, MOST_REFUSED - 1)
        pipeline.execute()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()
