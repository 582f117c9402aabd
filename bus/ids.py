"""Names that nobody else gives: correlation ids (cheap, for logs) and job ids (UUIDs that sort by time)."""

import itertools
import os

_prefix = ""
_numbers = itertools.count()


def _renew() -> None:
    """A forked child must not go on with its parent's numbers."""
    global _prefix, _numbers  # noqa: PLW0603  # one running number a process; an object would cost each call
    _prefix = f"c-{os.urandom(9).hex()}-"
    _numbers = itertools.count(1)


_renew()
os.register_at_fork(after_in_child=_renew)


def correlation_id() -> str:
    """A name for one call: a random prefix a process and a running number."""
    return f"{_prefix}{next(_numbers):x}"


def job_id() -> str:
    """A UUID, version 7: sorts by the time it was made."""
    import uuid_utils  # a compiled module that only publishers need

    return str(uuid_utils.uuid7())
