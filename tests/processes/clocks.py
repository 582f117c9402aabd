"""Being a host whose clock is wrong: what Python says about the time is off, in this process and its forks.

Databases and brokers are other hosts; theirs is right.
"""

from __future__ import annotations

import os
import time
from pathlib import Path


def be_elsewhere(folder: str, ahead_s: float) -> None:
    """Be a host of its own, with a meeting place of its own, whose clock is ahead by so many seconds."""
    real, real_ns = time.time, time.time_ns
    time.time = lambda: real() + ahead_s
    time.time_ns = lambda: real_ns() + int(ahead_s * 1e9)
    place = Path(folder)
    place.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(place)
