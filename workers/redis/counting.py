"""How many letters wait in Redis, and how long the oldest has.

Not here: jobs, which are counted in SQL (bus/jobs/overview.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus.errors import QueueUnavailable
from bus.jobs.port import Waiting
from workers.brokers.identity import mail_key
from workers.letters.seal import Forged

if TYPE_CHECKING:
    from workers.letters.seal import Seal
    from workers.redis.place import Place

#: Seconds an answer is waited for: an operator looks because something is wrong.
TIMEOUT_S = 1.0


def waiting(place: Place, prefix: str, queues: Iterable[str], seal: Seal) -> dict[str, Waiting]:
    """What waits in the mailboxes of a database, by queue.

    Raises:
        QueueUnavailable: Redis did not answer.
    """
    addresses = {queue: mail_key(prefix, queue) for queue in queues}
    client: Any = place.connect(TIMEOUT_S)
    try:
        pipeline = client.pipeline(transaction=False)
        for address in addresses.values():
            pipeline.llen(address)
            pipeline.lindex(address, 0)
        answers: list[Any] = pipeline.execute()
    except Exception as error:
        raise QueueUnavailable(f"Redis did not tell what waits ({type(error).__name__}); ask again") from error
    finally:
        client.close()
    found = zip(addresses.items(), answers[::2], answers[1::2], strict=True)
    return {queue: Waiting(count, _age_ms(seal, oldest, address)) for (queue, address), count, oldest in found}


def _age_ms(seal: Seal, letter: bytes | None, address: str) -> int | None:
    """How long a letter has waited; None for one that is not ours, which a worker will put aside."""
    try:
        return None if letter is None else seal.age_ms(letter, address.encode())
    except Forged:
        return None
