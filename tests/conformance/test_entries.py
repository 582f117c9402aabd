"""Every way in gives the same envelope for the same request.

A database with one of everything is copied for each way, and the same requests are sent through it in the same order:
for every command of every plugin arguments that its contract takes and arguments that it refuses, all that the engine
accepts and refuses, and requests that are wrong in themselves. Each request comes with a session, since the network
needs one. Left out of the comparison are correlation ids, moments, and what is drawn by chance.

Not here: the queue (tests/conformance/test_queue.py compares it with the synchronous answer).
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bus import loader
from bus.application import Bus
from bus.builtins import builtins
from bus.clock import SystemClock
from bus.documents.samples import sample_args
from bus.settings import Settings
from bus.testing import FakeClock
from tests.conformance.entries import (
    Answer,
    Request,
    by_acall,
    by_batch,
    by_call,
    by_command_line,
    by_commands,
    by_stdio,
    by_unix,
)
from tests.conftest import CHEAP
from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import Call, accepted, refused
from tests.plugins.engine.samples import World as Engine
from tests.plugins.identity.caller import World

#: As all processes on one database have it.
KEYS = {"BUS_IDENTITY_KEYS": "k" * 32}

#: Days, moments as text and as epoch milliseconds.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00))?|(?<![\w.-])1[6-9]\d{11}(?![\w.])")
#: Members that are drawn by chance, or tell by which way a call has come.
UNEQUAL = frozenset(("backup_codes", "secret", "qr_code_url", "qr_code_svg", "ip_address"))
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")

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


def compared(answers: Iterable[Answer]) -> list[str]:
    """Envelopes as texts, without what differs from run to run; ids by the order in which they first appear."""
    numbers: dict[str, str] = {}
    texts: list[str] = []
    for answer in answers:
        text = MOMENT.sub("(moment)", json.dumps(_without_unequal(answer), sort_keys=True))
        texts.append(UUID.sub(lambda found: numbers.setdefault(found[0], f"(id {len(numbers)})"), text))
    return texts


def _without_unequal(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_unequal(one) for one in value]
    if isinstance(value, dict):
        return {name: name in UNEQUAL or _without_unequal(one) for name, one in value.items()}
    return value


def every_command() -> Iterator[Request]:
    """For each version of each command one request that its contract takes and one that it refuses."""
    for plugin in (builtins(), *loader.discover().plugins):
        for contract in plugin.contracts:
            request = {"command": contract.name, "version": contract.version}
            yield request | {"args": sample_args(contract)}
            yield request | {"args": {"nobody_knows_this": [1]}}


def _request(call: Call) -> Request:
    request: Request = {"command": f"db.{call.command}", "args": call.args}
    return request if call.version is None else request | {"version": call.version}


class People(World):
    """Makes them all over one connection."""

    def __init__(self, bus: Bus, connection: sa.Connection) -> None:
        super().__init__(bus, FakeClock(SystemClock().now_ms()))
        self._connection = connection

    def execute(self, statement: sa.Executable) -> list[Any]:
        return [self._connection.execute(statement)]


@pytest.fixture(scope="module", autouse=True)
def identity_keys() -> Iterator[None]:
    """Processes and this one know the same tokens."""
    os.environ |= KEYS
    yield
    for name in KEYS:
        del os.environ[name]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Request]]:
    """A database file with one of everything, and requests against it, each by an administrator of its own."""
    home = tmp_path_factory.mktemp("filled")
    with Bus.open(settings=Settings(home=home)) as bus:
        engine = Engine(Caller(bus))
        calls = [*map(_request, itertools.chain(refused(engine), accepted(engine)))]
        requests = [*calls, *WRONG, *every_command()]
        with bus.database.connect() as connection, connection.begin():
            admin = People(bus, connection).as_role
            given = ({"session_token": admin("admin").token, "correlation_id": f"c-{n}"} for n in itertools.count())
            return home, [request | more for request, more in zip(requests, given, strict=False)]


@pytest.fixture(scope="module")
def copied(filled, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A new copy of that database, in a home of its own."""

    def copy(name: str) -> Path:
        home = tmp_path_factory.mktemp(name) / "home"
        shutil.copytree(filled[0], home)
        return home

    return copy


@pytest.fixture(scope="module")
def expected(filled, copied) -> list[str]:
    """What ``Bus.call`` answers."""
    answers = by_call(copied("call"), filled[1])
    assert {answer["ok"] for answer in answers} == {True, False}
    return compared(answers)


@pytest.fixture
def environment(clean_environment: dict[str, str]) -> dict[str, str]:
    return clean_environment | CHEAP | KEYS


@pytest.mark.parametrize("way", [by_stdio, by_unix, by_commands, by_batch])
def test_another_process_answers_what_call_answers(way: Any, filled, expected, copied, environment) -> None:
    """Over standard streams, a Unix socket and HTTP."""
    assert compared(way(copied(way.__name__), filled[1], environment)) == expected


def test_acall_answers_what_call_answers(filled, expected, copied) -> None:
    """Asynchronous callers get the same envelopes."""
    assert compared(by_acall(copied("acall"), filled[1])) == expected


def test_the_command_line_answers_what_call_answers(filled, copied, environment, forks, tmp_path) -> None:
    """One process a call, the same envelopes; for wrong requests, processes that import for themselves."""
    usual, wrong, home = filled[1][::36], filled[1][-1:], copied("cli")
    forked = [str(forks.install(tmp_path / "bus", Path(sys.executable).with_name("bus")))]
    answers = by_command_line(home, usual, environment, forked)
    answers += by_command_line(home, wrong, environment, [sys.executable, "-m", "bus"])
    assert compared(answers) == compared(by_call(copied("call"), usual + wrong))
