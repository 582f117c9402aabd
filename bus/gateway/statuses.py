"""The one table from an envelope's code to its HTTP status.

The bus's own codes stand in the table; a domain's code is judged by its words, so that a plugin needs to know nothing
of HTTP. Callers branch on the code; the status is for proxies, monitors and whatever else never reads a body.
"""

from __future__ import annotations

import functools

#: The bus's own codes (bus/errors.py).
STATUSES = {
    "UNKNOWN_COMMAND": 404,
    "UNKNOWN_VERSION": 404,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "RATE_LIMITED": 429,
    "VALIDATION_ERROR": 422,
    "PAYLOAD_TOO_LARGE": 413,
    "IDEMPOTENCY_CONFLICT": 409,
    "DATABASE_BUSY": 503,
    "QUEUE_UNAVAILABLE": 503,
    "TIMEOUT": 504,
    "CANCELLED": 409,
    "HANDLER_ERROR": 500,
}
#: How a domain's code ends -> its status; the first that fits decides. 500 is for what nobody foresaw: HANDLER_ERROR.
ENDINGS = {"not_found": 404, "busy": 503, "unavailable": 503, "error": 503}
#: Words anywhere in a domain's code that tell of a conflict with what is there: 409.
CONFLICTS = frozenset(("already", "conflict", "duplicate", "exists", "taken"))
#: Every other "no" of a domain, and every argument that has a code of its own.
REFUSED = 422

#: An answer that is ``ok``, and one that says no more than that a job was accepted.
OK, ACCEPTED = 200, 202
#: Seconds to wait where nobody knows better.
RETRY_AFTER_S = 1
#: Statuses whose answers say when to try again.
PASSING = frozenset((429, 503))


@functools.lru_cache(maxsize=1_024)
def status_of(code: str) -> int:
    """The HTTP status of an envelope that is not ``ok``."""
    known = STATUSES.get(code)
    if known is not None:
        return known
    words = code.lower().split("_")
    for ending, status in ENDINGS.items():
        tail = ending.split("_")
        if words[-len(tail) :] == tail:
            return status
    return REFUSED if CONFLICTS.isdisjoint(words) else 409
