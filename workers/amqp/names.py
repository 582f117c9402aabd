"""The queues of a database in RabbitMQ, and how each is declared: by whoever is first, the same by all.

charterbus:…:wake:<queue>    tokens for whoever sleeps, few and in memory
charterbus:…:mail:<queue>    letters, durable; what is refused goes over to
charterbus:…:refused         the last letters that must not be opened
"""

from __future__ import annotations

from typing import Any

from workers.brokers.identity import key_of

#: Tokens a queue holds at most: so many processes are woken by a burst, and not more is left when nobody comes.
MOST_TOKENS = 32
#: Milliseconds after which the tokens' queue is gone that nobody listens to.
KEEP_MS = 86_400_000
#: Refused letters that are kept to be looked at.
MOST_REFUSED = 1_000

#: Arguments of a queue of tokens, and of the queue of refused letters.
WAKE: dict[str, Any] = {"x-max-length": MOST_TOKENS, "x-expires": KEEP_MS}
REFUSED: dict[str, Any] = {"x-max-length": MOST_REFUSED}


def refused_key(prefix: str) -> str:
    """Where refused letters go."""
    return key_of(prefix, "refused")


def mail_arguments(prefix: str) -> dict[str, Any]:
    """Arguments of a queue of letters: what a worker rejects is kept aside."""
    return {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": refused_key(prefix)}
