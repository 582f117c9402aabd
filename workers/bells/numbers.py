"""The numbers by which bells and ears know a queue."""

from __future__ import annotations

import zlib


def number_of(queue: str) -> int:
    """A queue's number: the same in every process, and fit for a file name."""
    return zlib.crc32(queue.encode())
