"""What can be stored and sent everywhere: clean text, and JSON within bounds that every reader copes with.

PostgreSQL cannot hold U+0000, UTF-8 no lone surrogate, JSON no NaN; Python stops at numbers of thousands of digits.

Not here: the fields that ask for it (bus/fields.py), reading and writing JSON (bus/wire.py).
"""

# What is inside an unknown value is unknown, too.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import math
from typing import Any

#: Largest whole number inside JSON: Python reads texts of up to 4,300 digits.
MAX_INT_BITS = 13_000
#: How deep the value of a ``Json`` or ``Object`` field may be nested.
MAX_JSON_DEPTH = 100


def is_clean(text: str) -> bool:
    """Whether a text can be stored and sent everywhere: no U+0000 and no lone surrogate."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def json_fault(value: Any, max_depth: int = MAX_JSON_DEPTH) -> str | None:
    """Why a value is not plain JSON that can be stored and sent everywhere; None when it is."""
    kind = type(value)
    if kind is dict or kind is list:
        return _container_fault(value, max_depth, max_depth)
    return _scalar_fault(value)


def _scalar_fault(value: Any) -> str | None:
    kind = type(value)
    if kind is str:
        return None if is_clean(value) else "must not hold U+0000 or lone surrogates"
    if kind is int:
        return None if value.bit_length() <= MAX_INT_BITS else "must not hold whole numbers of thousands of digits"
    if value is None or kind is bool:
        return None
    if kind is float:
        return None if math.isfinite(value) else "must not hold NaN or Infinity"
    return "must be JSON"


def _container_fault(value: Any, depth_left: int, max_depth: int) -> str | None:
    if depth_left == 0:
        return f"must not be nested more than {max_depth} deep"
    if type(value) is dict:
        for name in value:
            if type(name) is not str:
                return "must have strings as member names"
            if not is_clean(name):
                return "must not hold U+0000 or lone surrogates"
        value = value.values()
    for part in value:
        kind = type(part)
        is_container = kind is dict or kind is list
        fault = _container_fault(part, depth_left - 1, max_depth) if is_container else _scalar_fault(part)
        if fault is not None:
            return fault
    return None
