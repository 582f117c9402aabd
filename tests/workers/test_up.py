"""Programs under one roof."""

from __future__ import annotations

import contextlib
import io
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bus.testing import wait_until
from workers import up

HOUSE = """
import json, os, sys
from workers import up
programs, drain_s = json.loads(sys.argv[1])
commands = {name: [sys.executable, "-c", text] for name, text in programs.items()}
sys.exit(up.House(commands, os.environ, up.prefixed(commands), drain_s).run())
"""
#: Says that it listens, and waits until it is told to end.
STEADY = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("drained", flush=True), sys.exit(0)))
print("ready", flush=True)
while True: time.sleep(10)
"""
STUBBORN = STEADY.replace("sys.exit(0)", "0")


class Roof:
    """A house in a process of its own, and what it has said."""

    def __init__(self, log: Path, programs: dict[str, str], drain_s: float) -> None:
        self.log = log
        with log.open("wb") as file:
            arguments = [sys.executable, "-c", HOUSE, json.dumps([programs, drain_s])]
            self.process = subprocess.Popen(arguments, stderr=file, stdout=file, cwd=Path(__file__).parents[2])

    def text(self) -> str:
        return self.log.read_text()

    def wait_for(self, line: str, times: int = 1) -> None:
        wait_until(lambda: len(re.findall(f"^{line}$", self.text(), re.MULTILINE)) >= times, 30, line)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def start(tmp_path):
    """Build a house; it is gone when the test ends."""
    with contextlib.ExitStack() as stack:

        def start_one(drain_s: float = 20.0, **programs: str) -> Roof:
            roof = Roof(tmp_path / "log", programs, drain_s)
            stack.callback(roof.process.wait)
            stack.callback(roof.process.kill)
            return roof

        yield start_one


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_programs_run_side_by_side_and_are_drained(start, number):
    """Each line stands behind the name of its program; the output ends whole."""
    roof = start(web=STEADY, scheduler=STEADY)
    roof.wait_for(r"web       \| ready")
    roof.wait_for(r"scheduler \| ready")
    assert roof.stop(number) == 0
    text = roof.text()
    assert "web       | drained\n" in text
    assert "scheduler | drained\n" in text
    assert re.search(r"^up        \| web ended with 0 after [0-9.]+ s$", text, re.MULTILINE)


def test_a_program_that_dies_is_started_again_with_growing_pauses(start):
    roof = start(steady=STEADY, broken="import sys; print('no line feed', end=''); sys.exit(3)")
    roof.wait_for(r"broken \| no line feed", 3)
    pauses = [
        float(wait) for wait in re.findall(r"ended with 3 after [0-9.]+ s; it starts again in (\S+) s", roof.text())
    ]
    assert pauses[:2] == [0.5, 1.0]
    assert roof.text().count("steady | ready") == 1
    roof.stop()


def test_a_killed_program_is_started_again(start):
    roof = start(steady=STEADY)
    roof.wait_for(r"steady \| ready")
    (child,) = roof.children()
    child.kill()
    roof.wait_for(r"steady \| ready", 2)
    assert "steady ended with -9" in roof.text()
    assert roof.stop() == 0


def test_a_program_that_does_not_end_is_killed_when_the_time_is_over(start):
    roof = start(drain_s=0.3, stubborn=STUBBORN)
    roof.wait_for(r"stubborn \| ready")
    assert roof.stop() == 1
    assert "stubborn ended with -9" in roof.text()


def test_a_second_request_ends_all_at_once(start):
    roof = start(drain_s=60, stubborn=STUBBORN)
    roof.wait_for(r"stubborn \| ready")
    roof.process.send_signal(signal.SIGTERM)
    roof.wait_for(r"stubborn \| drained")
    assert roof.stop() == 1


def test_programs_do_not_outlive_the_house(start):
    """They are asked to drain when it is killed."""
    roof = start(steady=STEADY)
    roof.wait_for(r"steady \| ready")
    (child,) = roof.children()
    roof.process.kill()
    roof.process.wait()
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 10, "the program's end")


def test_a_program_may_close_its_output(start):
    """And write lines of any length and any bytes before."""
    text = "import os, time\nos.write(1, b'x' * 200_000 + b'\\n\\xff\\n')\nos.close(1); os.close(2)\ntime.sleep(60)"
    roof = start(silent=text)
    roof.wait_for(r"silent \| \\xff")
    assert "".join(re.findall(r"silent \| (x*)", roof.text())) == "x" * 200_000
    assert roof.stop() == 0


def test_whoever_stops_reading_stops_nothing(monkeypatch):
    class Closed(io.StringIO):
        """A pipe whose reader has left."""

        def write(self, _text):
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stderr", Closed())
    up.prefixed(["web"])("web", "hello")
