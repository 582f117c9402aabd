"""``bus stdio``: JSON lines in, one envelope a line out, in order.

Nothing else ever reaches standard output: while the bus runs, file descriptor 1 leads to standard error, so that a
stray ``print`` of a handler, or of a program it starts, cannot break the protocol. Descriptor 0 leads nowhere.

A line that is no request gets an envelope like every other line; empty lines are skipped. The end of input ends the
process with 0. SIGTERM lets the line in hand be answered and ends it with 143. When nobody reads the answers any more,
it ends quietly.

Not here: bytes to values (bus/wire.py), values to requests (bus/requests.py), reading and writing (bus/lines.py).
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from bus import logs
from bus.envelope import ABSENT, Envelope, Request
from bus.errors import BusError, HandlerFailed, PayloadTooLarge, SetupError
from bus.lines import Answers, Lines
from bus.requests import read_request, refused_envelope
from bus.settings import Settings
from bus.wire import LoneSurrogate, decode, encode

log = logs.get("bus.stdio")

#: Exit status of a process that SIGTERM ended, as shells count it.
TERMINATED = 128 + signal.SIGTERM


def run() -> int:
    """Answer standard input until it ends, and return the exit status.

    Raises:
        SetupError: the bus cannot be opened, or there is no standard input or output.
    """
    gc.disable()  # looking for garbage among what stays takes a tenth of the start
    source, target = take_pipes()
    from bus.application import Bus  # after the pipes: loading plugins runs code that may print

    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    with Bus.open(settings=settings) as bus:
        gc.freeze()
        gc.enable()
        lines = Lines(source, settings.max_request_bytes, wakeup())
        was_terminated = _stop_on_sigterm(lines)
        with suppress(ConnectionError):
            serve(bus.answer, lines, Answers(target), settings)
    return TERMINATED if was_terminated() else 0


def serve(answer: Callable[[Request], Envelope], lines: Lines, answers: Answers, settings: Settings) -> None:
    """Answer every line, in order.

    Raises:
        OSError: nobody reads the answers any more.
    """
    for line in lines:
        if line is None or line.strip():
            envelope = answer_line(answer, line, settings)
            answers.add(written(envelope), is_last=not lines.has_more)
        elif not lines.has_more:
            answers.flush()
    answers.flush()


def answer_line(answer: Callable[[Request], Envelope], line: bytes | None, settings: Settings) -> Envelope:
    """The envelope for one line; for one above the limit (None) and for what is no request as well."""
    members: object = ABSENT
    try:
        if line is None:
            limit = settings.max_request_bytes
            raise PayloadTooLarge(f"the line has more than {limit} bytes; send less at once", {"max_bytes": limit})
        members = decode(line, max_bytes=settings.max_request_bytes, max_depth=settings.max_depth)
        request = read_request(members)
    except LoneSurrogate as error:
        return refused_envelope(error.members, error)
    except BusError as error:
        return refused_envelope(members, error)
    try:
        return answer(request)
    except Exception as error:  # noqa: BLE001  # a fault in the bus itself must not end the process
        return _failed(members, error, "the bus failed to answer; the log has the cause")


def written(envelope: Envelope) -> bytes:
    """The envelope as a line; an answer that is no JSON is answered as a failure."""
    try:
        return encode(envelope.to_dict()) + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        failed = _failed(envelope.to_dict(), error, "the command ran, but its answer is no JSON; the log has the cause")
        return encode(failed.to_dict()) + b"\n"


def _failed(members: object, error: Exception, message: str) -> Envelope:
    envelope = refused_envelope(members, HandlerFailed(message))
    log.error(message, exc_info=error, correlation_id=envelope.correlation_id, command=envelope.command)
    return envelope


def take_pipes() -> tuple[int, int]:
    """Standard input and output for a protocol alone: whatever else reads or writes there meets nothing.

    Raises:
        SetupError: one of them is closed.
    """
    try:
        # Above 2: a duplicate of 0 must not take the place of a standard stream that is closed.
        source, target = (fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 3) for descriptor in (0, 1))
    except OSError as error:
        raise SetupError(f"this needs an open standard input and output ({error.strerror})") from None
    nothing = fcntl.fcntl(os.open(os.devnull, os.O_RDWR), fcntl.F_DUPFD_CLOEXEC, 3)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # no standard error either
        os.dup2(nothing, 1)
    sys.stdout = sys.stderr
    return source, target


def wakeup() -> int:
    """A descriptor that becomes readable whenever a signal arrives."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    return reader


def _stop_on_sigterm(lines: Lines) -> Callable[[], bool]:
    """Let SIGTERM end the loop after the line in hand; a second one ends the process. Tells whether it came."""
    received: list[int] = []

    def stop(number: int, _frame: object) -> None:
        received.append(number)
        lines.stop()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, stop)
    return lambda: bool(received)
