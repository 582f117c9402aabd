"""The worker processes of a drill: a supervisor in a process of its own, known by what its workers say of themselves.

They end with the process that started them, however that ends, and never get what a terminal sends to its programs.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bus.errors import SetupError
from workers.cards import WARD, WORKER, Card, living
from workers.drill.shadow import DRAIN_MS
from workers.folder import Life, living_owners
from workers.supervisor import GRACE_S

if TYPE_CHECKING:
    from workers.drill.shadow import Shadow

#: Worker processes, and places of each.
PROCESSES, THREADS = 2, 4
#: Seconds that workers may take to start, or to be gone once they are killed.
PATIENCE_S = 30.0
#: Seconds between two looks.
LOOK_S = 0.01
#: Characters of the workers' log that are told when they do not start.
LOG_END = 600


class CrewFailed(SetupError):
    """The workers of the drill did not start, or did not end."""


class Crew:
    """A supervisor and its workers.

    Args:
        shadow: whose jobs they run.
        folder: where they meet.
        life: of this process, there.
        log: takes what they log.
    """

    def __init__(self, shadow: Shadow, folder: Path, life: Life, log: Path) -> None:
        self._shadow = shadow
        self._folder = folder
        self._me = life.stem
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start them; they are at work once ``wait_ready`` returns, and end with the thread that has called this."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                # -P: as for `bus` itself, modules of the working folder do not count.
                [sys.executable, "-P", "-m", "workers.drill.member"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as given:  # what went wrong is in the log
            # Not an argument, which everybody can read: it holds a key.
            given.write(json.dumps({"parent": os.getpid(), **self._shadow._asdict()}).encode())

    def workers(self) -> list[Card]:
        """Those that live, the ward among them."""
        return living(self._folder, WORKER, WARD)

    def wait_ready(self) -> None:
        """Wait until all are at work.

        Raises:
            CrewFailed: they did not start.
        """
        self._wait(lambda: sum(card.role == WORKER for card in self.workers()) >= PROCESSES, "did not start")

    def ready(self) -> list[Card]:
        """The workers but for the ward, all of which are at work."""
        self.wait_ready()
        return [card for card in self.workers() if card.role == WORKER]

    def kill(self) -> None:
        """SIGKILL to the supervisor; its workers end with it."""
        process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        self._process = None
        # Not their cards: one that had no time to write it may be at work already.
        self._wait(lambda: not set(living_owners(self._folder)) - {self._me}, "did not end")

    def end(self) -> None:
        """Ask all to end, and end those that do not."""
        if self._process is None:
            return
        for card in self.workers():
            tell(card, signal.SIGCONT)  # one that is stopped hears nothing
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(DRAIN_MS / 1000 + 2 * GRACE_S)
        self.kill()

    def _wait(self, is_so: Callable[[], bool], what: str) -> None:
        give_up = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > give_up or (self._process is not None and self._process.poll() is not None):
                told = self._log.read_text(errors="replace")[-LOG_END:].strip()
                raise CrewFailed(f"the workers of the drill {what}; the end of their log: {told or 'nothing'}")
            time.sleep(LOOK_S)


def tell(card: Card, number: signal.Signals) -> None:
    """Send a worker a signal; one that has just ended gets none."""
    with suppress(ProcessLookupError):
        os.kill(card.pid, number)


def stop(card: Card) -> None:
    """Stop a worker; unless the kernel keeps it, it does nothing more once this returns."""
    tell(card, signal.SIGSTOP)
    give_up = time.monotonic() + PATIENCE_S
    with suppress(OSError):  # it has just ended
        # The state stands behind the name, which is in parentheses: proc_pid_stat(5).
        while Path(f"/proc/{card.pid}/stat").read_text().rpartition(")")[2].split()[0] not in "TtZX":
            if time.monotonic() > give_up:
                return
            time.sleep(0.001)
