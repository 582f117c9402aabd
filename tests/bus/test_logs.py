"""Log records go to standard error, one JSON line each, with the correlation id and without secrets."""

import io
import json
import logging
import subprocess
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bus import logs

DEEP = json.loads("[" * 50 + "]" * 50)
Records = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def as_at_the_start() -> Iterator[None]:
    """Each test, and all that come after, begin with the defaults."""
    root = logging.root
    handlers, level = root.handlers[:], root.level
    logs.configure()
    yield
    logs.configure()
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def records(capsys: pytest.CaptureFixture[str]) -> Records:
    """What was logged since the last call; standard output stays empty."""

    def read() -> list[dict[str, Any]]:
        printed = capsys.readouterr()
        assert printed.out == ""
        return [json.loads(line) for line in printed.err.splitlines()]

    return read


def test_a_record_says_when_what_and_where(records: Records) -> None:
    logs.get("bus.jobs").warning("lease lost", job_id="j1", attempt=2)
    (record,) = records()
    assert list(record) == ["timestamp", "level", "logger", "event", "job_id", "attempt"]
    assert record.pop("timestamp").endswith("+00:00")
    assert record == {"level": "warning", "logger": "bus.jobs", "event": "lease lost", "job_id": "j1", "attempt": 2}


def test_records_below_the_least_level_are_not_written(records: Records) -> None:
    logs.configure("WARNING")
    log = logs.get("x")
    for write in (log.debug, log.info, log.warning, log.error, log.critical):
        write("hello")
    assert [record["level"] for record in records()] == ["warning", "error", "critical"]


def test_the_correlation_id_of_the_present_call_is_added(records: Records) -> None:
    token = logs.correlation.set("c-7")
    logs.get("x").info("inside")
    logs.bound("c-8", command="note_get").info("of a handler")
    logs.correlation.reset(token)
    logs.get("x").info("outside")
    inside, handler, outside = records()
    assert inside["correlation_id"] == "c-7"
    assert (handler["correlation_id"], handler["command"], handler["logger"]) == ("c-8", "note_get", "bus.handler")
    assert "correlation_id" not in outside


def test_bound_values_stay_with_the_logger(records: Records) -> None:
    log = logs.get("x").bind(job_id="j1", step=1)
    log.info("one")
    log.info("two", step=2)
    assert [(record["job_id"], record["step"]) for record in records()] == [("j1", 1), ("j1", 2)]


def test_secrets_are_masked_everywhere(records: Records) -> None:
    try:
        raise ValueError("cannot reach postgresql://bus:hunter2@db/bus")  # noqa: TRY301  # a traceback is wanted
    except ValueError:
        logs.get("x").exception("failed", session_token="hunter2", args={"password": "hunter2", "n": [1]})
    logs.get("x").error("failed at redis://:hunter2@h", exc_info=ValueError("redis://:hunter2@h"))
    first, second = records()
    assert "hunter2" not in json.dumps([first, second])
    assert first["args"] == {"password": "***", "n": [1]}
    assert "Traceback (most recent call last)" in first["exception"]
    assert second["exception"] == "ValueError: redis://:***@h"


def test_values_cannot_pose_as_the_record_itself(records: Records) -> None:
    logs.get("x").info("real", event="false", level="false", logger="false", timestamp="false")
    (record,) = records()
    assert (record["event"], record["level"], record["logger"]) == ("real", "info", "x")


@pytest.mark.parametrize("value", [float("nan"), object(), {1: b"x"}, "\ud800", "a\nb\0", 2**70, DEEP])
def test_any_value_makes_one_line_of_json(value: object, records: Records) -> None:
    logs.get("x").info("odd", value=value)
    (record,) = records()
    assert "value" in record


def test_a_closed_stderr_loses_the_record_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    for stderr in (closed, None):
        monkeypatch.setattr("sys.stderr", stderr)
        logs.get("x").error("nobody hears this")


def test_libraries_records_come_out_the_same_way(records: Records) -> None:
    logs.take_over()
    logging.getLogger("dramatiq").warning("worker %s is %s", 7, "late")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    found = [(record["logger"], record["level"], record["event"]) for record in records()]
    assert found[0] == ("dramatiq", "warning", "worker 7 is late")
    assert found[1][0] == "py.warnings"
    assert "DeprecationWarning: old" in found[1][2]


def test_libraries_tell_of_their_daily_life_only_at_level_debug(records: Records) -> None:
    logs.take_over()
    logging.getLogger("dramatiq").info("starting")
    assert records() == []
    logs.configure("debug", "json")
    logs.take_over()
    logging.getLogger("dramatiq").info("too %d", "few")
    logging.getLogger("dramatiq").log(25, "between")
    assert [(record["level"], record["event"]) for record in records()] == [("info", "too %d"), ("info", "between")]


def test_on_a_terminal_records_are_readable_and_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "console")
    try:
        raise ValueError("\x1b[2J")  # noqa: TRY301  # a traceback is wanted
    except ValueError:
        logs.get("x").exception("failed \x1b]0;title\x07", name="\x1b[31m", api_key="hunter2")
    shown = capsys.readouterr().err
    assert "\x1b]" not in shown
    assert "\x1b[2J" not in shown
    assert "[error    ] failed" in shown
    assert "Traceback (most recent call last)" in shown
    assert "hunter2" not in shown


def test_structlog_is_imported_for_terminals_alone(run_python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = run_python(
        """
        import sys
        from bus import logs
        logs.get("x").info("a pipe reads this")
        assert "structlog" not in sys.modules
        logs.configure("INFO", "console")
        logs.get("x").info("a person reads this")
        assert "structlog" in sys.modules
        """.replace("\n        ", "\n")
    )
    assert done.stdout == ""
    assert json.loads(done.stderr.splitlines()[0])["event"] == "a pipe reads this"
