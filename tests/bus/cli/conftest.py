"""Command lines typed into this process, with the plugin of a stranger installed."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bus.application import Bus as Application
from bus.cli.entry import run
from tests.bus.installable import install_sample


class Printed(NamedTuple):
    """What a command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output, which is one JSON line."""
        assert self.out.count("\n") == 1, self
        return json.loads(self.out)


Bus = Callable[..., Printed]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Bus:
    """Type a command line after ``bus``; ``stdin`` is what a pipe brings."""
    variables = install_sample(tmp_path / "sample")
    monkeypatch.syspath_prepend(variables.pop("PYTHONPATH"))
    monkeypatch.setenv("BUS_HOME", str(tmp_path / "home"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    def type_in(*arguments: str, stdin: bytes = b"") -> Printed:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = run(list(arguments))
        printed = capsys.readouterr()
        return Printed(status, printed.out, printed.err)

    return type_in


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is printed for a person."""
    monkeypatch.setattr("bus.cli.show.is_for_people", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch, bus: Bus) -> Iterator[Application]:
    """The bus behind the command lines, with a queue: a test publishes to it and works it off."""
    monkeypatch.setenv("BUS_PLUGINS_ALLOW", "sample,workers")
    with contextlib.redirect_stdout(io.StringIO()):  # plugins may print when they are imported
        opened = Application.open()
    with opened:
        yield opened
