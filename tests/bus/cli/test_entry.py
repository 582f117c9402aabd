"""The command ``bus`` itself: subcommands, exit statuses, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from bus.cli import entry
from bus.cli.entry import FAILED, INTERRUPTED, OK, WRONG_USAGE
from bus.errors import SetupError
from tests.bus.cli.conftest import Bus

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_version(bus: Bus) -> None:
    assert bus("--version") == (OK, f"charterbus {version('charterbus')}\n", "")


def test_help_lists_all_subcommands_those_of_plugins_too(bus: Bus) -> None:
    status, out, _ = bus("--help")
    assert status == OK
    for name in ("call", "commands", "config", "db", "doctor", "stdio", "sample-hello"):
        assert f"\n  {name} " in out
    assert "Say hello." in out


def test_a_plugin_adds_subcommands(bus: Bus) -> None:
    assert bus("sample-hello")[:2] == (OK, "hello\n")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("--nonsense",), ("call",), ("config", "x"), ("stdio", "x"), ("commands", "--nonsense"), ()],
)
def test_a_wrong_command_line_is_a_matter_of_usage(bus: Bus, arguments: tuple[str, ...]) -> None:
    status, out, err = bus(*arguments)
    assert (status, out) == (WRONG_USAGE, "")
    assert err.replace("noise while the plugin is imported\n", "").startswith("Usage: bus")


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (SetupError("no database; make one"), FAILED, "bus: no database; make one\n"),
        (KeyboardInterrupt(), INTERRUPTED, ""),
        (ValueError("odd"), FAILED, "bus: this should not have happened: ValueError: odd; set BUS_LOG_LEVEL=DEBUG"),
    ],
)
def test_failures_are_sentences(bus: Bus, monkeypatch: pytest.MonkeyPatch, error, status, sentence) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("bus.stdio.run", fail)
    for arguments in (["stdio"], ["stdio", "--"]):
        found = bus(*arguments)
        assert found[:2] == (status, "")
        assert found.err.startswith(sentence)
        assert "Traceback" not in found.err


def test_a_wrong_setting_is_a_sentence(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_MAX_DEPTH", "x")
    for arguments in (["config"], ["commands"], ["call", "sample_echo"], ["db", "status"], ["sample-hello"]):
        status, out, err = bus(*arguments)
        assert (status, out) == (FAILED, "")
        assert err.startswith("bus: BUS_MAX_DEPTH is 'x' but must be ")


def test_a_plugin_that_fails_to_add_subcommands_is_named(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("no group for me")

    monkeypatch.setattr("bus.loader.implementations", lambda *_: [fail])
    printed = bus("--help")
    assert printed.status == OK
    assert "bus: a plugin failed to add its subcommands: RuntimeError: no group for me\n" in printed.err


def test_the_module_is_the_command(run_python: Run) -> None:
    assert run_python("-m", "bus", "--version").stdout == f"charterbus {version('charterbus')}\n"
    assert run_python("-m", "bus", "nonsense", check=False).returncode == WRONG_USAGE


def test_the_script_is_the_command(clean_environment: dict[str, str]) -> None:
    script = Path(sys.executable).with_name("bus")
    done = subprocess.run([script, "--version"], env=clean_environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"charterbus {version('charterbus')}\n"


def test_a_reader_who_has_seen_enough_is_no_failure(run_python: Run) -> None:
    program = """
import os, sys
from bus.cli import entry
reader, writer = os.pipe()
os.close(reader)
os.dup2(writer, 1)
sys.argv = ["bus", "config", "--json"]
entry.main()
"""
    done = run_python(program, check=False)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.stderr == ""


def test_the_fast_way_to_stdio_needs_no_click(run_python: Run) -> None:
    program = """
import sys
sys.argv = ["bus", "stdio"]
from bus.cli import entry
status = entry.run(["stdio"])
brokers = {"redis", "pika", "dramatiq"}
lazy = brokers | {"click", "rich", "structlog", "alembic.op", "psycopg", "platformdirs", "sqlalchemy.orm"}
print(status, sorted(lazy & sys.modules.keys()), file=sys.stderr)
"""
    run_python("-m", "bus", "call", "system_health")
    done = run_python(program, input='{"command":"system_health"}\n')
    assert done.stderr == "0 []\n"
    assert '"ok":true' in done.stdout


def test_exit_statuses_are_those_of_the_promise() -> None:
    assert (entry.OK, entry.FAILED, entry.WRONG_USAGE, entry.INTERRUPTED) == (0, 1, 2, 130)
