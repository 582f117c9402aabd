"""``bus drain`` and ``bus up`` at the command line, with real workers."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys

import httpx2
import psutil
import pytest

from bus.application import Bus
from bus.settings import Settings
from bus.testing import wait_until
from tests.deeds import deeds
from workers import workers
from workers.cards import SUPERVISOR, UP, WORKER, introduce, living
from workers.drain_cli import _ask
from workers.folder import Life, folder_of


class Started:
    """A subcommand that runs until it is stopped."""

    def __init__(self, log, environment, *arguments):
        self.log = log
        with log.open("wb") as file:
            command = [sys.executable, "-m", "bus", *arguments]
            self.process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)

    def text(self):
        return self.log.read_text()


@pytest.fixture
def started(clean_environment, tmp_path):
    """Start a subcommand; it is gone when the test ends."""
    with contextlib.ExitStack() as stack:

        def start(*arguments, **variables):
            one = Started(tmp_path / f"{arguments[0]}.log", clean_environment | variables, *arguments)
            stack.callback(one.process.wait)
            stack.callback(one.process.kill)
            return one

        yield start


def test_the_workers_of_this_host_are_drained(started, run_python, clean_environment):
    """Each ends with 0; what is done is told, to people and to programs."""
    worker = started("worker", "--processes", "1", "--threads", "1")
    wait_until(lambda: '"worker_ready"' in worker.text(), 60, "the worker")
    listed = json.loads(run_python("-m", "bus", "workers", "--json").stdout)
    assert [one["is_alive"] for one in listed["items"]] == [True]

    told = json.loads(run_python("-m", "bus", "drain", "--json").stdout)

    assert sorted(item["role"] for item in told["items"]) == ["supervisor", "worker"]
    assert all(item["is_gone"] for item in told["items"])
    assert worker.process.wait(30) == 0
    assert run_python("-m", "bus", "drain").stdout == "0 of 0 processes are gone\n"


def test_up_runs_all_starts_again_what_dies_and_is_drained_as_a_whole(started, run_python):
    """The worker's own SIGTERM comes once: a second one would mean "at once"."""
    up = started("up", BUS_WORKER_PROCESSES="1", BUS_WORKER_THREADS="1", BUS_HTTP_PORT="0")
    wait_until(lambda: up.text().count('"worker_ready"') == 1, 60, "the worker")
    place = wait_until(
        lambda: re.search(r"^web +\| bus: listening at (\S+)$", up.text(), re.MULTILINE), 60, "the server"
    )
    assert httpx2.get(f"{place[1]}/readyz").json() == {"status": "ok"}
    assert any(line.startswith("worker ") for line in up.text().splitlines())
    (worker,) = [child for child in psutil.Process(up.process.pid).children() if child.cmdline()[-1] == "worker"]
    worker.kill()
    wait_until(lambda: up.text().count('"worker_ready"') == 2, 60, "another worker")
    assert "worker ended with -9" in up.text()

    told = json.loads(run_python("-m", "bus", "drain", "--json").stdout)

    assert {"up", "supervisor", "worker"} <= {item["role"] for item in told["items"]}
    assert all(item["is_gone"] for item in told["items"])
    assert up.process.wait(30) == 0
    assert up.text().count("ended with 0") >= 1
    assert "Traceback" not in up.text()


@pytest.mark.parametrize("subcommand", ["up", "drain"])
def test_what_is_set_up_wrongly_is_one_sentence(run_python, subcommand):
    done = run_python("-m", "bus", subcommand, env={"BUS_DATABASE_URL": "sqlite://"}, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("bus: ")
    assert "in-memory" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_those_that_stay_too_long_are_named(run_python, started):
    """The wait ends, the draining goes on."""
    worker = started("worker", "--processes", "1")
    wait_until(lambda: '"worker_ready"' in worker.text(), 60, "the worker")
    done = run_python("-m", "bus", "drain", "--timeout", "0", check=False)
    if done.returncode:  # else it was faster
        assert "still drains" in done.stderr
    assert worker.process.wait(30) == 0


def test_only_parents_are_asked(tmp_path, monkeypatch):
    """Not a worker, whom its supervisor tells; nor a supervisor of ``bus up``, which tells it."""
    asked = []
    monkeypatch.setattr("workers.drain_cli.os.kill", lambda pid, number: asked.append(pid))
    lives = [Life(tmp_path) for _ in range(4)]
    for life, (role, pid, parent) in zip(
        lives, [(UP, 10, 1), (SUPERVISOR, 11, 10), (WORKER, 12, 11), (SUPERVISOR, 13, 1)], strict=True
    ):
        monkeypatch.setattr("workers.cards.os.getpid", lambda pid=pid: pid)
        monkeypatch.setattr("workers.cards.os.getppid", lambda parent=parent: parent)
        introduce(life, role)
    assert len(_ask(tmp_path)) == 4
    assert sorted(asked) == [10, 13]
    for life in lives:
        life.close()


def test_the_meeting_place_of_a_bus_is_that_of_its_workers(upgraded_url, open_bus):
    bus: Bus = open_bus(upgraded_url, plugins=[deeds, workers], settings=Settings())
    assert living(folder_of(bus.database), SUPERVISOR) == []
