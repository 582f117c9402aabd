"""Every way in gives the same envelope for the same request.

A database with one of everything is copied for each way, and the same requests are sent through it in the same order:
accepted ones, refused ones, and requests that are wrong in themselves. Left out of the comparison are the
correlation id and moments in time.

Not here: the queue (tests/conformance/test_queue.py compares it with the synchronous answer).
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bus.application import Bus
from bus.settings import Settings
from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import Call, World, accepted, refused

Request = dict[str, Any]
Answer = dict[str, Any]

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

#: Requests that no contract ever sees.
WRONG: list[Request] = [
    {"command": "db.effort.teleport", "args": {}},
    {"command": "db.effort.get", "args": {"id": 1}, "version": 99},
    {"command": "db.effort.get@99", "args": {"id": 1}},
    {"command": "db.effort.get", "args": {"id": "one"}},
    {"command": "db.effort.get", "args": {"id": 2**63}},
    {"command": "db.effort.get", "args": {}},
    {"command": "command_describe", "args": {"command": "db.effort.get"}},
]


def compared(answer: Answer) -> str:
    """An envelope as text, without what differs from call to call."""
    kept = {name: value for name, value in answer.items() if name not in {"correlation_id", "id"}}
    return MOMENT.sub("(moment)", json.dumps(kept, sort_keys=True))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Request]]:
    """A database file with one of everything, and requests against it."""
    home = tmp_path_factory.mktemp("filled")
    with Bus.open(settings=Settings(home=home)) as bus:
        world = World(Caller(bus))
        calls: list[Call] = [*refused(world), *accepted(world)]
    requests = [_request(call) for call in calls]
    return home, [*requests, *WRONG]


def _request(call: Call) -> Request:
    request: Request = {"command": f"db.{call.command}", "args": call.args}
    return request if call.version is None else request | {"version": call.version}


@pytest.fixture
def copied(filled: tuple[Path, list[Request]], tmp_path: Path) -> Callable[[str], Path]:
    """A new copy of that database, in a home of its own."""

    def copy(name: str) -> Path:
        home = tmp_path / name
        shutil.copytree(filled[0], home)
        return home

    return copy


def by_call(home: Path, requests: list[Request]) -> list[Answer]:
    """``Bus.call``."""
    with Bus.open(settings=Settings(home=home)) as bus:
        return [bus.call(r["command"], r["args"], version=r.get("version")).to_dict() for r in requests]


def by_acall(home: Path, requests: list[Request]) -> list[Answer]:
    """``await Bus.acall``."""

    async def send(bus: Bus) -> list[Answer]:
        return [(await bus.acall(r["command"], r["args"], version=r.get("version"))).to_dict() for r in requests]

    with Bus.open(settings=Settings(home=home)) as bus:
        return asyncio.run(send(bus))


def by_stdio(home: Path, requests: list[Request], environment: dict[str, str]) -> list[Answer]:
    """``bus stdio``, all lines at once."""
    lines = "".join(f"{json.dumps(request)}\n" for request in requests)
    done = subprocess.run(
        [sys.executable, "-m", "bus", "stdio"],
        input=lines,
        env=environment | {"BUS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def by_command_line(
    home: Path, requests: list[Request], environment: dict[str, str], program: list[str]
) -> list[Answer]:
    """``bus call``, a process a request."""
    answers: list[Answer] = []
    for request in requests:
        version = ["--version", str(request["version"])] if "version" in request else []
        words = ["call", request["command"], "--json", json.dumps(request["args"]), *version]
        done = subprocess.run(
            [*program, *words],
            env=environment | {"BUS_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode in {0, 1}, done.stderr
        answers.append(json.loads(done.stdout))
    return answers


def test_acall_answers_what_call_answers(filled, copied) -> None:
    """Asynchronous callers get the same envelopes."""
    requests = filled[1]
    expected = by_call(copied("call"), requests)
    assert [*map(compared, by_acall(copied("acall"), requests))] == [*map(compared, expected)]
    assert {answer["ok"] for answer in expected} == {True, False}


def test_stdio_answers_what_call_answers(filled, copied, clean_environment) -> None:
    """A line in, the same envelope out, in order."""
    requests = filled[1]
    expected = by_call(copied("call"), requests)
    assert [*map(compared, by_stdio(copied("stdio"), requests, clean_environment))] == [*map(compared, expected)]


def test_the_command_line_answers_what_call_answers(filled, copied, clean_environment, forks, tmp_path) -> None:
    """One process a call, the same envelopes; for wrong requests, processes that import for themselves."""
    requests, home = filled[1][::12], copied("cli")
    forked = [str(forks.install(tmp_path / "bus", Path(sys.executable).with_name("bus")))]
    expected = by_call(copied("call"), requests + WRONG[:4])
    answers = by_command_line(home, requests, clean_environment, forked)
    answers += by_command_line(home, WRONG[:4], clean_environment, [sys.executable, "-m", "bus"])
    assert [*map(compared, answers)] == [*map(compared, expected)]
