"""The process in which a drill's workers are supervised: ``bus worker``, for the jobs of one drill.

Started by workers/drill/crew.py, which says on standard input whose they are.
"""

from __future__ import annotations

import ctypes
import functools
import json
import os
import signal
import sys
from typing import Any, NoReturn

from bus import SetupError, logs
from bus.settings import Settings
from workers.drill.crew import PROCESSES, THREADS
from workers.drill.shadow import BEAT_TIMEOUT_MS, DRAIN_MS, Shadow
from workers.supervisor import PR_SET_PDEATHSIG, Supervisor


def main() -> NoReturn:
    """Supervise workers until stopped, and end with the supervisor's exit status."""
    shadow = _follow(json.load(sys.stdin))
    settings = Settings.from_environment()
    logs.configure("INFO", "json")
    logs.take_over()
    try:
        shadow.open(settings).close()  # what is set up wrongly shows here, and everything is imported
    except SetupError as error:
        logs.get("workers").error("worker_failed", why=str(error))
        raise SystemExit(1) from None
    open_bus = functools.partial(shadow.open, settings)
    raise SystemExit(Supervisor(open_bus, PROCESSES, THREADS, BEAT_TIMEOUT_MS / 1000, DRAIN_MS / 1000).run())


def _follow(given: dict[str, Any]) -> Shadow:
    """Whose jobs to run, and not to outlive whoever has said so, however that ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != given.pop("parent"):
        os._exit(1)
    return Shadow(**given)


if __name__ == "__main__":
    main()
