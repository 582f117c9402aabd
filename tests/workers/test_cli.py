"""``bus worker`` at the command line."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from bus.testing import wait_until


@pytest.fixture
def start(clean_environment, tmp_path):
    """Start ``bus worker`` with these variables; what it says goes to a file."""
    started = []

    def start_one(*arguments, **variables):
        log = (tmp_path / "worker.log").open("w+")
        process = subprocess.Popen(
            [sys.executable, "-m", "bus", "worker", *arguments],
            env=clean_environment | variables,
            stdout=log,
            stderr=log,
        )
        started.append((process, log))
        return process, lambda: (tmp_path / "worker.log").read_text()

    yield start_one
    for process, log in started:
        process.kill()
        process.wait()
        log.close()


def test_it_works_out_of_the_box_and_leaves_when_asked(start):
    """No setting at all: the embedded database is made, workers are ready, SIGTERM ends them with 0."""
    process, log = start("--processes", "1", "--threads", "2")
    wait_until(lambda: '"worker_ready"' in log(), 60, "the worker")

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 0
    assert "Traceback" not in log()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"BUS_DATABASE_URL": "sqlite://"}, "a worker cannot see another process's in-memory database"),
        ({"BUS_DATABASE_URL": "sqlite:////nowhere/at/all/bus.sqlite"}, "does not exist; create it"),
        ({"BUS_DATABASE_URL": "mysql://h/x"}, "BUS_DATABASE_URL is"),
        ({"BUS_BROKER_URL": "kafka://h"}, "no plugin knows the broker 'kafka'"),
        ({"BUS_LEASE_MS": "5"}, "BUS_LEASE_MS is '5' but must be a whole number"),
        ({"BUS_WORKER_THREADS": "0"}, "BUS_WORKER_THREADS is '0'"),
        ({"BUS_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "bus: "),
        ({"BUS_PLUGINS_DENY": "workers"}, ""),
    ],
)
def test_what_is_set_up_wrongly_is_one_sentence_and_status_one(run_python, variables, sentence):
    """Said once by the command, not by each worker."""
    done = run_python("-m", "bus", "worker", "--processes", "2", env=variables, check=False)

    if sentence:
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("bus: ")
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
    else:  # without the plugin there is no such subcommand
        assert done.returncode == 2


@pytest.mark.parametrize("arguments", [["--processes", "0"], ["--threads", "many"], ["--nonsense"]])
def test_a_wrong_command_line_is_status_two(run_python, arguments):
    done = run_python("-m", "bus", "worker", *arguments, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
