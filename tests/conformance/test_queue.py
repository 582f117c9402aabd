"""A queued command is answered with the envelope that the synchronous call would have given.

Two equal databases with one of everything: the same requests go to one as calls and to the other through the queue,
in the same order, every command of the engine in every version, accepted and refused. Left out of the comparison are
``job``, the correlation id and moments in time.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bus import Bus
from bus.envelope import Envelope
from bus.settings import Settings
from plugins.engine import engine
from tests.conformance.conftest import FEWER_QUEUES, QUEUES
from tests.fleet import SETTINGS, Fleet
from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import World, accepted, refused
from workers import workers

PLUGINS = ("plugins.engine:engine", "workers:workers")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

#: Requests about the bus itself, and such that no contract ever sees.
OTHERS: list[dict[str, Any]] = [
    {"command": "command_list"},
    {"command": "command_describe", "args": {"command": "db.effort.get"}},
    {"command": "command_describe", "args": {"command": "nothing"}},
    {"command": "job_get", "args": {"job_id": "01a20147-a341-76e0-ac6a-b114569f49cc"}},
    {"command": "db.effort.teleport", "args": {}},
    {"command": "db.effort.get", "args": {"id": 1}, "version": 99},
    {"command": "db.effort.get", "args": {"id": "one"}},
    {"command": "db.effort.get", "args": {}},
]


@pytest.fixture(params=FEWER_QUEUES)
def pair(request, tmp_path, open_bus):
    """Two equal databases, each with a bus; workers on the second one."""
    kind = QUEUES[request.param]
    broker = {"broker_url": kind.broker_url(request)}
    settings = Settings(**broker, **SETTINGS)
    urls = [f"sqlite:///{tmp_path}/{name}.sqlite" for name in ("called", "queued")]
    if kind.database == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        names = [server.create() for _ in urls]
        request.addfinalizer(lambda: [server.drop(name) for name in names])  # noqa: PT021  # only where there are some
        urls = [server.url(name) for name in names]
    buses = [open_bus(url, plugins=[engine, workers], settings=settings) for url in urls]
    with Fleet(urls[1], tmp_path, plugins=PLUGINS, processes=1, **broker) as fleet:
        fleet.wait_ready()
        yield buses


def through_the_queue(bus: Bus, request: dict[str, Any]) -> Envelope:
    answer = bus.submit(**request)
    return answer if answer.job is None else bus.wait(answer.job["id"], timeout_ms=60_000)


def compared(answer: Envelope) -> str:
    kept = {name: value for name, value in answer.to_dict().items() if name not in {"correlation_id", "job"}}
    return MOMENT.sub("(moment)", json.dumps(kept, sort_keys=True))


@pytest.mark.timeout(300)
def test_a_queued_command_is_answered_like_a_called_one(pair):
    called, queued = pair
    worlds = [World(Caller(bus)) for bus in pair]
    assert vars(worlds[0]) == vars(worlds[1])
    calls = [*refused(worlds[0]), *accepted(worlds[0])]
    requests = [{"command": f"db.{call.command}", "args": call.args, "version": call.version} for call in calls]

    differing = [
        (request, expected, found)
        for request in [*requests, *OTHERS]
        if (expected := compared(called.call(**request))) != (found := compared(through_the_queue(queued, request)))
    ]

    assert differing == []
    tried = {(call.command, call.version or newest(called, call.command)) for call in calls}
    assert {(f"db.{name}", version) for name, version in tried} == {
        (command.name, command.version) for command in called.registry if command.plugin == "engine"
    }


def newest(bus: Bus, command: str) -> int:
    return bus.registry.find(f"db.{command}").version


def test_warnings_and_old_versions_travel_with_a_job(pair):
    """The caller's version answers, whichever version does the work."""
    called, queued = pair
    args = {"path": "/srv/a"}
    for bus in pair:
        assert bus.call("db.project.upsert", args).ok

    request = {"command": "db.task.upsert@1", "args": {"dirPath": "t", "projectId": 1}}
    expected, found = called.call(**request), through_the_queue(queued, request)

    assert (found.version, found.warnings) == (expected.version, expected.warnings) == (1, expected.warnings)
    assert compared(found) == compared(expected)
