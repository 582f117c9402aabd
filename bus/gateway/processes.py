"""Several server processes on one listening socket: started, started again when they die, ended together.

Each is a fork that opens a bus of its own; the socket's connections are shared out by the system. Whatever one process
was answering when it was killed is lost with it, nothing else is.

Not here: how one process ends (bus/gateway/serving.py).
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from bus import logs
from bus.errors import BusError, SetupError
from bus.gateway.listening import let_nobody_in

#: Seconds to wait before a process is started again that died within ``YOUNG_S`` of its start; doubles up to the last.
RESTART_S, YOUNG_S, RESTART_MAX_S = 0.1, 5.0, 10.0
#: Seconds that processes may take beyond the bound for draining.
GRACE_S = 2.0
#: Seconds between two looks, should no signal come.
LOOK_S = 0.5
STOPS = (signal.SIGTERM, signal.SIGINT)
#: Exit status of a process that failed (sysexits.h, EX_SOFTWARE).
FAILED = 70
PR_SET_PDEATHSIG = 1

log = logs.get("bus.gateway")


@dataclass
class Place:
    """Where one process is, or will be."""

    #: 0: there is none.
    pid: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    pause_s: float = RESTART_S


class Processes:
    """Keeps processes running until a signal says to stop.

    Args:
        serve: the whole of a process; answers its exit status.
        listener: the socket they share; closed here as soon as they are asked to end, so that they can close it.
        count: how many.
        drain_s: how long they may take to end.
    """

    def __init__(self, serve: Callable[[], int], listener: socket.socket, count: int, drain_s: float) -> None:
        self._serve = serve
        self._listener = listener
        self._drain_s = drain_s
        self._places = [Place() for _ in range(count)]
        self._stops_asked = 0

    def run(self) -> int:
        """Work until stopped; answers the exit status: 0 when every process had answered all it was asked."""
        wake, write = os.pipe()
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for number in STOPS:
            signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # it only has to end the wait
        while self._stops_asked == 0:
            for place in self._places:
                self._look(place)
            _wait(wake, LOOK_S)
        return self._stop(wake)

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self._stops_asked += 1

    def _look(self, place: Place) -> None:
        """Bury the dead, fill the place."""
        status = _status(place)
        if status is not None:
            is_young = time.monotonic() - place.started_at < YOUNG_S
            place.pause_s = min(place.pause_s * 2, RESTART_MAX_S) if is_young else RESTART_S
            place.start_at = time.monotonic() + (place.pause_s if is_young else 0.0)
            log.warning("server_process_died", pid=place.pid, exit_status=status)
            place.pid = 0
        if place.pid == 0 and time.monotonic() >= place.start_at:
            self._start(place)

    def _start(self, place: Place) -> None:
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # the child must not get one before it has its own handlers
        try:
            pid = os.fork()
            if pid == 0:
                self._be_child(parent)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        place.pid, place.started_at = pid, time.monotonic()

    def _be_child(self, parent: int) -> NoReturn:
        status = FAILED
        try:
            signal.set_wakeup_fd(-1)
            for number in (*STOPS, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            os.setpgid(0, 0)  # Ctrl-C on a terminal goes to a whole group; what it means the parent decides
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(status)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            status = self._serve()
        except (SetupError, BusError) as error:
            log.error("server_process_failed", why=str(error))  # noqa: TRY400  # a sentence says it all
        except BaseException as error:  # the child of a fork must not run on in its parent's code
            log.error("server_process_failed", exc_info=error)  # noqa: TRY400  # our logger takes it by name
        finally:
            with suppress(Exception):
                sys.stderr.flush()
            os._exit(status)

    def _stop(self, wake: int) -> int:
        """SIGTERM to all; SIGKILL to those that have not ended in time, or at a second request."""
        statuses: list[int] = []
        let_nobody_in(self._listener)
        self._listener.close()
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
                    statuses.append(status)
                    place.pid = 0
            _wait(wake, 0.05)
        return 0 if all(status in (0, -signal.SIGTERM) for status in statuses) else 1

    def _living(self) -> list[Place]:
        return [place for place in self._places if place.pid]


def _wait(descriptor: int, seconds: float) -> None:
    """Sleep until a signal comes; a plain wait could miss one that came just before it."""
    if select.select([descriptor], [], [], seconds)[0]:
        os.read(descriptor, 4_096)


def _status(place: Place) -> int | None:
    """The exit status of a place's process, negative for a signal; None: it runs, or there is none."""
    if place.pid == 0:
        return None
    pid, status = os.waitpid(place.pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None
