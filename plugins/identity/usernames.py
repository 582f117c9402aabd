"""Usernames made from names: ``José`` ``García`` is ``jose_garcia``, a second one ``jose_garcia_1``."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

#: Characters of one part, and of the whole once it has a number.
MAX_PART, MAX_WHOLE, MIN_WHOLE = 14, 30, 3


def generated(first_name: str, last_name: str) -> str:
    """The username these names give."""
    parts = [part for part in (_part(first_name), _part(last_name)) if part]
    base = "_".join(parts) or "user"
    return base if len(base) >= MIN_WHOLE else f"{base}_user"


def candidates(base: str) -> Iterator[str]:
    """The username, then with a number behind it, in the order in which they are tried."""
    yield base
    for number in itertools.count(1):
        suffix = f"_{number}"
        yield f"{base[: MAX_WHOLE - len(suffix)]}{suffix}"


def _part(name: str) -> str:
    folded = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)).lower()
    return re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:MAX_PART].strip("_")
