"""``bus scheduler`` at the command line."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from bus.testing import wait_until


def test_it_works_out_of_the_box_and_leaves_when_asked(clean_environment, tmp_path, run_python):
    """No setting at all: the embedded database is made, what is added is fired, SIGTERM ends it with 0."""
    log = tmp_path / "scheduler.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bus", "scheduler"], env=clean_environment, stdout=out, stderr=out
        )
    try:
        wait_until(lambda: '"scheduler_ready"' in log.read_text(), 60, "the scheduler")
        add = ("add", "s", "db.project.upsert", "* * * * * *", "--args", '{"path": "/code"}')
        run_python("-m", "bus", "schedules", *add)
        wait_until(lambda: '"schedule_fired"' in log.read_text(), 30, "the first tick")

        process.send_signal(signal.SIGTERM)

        assert process.wait(30) == 0
        assert "Traceback" not in log.read_text()
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"BUS_DATABASE_URL": "sqlite://"}, "a scheduler cannot see another process's in-memory database"),
        ({"BUS_DATABASE_URL": "sqlite:////nowhere/at/all/bus.sqlite"}, "does not exist; create it"),
        ({"BUS_BROKER_URL": "smtp://h"}, "no plugin knows the broker 'smtp'"),
        ({"BUS_LEASE_MS": "5"}, "BUS_LEASE_MS is '5' but must be a whole number"),
    ],
)
def test_what_is_set_up_wrongly_is_one_sentence_and_status_one(run_python, variables, sentence):
    done = run_python("-m", "bus", "scheduler", env=variables, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("bus: ")
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_command_line_is_status_two(run_python):
    done = run_python("-m", "bus", "scheduler", "--often", check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
