"""The RabbitMQ of the tests leaves nothing behind, and a run without it is never a quiet one."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil
import pytest

from bus.testing import wait_until
from tests import rabbitmq
from tests.servers import ServerError

ROOT = Path(__file__).parent.parent
NOTHING_INSTALLED = """
import sys, pytest
from pathlib import Path
from tests import rabbitmq
rabbitmq._is_complete = lambda root: False
sys.prefix, arguments = sys.argv[1], sys.argv[2:]
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", *arguments]))
"""
ONE_TEST = ("tests/workers/amqp/test_connection.py", "-k", "down")


@pytest.mark.drill
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_it_dies_with_a_killed_test_run_and_all_its_programs_with_it(run_python, tmp_path):
    if rabbitmq.is_left_out():
        pytest.skip(f"{rabbitmq.WITHOUT}=1")
    rabbitmq.installed()  # fetched before the program's time runs
    program = """
import os, signal, psutil
from tests.rabbitmq import RabbitMQ
server = RabbitMQ()
server.start()
print(*[child.pid for child in psutil.Process().children(recursive=True)], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = run_python(program, check=False, cwd=ROOT, env={"TMPDIR": str(tmp_path)})
    pids = [int(pid) for pid in done.stdout.split()]

    assert len(pids) >= 3, "the server, its port mapper, its helpers"
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in pids), 30, "all to end")


def test_what_cannot_be_fetched_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ServerError, match=f"(?s)apt-get.*apt-get install rabbitmq-server.*{rabbitmq.WITHOUT}=1"):
        rabbitmq._fetch(tmp_path)


def test_without_it_a_run_fails(run_python, tmp_path):
    done = run_python("-c", NOTHING_INSTALLED, str(tmp_path), *ONE_TEST, check=False, cwd=ROOT, env={"PATH": ""})

    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "could not be fetched" in done.stdout


def test_whoever_leaves_it_out_is_told(run_python, tmp_path):
    told = {"PATH": "", rabbitmq.WITHOUT: "1"}
    done = run_python("-c", NOTHING_INSTALLED, str(tmp_path), "-n", "1", *ONE_TEST, check=False, cwd=ROOT, env=told)

    assert done.returncode == pytest.ExitCode.OK
    assert "1 skipped" in done.stdout
    assert "RABBITMQ WAS LEFT OUT" in done.stdout
