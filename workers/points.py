"""Named points of a job's life at which a fault can be ordered from outside.

With ``BUS_FAULT_FOLDER`` set, a worker that reaches the point ``claimed`` looks for a file ``claimed`` in that folder,
takes it away, and does what it says: ``kill`` (SIGKILL to itself) or ``stop`` (SIGSTOP to itself). Each file acts
once, in one process. Drills and the demo use it; without the variable a point costs one comparison.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

#: The points, in the order a job passes them; the last one when its worker died and another takes it over.
POINTS = ("claimed", "begun", "handled", "finished", "committed", "taken")
#: Those that a tick of a schedule passes in a scheduler.
TICK_POINTS = ("tick_planned", "tick_taken", "tick_stored", "tick_committed")

_folder = os.environ.get("BUS_FAULT_FOLDER")


def reach(point: str) -> None:
    """Pass a point; if a fault is ordered there, it happens now."""
    if _folder is not None:
        _act(Path(_folder) / point)


def _act(order: Path) -> None:
    mine = order.with_name(f"{order.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        order.rename(mine)  # whoever renames it has it
        is_stop = mine.read_text().strip() == "stop"
        if not is_stop:
            mine.unlink()
        # To this thread: one sent to the process may reach another thread first, and this one would run on meanwhile.
        signal.pthread_kill(threading.get_ident(), signal.SIGSTOP if is_stop else signal.SIGKILL)
        if is_stop:  # not before: whoever dies on the way to its stop has left the file
            mine.unlink()
