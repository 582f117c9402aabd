"""Names that nobody else gives: correlation ids (cheap, for logs) and job ids (UUIDs that sort by time)."""

import os
import random

#: Names calls and guards nothing; a generator of its own, because programs seed the one of the module.
_random = random.Random()  # noqa: S311
#: What makes 128 random bits a UUID of version 4 (RFC 9562).
_CLEAR, _SET = ~((0xF << 76) | (0x3 << 62)), (0x4 << 76) | (0x2 << 62)


def _renew() -> None:
    """A forked child must not go on with its parent's numbers."""
    _random.seed(os.urandom(32))


_renew()
os.register_at_fork(after_in_child=_renew)


def correlation_id() -> str:
    """A name for one call: ``ipc-`` and the 32 hex characters of a random UUID."""
    return f"ipc-{_random.getrandbits(128) & _CLEAR | _SET:032x}"


def job_id() -> str:
    """A UUID, version 7: sorts by the time it was made."""
    import uuid_utils  # a compiled module that only publishers need

    return str(uuid_utils.uuid7())
