"""Several long-running programs under one roof: started, their output told apart, started again when they die.

First SIGTERM (or Ctrl-C): SIGTERM to all, and wait for them within the bound. A second one, or the end of the bound:
stop now.

One thread does everything, so that nothing is held by another one when a program is started.

Not here: which programs (workers/up_cli.py), worker processes within one of them (workers/supervisor.py).
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from workers.supervisor import PR_SET_PDEATHSIG, STOPS

#: Seconds between two looks at the programs, should no signal come.
LOOK_S = 0.5
#: Seconds to wait before a program is started again that died within ``YOUNG_S`` of its start; doubles up to the last.
RESTART_S, YOUNG_S, RESTART_MAX_S = 0.5, 10.0, 30.0
#: Bytes of a line that is told before its end has come.
MAX_LINE = 65_536
#: How a program ends that was asked to: by itself, or before it listened.
ASKED = (0, -signal.SIGTERM)


@dataclass
class Program:
    """One program and the process that runs it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    #: Output whose line has not ended yet.
    rest: bytes = b""
    started_at: float = 0.0
    start_at: float = 0.0
    pause_s: float = RESTART_S


class House:
    """Keeps programs running.

    Args:
        programs: name and command line of each.
        environment: the variables they get.
        tell: takes a program's name and a line of its output, without the line feed.
        drain_s: how long they may take to end.
    """

    def __init__(
        self,
        programs: Mapping[str, Sequence[str]],
        environment: Mapping[str, str],
        tell: Callable[[str, str], None],
        drain_s: float,
    ) -> None:
        self._programs = [Program(name, command) for name, command in programs.items()]
        self._environment = dict(environment)
        self._tell = tell
        self._drain_s = drain_s
        self._stops_asked = 0
        self._sources = selectors.DefaultSelector()
        self._prctl = ctypes.CDLL(None).prctl

    def run(self) -> int:
        """Work until stopped; answers the exit code: 0 when all ended as they were asked to."""
        self._listen_to_signals()
        while self._stops_asked == 0:
            self._look()
            self._read(LOOK_S)
        return self._stop()

    def _listen_to_signals(self) -> None:
        wake, write = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(write, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for number in STOPS:
            signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # it only has to end the wait
        self._sources.register(wake, selectors.EVENT_READ, None)

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self._stops_asked += 1

    def _look(self) -> None:
        """Bury the dead, start what is missing."""
        for program in self._programs:
            if program.process is not None and program.process.poll() is not None:
                self._bury(program)
            if program.process is None and time.monotonic() >= program.start_at:
                self._start(program)

    def _start(self, program: Program) -> None:
        parent = os.getpid()

        def follow_parent() -> None:
            """Not outlive whoever would start it again; drain, as for anybody who asks."""
            self._prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        program.process = subprocess.Popen(  # noqa: S603  # the command line is ours
            program.command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Ctrl-C on a terminal goes to its whole process group; what it means is decided here.
            process_group=0,
            preexec_fn=follow_parent,  # noqa: PLW1509  # there is no other thread
        )
        program.started_at = time.monotonic()
        assert program.process.stdout is not None
        os.set_blocking(program.process.stdout.fileno(), False)
        self._sources.register(program.process.stdout, selectors.EVENT_READ, program)

    def _bury(self, program: Program) -> int:
        """Take leave of a program that has ended; answers its exit status, negative for a signal."""
        process = program.process
        assert process is not None
        assert process.stdout is not None
        self._take(program, process.stdout.fileno())
        if program.rest:
            self._tell_lines(program, b"\n")
        with suppress(KeyError):
            self._sources.unregister(process.stdout)
        process.stdout.close()
        lived_s = time.monotonic() - program.started_at
        is_young = lived_s < YOUNG_S
        wait_s = program.pause_s if is_young else 0.0
        program.pause_s = min(program.pause_s * 2, RESTART_MAX_S) if is_young else RESTART_S
        program.start_at = time.monotonic() + wait_s
        program.process = None
        again = "" if self._stops_asked else f"; it starts again in {wait_s:g} s"
        self._tell("up", f"{program.name} ended with {process.returncode} after {lived_s:.1f} s{again}")
        return process.returncode

    def _read(self, timeout_s: float) -> None:
        """Tell what programs have written; return at a signal, or when the time is over."""
        for key, _ in self._sources.select(timeout_s):
            if key.data is None:
                with suppress(BlockingIOError):
                    os.read(key.fd, 4096)
            elif not self._take(key.data, key.fd):
                self._sources.unregister(key.fileobj)  # it has closed its output, and may live on without

    def _take(self, program: Program, descriptor: int) -> bool:
        """Tell what is there of a program's output; False at its end."""
        try:
            while data := os.read(descriptor, MAX_LINE):
                self._tell_lines(program, data)
        except BlockingIOError:
            return True
        return False

    def _tell_lines(self, program: Program, data: bytes) -> None:
        *lines, program.rest = (program.rest + data).split(b"\n")
        if len(program.rest) > MAX_LINE:
            lines, program.rest = [*lines, program.rest], b""
        for line in lines:
            self._tell(program.name, line.decode(errors="backslashreplace"))

    def _stop(self) -> int:
        """SIGTERM to all; SIGKILL to those that have not ended in time, or at a second request."""
        living = [program for program in self._programs if program.process is not None]
        codes: list[int] = []
        give_up = time.monotonic() + self._drain_s
        _signal(living, signal.SIGTERM)
        while living:
            if self._stops_asked > 1 or time.monotonic() > give_up:
                _signal(living, signal.SIGKILL)
            self._read(0.05)
            codes += [self._bury(program) for program in living if _has_ended(program)]
            living = [program for program in living if program.process is not None]
        return 0 if all(code in ASKED for code in codes) else 1


def _has_ended(program: Program) -> bool:
    return program.process is not None and program.process.poll() is not None


def _signal(programs: Iterable[Program], number: signal.Signals) -> None:
    for program in programs:
        if program.process is not None:
            program.process.send_signal(number)  # does nothing to one that was reaped


def prefixed(names: Iterable[str]) -> Callable[[str, str], None]:
    """Writes lines to standard error, each behind the name of its program."""
    width = max(len(name) for name in (*names, "up"))

    def tell(name: str, line: str) -> None:
        with suppress(OSError):  # whoever read has left: the programs go on
            sys.stderr.write(f"{name:<{width}} | {line}\n")
            sys.stderr.flush()

    return tell
