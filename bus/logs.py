"""Structured log records on stderr, each with the correlation id of the call it belongs to.

JSON lines where a program reads stderr, readable lines on a terminal; secrets are masked (bus/masking.py) and nothing
ever goes to stdout. Records are put together here; structlog draws them on terminals and is imported by the first one
drawn, because it takes 8 MiB and most of a small command's start.

    log = logs.get(__name__)
    log.warning("lease lost", job_id=job_id)

Not here: what is worth a record (the callers decide), metrics.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

#: Correlation id of the call that runs at this moment; the bus sets it around each command.
correlation: ContextVar[str | None] = ContextVar("bus.logs.correlation", default=None)
#: Trace (W3C Trace Context) that the call is part of; the gateway sets it. None: it is in none.
trace: ContextVar[str | None] = ContextVar("bus.logs.trace", default=None)

Record = dict[str, Any]
LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}


class _Output:
    """How this process writes its records."""

    least = LEVELS["info"]
    shape = "auto"
    #: Makes a record's text; None until the first one, when it is known what stderr is.
    draw: Callable[[Record], str] | None = None


_output = _Output()


def configure(level: str = "INFO", shape: str = "auto") -> None:
    """Set the least level that is written, and the shape: ``json``, ``console``, or ``auto`` by terminal."""
    _output.least, _output.shape, _output.draw = LEVELS[level.lower()], shape, None


def take_over() -> None:
    """Let the records of libraries (standard logging, warnings) come out the same way. For servers, once.

    What libraries tell about their daily life is left out unless everything is asked for (level DEBUG).
    """
    logging.root.handlers[:] = [_LibraryHandler()]
    is_all = _output.least <= LEVELS["debug"]
    logging.root.setLevel(_output.least if is_all else max(_output.least, LEVELS["warning"]))
    logging.captureWarnings(capture=True)


def get(name: str) -> Logger:
    """The logger of a module."""
    return Logger(name, {})


def bound(correlation_id: str, **values: Any) -> Logger:
    """The logger a handler gets: this correlation id and these values stand on every record."""
    return Logger("bus.handler", {"correlation_id": correlation_id, **values})


class Logger:
    """Writes records: what happened as fixed words, everything that varies as named values.

    The value ``exc_info`` is an exception; its traceback becomes the record's ``exception``.
    """

    __slots__ = ("_name", "_values")

    def __init__(self, name: str, values: Record) -> None:
        self._name = name
        self._values = values

    def bind(self, **values: Any) -> Logger:
        """A logger with these values on top."""
        return Logger(self._name, self._values | values)

    def debug(self, event: str, /, **values: Any) -> None:
        """Something only its developer wants to see."""
        if _output.least <= logging.DEBUG:
            _write("debug", self._name, event, self._values | values)

    def info(self, event: str, /, **values: Any) -> None:
        """Something an operator may want to know."""
        if _output.least <= logging.INFO:
            _write("info", self._name, event, self._values | values)

    def warning(self, event: str, /, **values: Any) -> None:
        """Something an operator should look at some time."""
        if _output.least <= logging.WARNING:
            _write("warning", self._name, event, self._values | values)

    def error(self, event: str, /, **values: Any) -> None:
        """Something went wrong."""
        if _output.least <= logging.ERROR:
            _write("error", self._name, event, self._values | values)

    def critical(self, event: str, /, **values: Any) -> None:
        """This process cannot go on."""
        _write("critical", self._name, event, self._values | values)

    def exception(self, event: str, /, **values: Any) -> None:
        """Something went wrong, with the traceback of the exception being handled."""
        if _output.least <= logging.ERROR:
            _write("error", self._name, event, self._values | values, sys.exception())


class _LibraryHandler(logging.Handler):
    """Turns a record of standard logging into one of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        try:
            event = record.getMessage()
        except Exception:  # noqa: BLE001  # wrong arguments for a library's own text: show the text alone
            event = str(record.msg)
        level = next((name for name, least in reversed(LEVELS.items()) if record.levelno >= least), "debug")
        _write(level, record.name, event, {}, cause)


def _write(level: str, name: str, event: str, values: Record, cause: BaseException | None = None) -> None:
    """One record, one line (a traceback on a terminal takes more); what cannot be written is lost."""
    from bus.masking import masked_members, masked_text  # many processes never write a record

    cause = values.pop("exc_info", cause)
    record = masked_members(values)
    present = correlation.get()
    if present is not None:
        record.setdefault("correlation_id", present)
    trace_id = trace.get()
    if trace_id is not None:
        record.setdefault("trace_id", trace_id)
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    record |= {"timestamp": moment, "level": level, "logger": name, "event": masked_text(event)}
    if cause is not None:
        record["exception"] = masked_text("".join(traceback.format_exception(cause)).rstrip())
    try:
        sys.stderr.write(f"{(_output.draw or _choose())(record)}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return  # stderr is closed or gone: there is nobody to tell


def _choose() -> Callable[[Record], str]:
    """Settle how records look, on the first one."""
    shape = _output.shape
    if shape == "auto":
        shape = "console" if sys.stderr.isatty() else "json"
    _output.draw = draw = _json_line if shape == "json" else _console()
    return draw


#: Members every record has, in the order they are written; the others follow.
_HEAD = ("timestamp", "level", "logger", "event", "correlation_id")


def _json_line(record: Record) -> str:
    ordered = {name: record.pop(name) for name in _HEAD if name in record}
    return json.dumps(ordered | record, allow_nan=False, separators=(",", ":"))


def _console() -> Callable[[Record], str]:
    import structlog

    # Plain tracebacks come ready in the record; rich's would show local variables, and those may hold secrets.
    renderer = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )

    def draw(record: Record) -> str:
        for name in {"event", "exception"} & record.keys():
            record[name] = _CONTROL.sub(lambda found: repr(found[0])[1:-1], record[name])
        return str(renderer(None, record["level"], record))

    return draw


#: What a terminal would obey instead of show; structlog escapes the other values itself.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
