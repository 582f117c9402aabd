"""The parent of the worker processes: starts them, watches their beat, replaces the dead one alone.

It imports everything and opens nothing, so that a child is a fork away: milliseconds, not a second.
First SIGTERM (or Ctrl-C): drain within the bound. A second one: stop now.

Beside the workers there is a place for a ward (workers/child.py), which is filled when a worker asks for it.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bus import logs
from bus.errors import BusError, SetupError
from workers.child import Child, Stop
from workers.folder import certify
from workers.slots import Slots

if TYPE_CHECKING:
    from bus.application import Bus

#: Seconds between two looks at the children.
LOOK_S = 0.1
#: Seconds to wait before a child is started again that died within ``YOUNG_S`` of its start; doubles up to the last.
RESTART_S, YOUNG_S, RESTART_MAX_S = 0.05, 2.0, 10.0
#: Seconds that children may take beyond the bound for draining.
GRACE_S = 2.0
#: Signals that ask to stop.
STOPS = (signal.SIGTERM, signal.SIGINT)
#: Exit code of a child that failed (sysexits.h, EX_SOFTWARE).
FAILED = 70

PR_SET_PDEATHSIG = 1

#: Thousandths of the memory there is that a worker counts for beyond what it has, when Linux looks whom to kill.
KILL_FIRST = 300
KILL_SCORE = Path("/proc/self/oom_score_adj")


@dataclass
class Place:
    """Where one worker process is, or will be."""

    is_ward: bool = False
    #: Whether there shall be a process.
    is_wanted: bool = True
    slots: Slots = field(default_factory=Slots)
    #: 0: there is none.
    pid: int = 0
    is_killed: bool = False
    started_at: float = 0.0
    start_at: float = 0.0
    pause_s: float = RESTART_S


class Supervisor:
    """Keeps ``processes`` workers running.

    Args:
        open_bus: opens a bus, in the child.
        processes: how many.
        threads: places of each.
        beat_timeout_s: a child silent for longer is killed.
        drain_s: how long children may take to end.
    """

    def __init__(
        self, open_bus: Callable[[], Bus], processes: int, threads: int, beat_timeout_s: float, drain_s: float
    ) -> None:
        self._open_bus = open_bus
        self._threads = threads
        self._beat_timeout_s = beat_timeout_s
        self._drain_s = drain_s
        self._ward = Place(is_ward=True, is_wanted=False)
        self._places = [*(Place() for _ in range(processes)), self._ward]
        self._stops_asked = 0
        self._wake: tuple[int, int] = (-1, -1)

    def run(self) -> int:
        """Work until stopped; answers the exit code: 0 when all jobs in hand had ended."""
        self._wake = read, write = os.pipe()
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for number in STOPS:
            signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, _wake)
        while self._stops_asked == 0:
            self._look()
            _wait(read, LOOK_S)
        return self._stop(read)

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self._stops_asked += 1

    def _living(self) -> list[Place]:
        return [place for place in self._places if place.pid]

    def _look(self) -> None:
        """Bury the dead, kill the hung, fill the places."""
        for place in self._living():
            status = _status(place)
            if status is not None:
                self._bury(place, status)
        for place in self._living():
            self._watch(place)
        for place in self._places:
            if place.is_wanted and place.pid == 0 and time.monotonic() >= place.start_at:
                self._start(place)

    def _watch(self, place: Place) -> None:
        if place.slots.take_ward_wish():
            self._ward.is_wanted = True
        overdue = place.slots.overdue()
        if place.is_killed or (not overdue and place.slots.silent_s() <= self._beat_timeout_s):
            return
        why = "a job ran past its time limit" if overdue else "no sign of life"
        logs.get("workers").error("worker_killed", pid=place.pid, why=why, jobs=overdue)
        certify(place.slots.lock, overdue)
        os.kill(place.pid, signal.SIGKILL)  # not reaped yet: the number is still its own
        place.is_killed = True

    def _start(self, place: Place) -> None:
        place.slots = Slots()
        parent = os.getpid()
        with _signals_held_back():  # the child must not get one before it has its own handlers
            pid = os.fork()
            if pid == 0:
                self._be_child(place, parent)
        place.pid, place.is_killed, place.started_at = pid, False, time.monotonic()

    def _be_child(self, place: Place, parent: int) -> NoReturn:
        code = FAILED
        try:
            signal.set_wakeup_fd(-1)
            for descriptor in self._wake:
                os.close(descriptor)
            stop = Stop()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, stop.ask)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the supervisor decides
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            # Also when this process hangs or is stopped: nobody would be left to end it.
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            _be_killed_first()
            child = Child(self._open_bus, place.slots, self._threads, parent, stop, is_ward=place.is_ward)
            code = child.serve()
        except (SetupError, BusError) as error:
            logs.get("workers").error("worker_failed", why=str(error))
        except BaseException as error:  # noqa: BLE001  # the child of a fork must not run on in its parent's code
            logs.get("workers").error("worker_failed", exc_info=error)
        finally:
            with suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _bury(self, place: Place, status: int) -> None:
        lived_s = time.monotonic() - place.started_at
        is_young = lived_s < YOUNG_S
        place.pause_s = min(place.pause_s * 2, RESTART_MAX_S) if is_young else RESTART_S
        place.start_at = time.monotonic() + (place.pause_s if is_young else 0.0)
        if place.is_ward and status == 0:  # it has nothing to do any more
            place.is_wanted = False
        else:
            logs.get("workers").warning(
                "worker_died", pid=place.pid, exit_status=status, lived_s=round(lived_s, 1), is_ward=place.is_ward
            )
        place.pid = 0

    def _stop(self, wake: int) -> int:
        """SIGTERM to all; SIGKILL to those that have not ended in time, or at a second request."""
        codes: list[int] = []
        give_up = time.monotonic() + self._drain_s + GRACE_S
        for place in self._living():
            os.kill(place.pid, signal.SIGTERM)
        while living := self._living():
            is_over = self._stops_asked > 1 or time.monotonic() > give_up
            for place in living:
                if is_over:
                    os.kill(place.pid, signal.SIGKILL)
                status = _status(place)
                if status is not None:
                    codes.append(status)
                    place.pid = 0
            _wait(wake, 0.05)
        return 0 if all(code == 0 for code in codes) else 1


def _wake(_number: int, _frame: object) -> None:
    """A handler that does nothing: the signal itself ends the supervisor's wait."""


def _wait(descriptor: int, seconds: float) -> None:
    """Sleep until a signal comes; a plain wait could miss one that came just before it."""
    if select.select([descriptor], [], [], seconds)[0]:
        os.read(descriptor, 4096)


def _status(place: Place) -> int | None:
    """The exit status of a place's process, negative for a signal; None as long as it runs."""
    pid, status = os.waitpid(place.pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


def _be_killed_first() -> None:
    """When memory runs out, let the kernel take this process before the one that replaces it.

    The largest is often dying already while its memory still counts, and the next largest goes with it.
    """
    with suppress(OSError, ValueError):  # not Linux, or no /proc: nobody is preferred
        score = min(1000, int(KILL_SCORE.read_text()) + KILL_FIRST)
        KILL_SCORE.write_text(str(score))


@contextmanager
def _signals_held_back() -> Generator[None]:
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
