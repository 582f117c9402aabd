"""Faults that only handlers can see: of an argument against the account it is for, of a caller's rights."""

from bus.errors import InvalidArguments

#: The message of FORBIDDEN where an account is the caller's own, or not.
NOT_ALLOWED = "your role does not allow this"


def bad_argument(name: str, fault: str) -> InvalidArguments:
    """What to raise about one argument."""
    return InvalidArguments(f"Invalid arguments: {name}: {fault}", {name: [fault]})
