"""Losing what Redis holds of a database, as a flush of Redis would, and nothing else: every key is named.

Not here: who wants that (workers/drill).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus.errors import QueueUnavailable
from workers.brokers.identity import MAIL, key_of, mail_key, wake_key

if TYPE_CHECKING:
    from workers.redis.place import Place

#: Seconds an answer is waited for.
TIMEOUT_S = 5.0


def flush(place: Place, prefix: str, queues: Iterable[str]) -> None:
    """Delete every key of a database that has these queues.

    Raises:
        QueueUnavailable: Redis did not answer.
    """
    client: Any = place.connect(TIMEOUT_S)
    try:
        owners = [name.decode() for name in client.smembers(key_of(prefix, "owners"))]
        of_owners = [key_of(prefix, what, owner) for owner in owners for what in ("held", "alive")]
        of_queues = [
            key
            for queue in queues
            for key in (wake_key(prefix, queue), wake_key(prefix, MAIL + queue), mail_key(prefix, queue))
        ]
        client.delete(key_of(prefix, "owners"), key_of(prefix, "refused"), *of_owners, *of_queues)
    except Exception as error:
        raise QueueUnavailable(f"Redis was not flushed ({type(error).__name__}: {error}); try again") from error
    finally:
        client.close()
