"""The workers' side of letters in Redis: taken in batches, held under this process's name until they are done with.

    mail:<queue>    list of letters that wait
    held:<owner>    hash of the batches that a process has in hand; a batch is its letters, one a line
    owners          set of the processes that may hold any; alive:<owner> lasts as long as its process shows life

Not here: who takes over from the dead (workers/redis/inheritance.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from workers.brokers.identity import key_of, mail_key
from workers.letters.mailbox import Batch

if TYPE_CHECKING:
    from redis import Redis

    from workers.redis.hand import Hand

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


class Errand(NamedTuple):
    """What the listener asks for in the same breath as the token, for a consumer that sleeps."""

    #: Of the batch.
    name: str
    #: EVALSHA and what follows.
    command: list[Any]
    mailbox: RedisMailbox

    def end(self, answer: object) -> bool:
        """Deliver what Redis has answered; whether there are letters."""
        return self.mailbox.bring(self.name, answer)


class RedisMailbox:
    """A queue's mailbox, as one process sees it.

    Args:
        client: a Redis; threads may share it.
        prefix: of the database.
        queue: its name.
        hand: of this process.
    """

    def __init__(self, client: Redis, prefix: str, queue: str, hand: Hand) -> None:
        self._client: Any = client
        mail = mail_key(prefix, queue)
        #: What its letters are signed for.
        self.address = mail.encode()
        self._keys = [
            mail,
            key_of(prefix, "held", hand.owner),
            key_of(prefix, "owners"),
            key_of(prefix, "alive", hand.owner),
        ]
        self._refused = key_of(prefix, "refused")
        self._hand = hand
        self._queue = queue
        self._take = self._client.register_script(_TAKE)
        self._return = self._client.register_script(_RETURN)
        self._done: list[str] = []
        #: Letters wanted by whoever came for some and found none.
        self._wanted = 0
        self._brought: deque[Batch] = deque()
        self._is_closed = False

    def take(self, most: int) -> Batch | None:
        """Take letters, and let go of the batches that are done with, in one round trip.

        A batch that was brought meanwhile is taken first; if none is wanted any more, it goes back.
        """
        self._wanted = 0
        if self._brought:
            if most:
                return self._brought.popleft()
            self.put_back(self._brought[0])
            self._brought.popleft()
        name = self._hand.name(self._queue)
        done = self._done[:]
        text = None
        try:
            text = self._take(keys=self._keys, args=self._wishes(name, most, done))
            del self._done[: len(done)]  # others append meanwhile
            self._hand.drop(done)
        finally:
            if text is None:  # or the answer was lost: Redis may have the batch all the same, and nobody here
                self._hand.drop((name,))
        if text is None:
            self._wanted = most
            return None
        return Batch(name, text.split(LINE))

    def _wishes(self, name: str, most: int, done: Sequence[str] = ()) -> list[Any]:
        return [self._hand.owner, self._hand.alive_ms, name, most, MOST_BYTES, *done]

    def errand(self) -> Errand | None:
        """What to ask Redis for as soon as it rings; None while nobody waits for letters."""
        most = self._wanted
        if not most:
            return None
        name = self._hand.name(self._queue)
        command = [self._take.sha, len(self._keys), *self._keys, *self._wishes(name, most)]
        return Errand(name, command, self)

    def bring(self, name: str, answer: object) -> bool:
        """Keep a batch for the next ``take``; whether there is one. What went wrong instead, that one meets as well."""
        if not isinstance(answer, bytes):
            self._hand.drop((name,))
            return False
        batch = Batch(name, answer.split(LINE))
        if self._is_closed:
            self.put_back(batch)
            self._client.close()
            return False
        self._brought.append(batch)
        return True

    def let_go(self, batch: Batch) -> None:
        """Be done with a batch; Redis hears of it with the next ``take``."""
        self._done.append(batch.name)

    @property
    def is_behind(self) -> bool:
        """Whether Redis has yet to hear of batches that are done with, or to get some back."""
        return bool(self._done or self._brought)

    def put_back(self, batch: Batch) -> None:
        """Put what is left of a batch where it came from, in front."""
        self._return(keys=self._keys[:2], args=[batch.name, *batch.letters])
        self._hand.drop((batch.name,))

    def refuse(self, text: bytes, why: str) -> None:
        """Keep a letter that must not be opened for somebody to look at; the oldest such go."""
        pipeline = self._client.pipeline(transaction=False)
        pipeline.lpush(self._refused, why.encode() + LINE + text)
        pipeline.ltrim(self._refused, 0, MOST_REFUSED - 1)
        pipeline.execute()

    def close(self) -> None:
        """Close the connection."""
        self._is_closed = True
        self._client.close()
