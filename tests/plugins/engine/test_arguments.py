"""What arguments are taken: every argument of every command against every kind of bad value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from marshmallow import fields as marshmallow_fields

from plugins.engine import engine
from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import Call, World, accepted
from tests.plugins.engine.watching import content

if TYPE_CHECKING:
    from bus.application import Bus

INT, NUMBER, STRING, KEY, OBJECT, JSON, STRINGS = "int", "number", "string", "key", "object", "json", "string[]"

#: The specification's tables. "!" behind a type: required.
ARGUMENTS: dict[str, dict[str, str]] = {
    "project.upsert": {"path": "key!", "name": STRING},
    "project.find": {"path": "string!"},
    "task.upsert": {
        "dirPath": "key!",
        "projectId": "int!",
        "workspace": STRING,
        "title": STRING,
        "description": STRING,
        "keywords": STRING,
    },
    "task.find": {"dirPath": "string!"},
    "task.list": {"projectId": INT, "limit": INT},
    "skills.upsert": {
        "projectId": "int!",
        "name": "key!",
        "phases": JSON,
        "modes": JSON,
        "templates": JSON,
        "cmdDependencies": JSON,
        "nextSkills": JSON,
        "directives": JSON,
        "version": STRING,
        "description": STRING,
    },
    "skills.get": {"projectId": "int!", "name": "string!"},
    "skills.list": {"projectId": "int!"},
    "skills.find": {"projectId": "int!", "query": "string!"},
    "skills.delete": {"projectId": "int!", "name": "string!"},
    "effort.start": {"taskId": "key!", "skill": "key!", "mode": STRING, "metadata": OBJECT},
    "effort.phase": {"effortId": "int!", "phase": "key!", "proof": OBJECT, "reason": STRING},
    "effort.finish": {"effortId": "int!", "keywords": STRING},
    "effort.list": {"taskId": "string!"},
    "effort.get": {"id": "int!"},
    "effort.getMetadata": {"id": "int!"},
    "effort.updateMetadata": {"id": "int!", "remove": STRINGS, "set": OBJECT},
    "effort.findActive": {"projectId": "int!", "agentId": STRING},
    "effort.history": {"effortId": "int!"},
    "session.start": {"taskId": "key!", "effortId": "int!", "pid": INT, "prevSessionId": INT},
    "session.find": {"effortId": "int!"},
    "session.heartbeat": {"sessionId": "int!", "action": STRING},
    "session.updateContextUsage": {"sessionId": "int!", "usage": "number!"},
    "session.updateLoadedFiles": {"sessionId": "int!", "files": "string[]!"},
    "session.finish": {"sessionId": "int!", "dehydrationPayload": OBJECT},
    "session.get": {"id": "int!"},
    "session.listStale": {"olderThanSeconds": INT},
    "session.setTranscript": {"sessionId": "int!", "transcriptPath": STRING, "transcriptOffset": INT},
    "agents.register": {
        "id": "key!",
        "label": STRING,
        "claims": STRING,
        "targetedClaims": STRING,
        "manages": STRING,
        "parent": STRING,
        "effortId": INT,
        "status": STRING,
    },
    "agents.get": {"id": "string!"},
    "agents.list": {},
    "agents.updateStatus": {"id": "string!", "status": "string!"},
    "agents.findByEffort": {"effortId": "int!"},
    "fleet.status": {},
    "messages.append": {"sessionId": "int!", "role": "string!", "content": "string!", "toolName": STRING},
    "messages.list": {"sessionId": "int!", "limit": INT},
    "messages.upsert": {"sessionId": "int!", "messages": "messages!"},
}

UNCLEAN = ["\0", "a\0b", "\ud800", "x\udfff"]
NOT_TEXT = [None, 1, 1.5, True, [], ["a"], {}]
BAD: dict[str, list[Any]] = {
    INT: [None, "1", "", True, False, 1.5, 1.0, 2**63, -(2**63) - 1, 10**400, [], {}],
    NUMBER: [None, "1", True, math.nan, math.inf, -math.inf, 10**400, [], {}],
    STRING: [*NOT_TEXT, *UNCLEAN],
    KEY: [*NOT_TEXT, *UNCLEAN, ""],
    OBJECT: [None, 1, "", "{}", True, [], [{}], *({"a": text} for text in UNCLEAN), {"\0": 1}, {"a": [{"\ud800": 1}]}],
    JSON: [*UNCLEAN, [["\0"]], {"\0": 1}, [math.nan]],
    STRINGS: [None, "a", 1, True, {}],
    "messages": [None, "a", 1, {}],
}


def bad_values(kind: str) -> list[Any]:
    return BAD[kind.removesuffix("!")]


def test_the_tables_here_name_every_argument_of_every_contract() -> None:
    newest = {contract.name: contract for contract in sorted(engine.contracts, key=lambda contract: contract.version)}
    declared = {
        name.removeprefix("db."): {
            field
            for field, kind in contract.Params._declared_fields.items()
            if isinstance(kind, marshmallow_fields.Field)
        }
        for name, contract in newest.items()
    }
    assert declared == {command: set(fields) for command, fields in ARGUMENTS.items()}


@pytest.fixture
def calls(db: Caller) -> dict[str, Call]:
    """An acceptable call of each command, in its newest version."""
    return {call.command: call for call in accepted(World(db)) if call.version in {None, 2}}


@pytest.mark.any_database
def test_every_bad_value_is_refused_by_name(bus: Bus, calls: dict[str, Call]) -> None:
    before = content(bus)
    for command, fields in ARGUMENTS.items():
        for field, kind in fields.items():
            for value in bad_values(kind):
                envelope = bus.call(f"db.{command}", calls[command].args | {field: value})
                where = f"{command} {field}={value!r}"[:200]
                assert envelope.code == "VALIDATION_ERROR", where
                assert envelope.error is not None
                assert f"db.{command}" in envelope.error["message"], where
                assert set(envelope.error["details"]["fields"]) == {field}, where
    assert content(bus) == before


@pytest.mark.any_database
def test_a_required_argument_cannot_be_left_out(bus: Bus, calls: dict[str, Call]) -> None:
    for command, fields in ARGUMENTS.items():
        required = {field for field, kind in fields.items() if kind.endswith("!")}
        for args in ({}, None):
            envelope = bus.call(f"db.{command}", args)
            if required:
                assert envelope.code == "VALIDATION_ERROR", command
                assert envelope.error is not None
                assert envelope.error["details"]["fields"] == {field: ["required"] for field in required}
        for field in required:
            args = {name: value for name, value in calls[command].args.items() if name != field}
            assert bus.call(f"db.{command}", args).code == "VALIDATION_ERROR", (command, field)


@pytest.mark.any_database
def test_all_bad_arguments_are_reported_together(bus: Bus) -> None:
    for command, fields in ARGUMENTS.items():
        if fields:
            envelope = bus.call(f"db.{command}", {field: bad_values(kind)[0] for field, kind in fields.items()})
            assert envelope.error is not None
            assert set(envelope.error["details"]["fields"]) == set(fields), command


def test_unknown_arguments_are_ignored(bus: Bus, db: Caller) -> None:
    more = {"unknown": 1, "mode ": None, "PATH": [], "": {}, "cwd": "/"}
    for index in range(len(list(accepted(World(db))))):
        call = list(accepted(World(db)))[index]
        envelope = bus.call(f"db.{call.command}", call.args | more, version=call.version)
        assert envelope.ok, (call.name, envelope)


def test_a_bad_element_of_a_list_is_named_by_its_place(db: Caller) -> None:
    session, effort = db.session(), db.effort()
    assert db.bad_fields("session.updateLoadedFiles", sessionId=session, files=["a", 3]) == {"files.1"}
    assert db.bad_fields("session.updateLoadedFiles", sessionId=session, files=[None, "a", "\0"]) == {
        "files.0",
        "files.2",
    }
    assert db.bad_fields("effort.updateMetadata", id=effort, remove=["a", {}]) == {"remove.1"}
    messages = [{"content": "c"}, {"role": "user", "content": 3}]
    bad = db.bad_fields("messages.upsert", sessionId=session, messages=messages)
    assert bad == {"messages.0.role", "messages.1.content"}
    assert db("session.get", id=session)["loadedFiles"] is None


@pytest.mark.parametrize("number", [0, -1, 2**63 - 1, -(2**63)])
def test_numbers_that_name_nothing_find_nothing(db: Caller, number: int) -> None:
    assert db("skills.get", projectId=number, name="s") is None
    assert db("skills.list", projectId=number) == []
    assert db("skills.find", projectId=number, query="") == []
    assert db("skills.delete", projectId=number, name="s") is False
    assert db("effort.get", id=number) is None
    assert db("effort.getMetadata", id=number) is None
    assert db("effort.history", effortId=number) == []
    assert db("session.find", effortId=number) is None
    assert db("session.get", id=number) is None
    assert db("messages.list", sessionId=number) == []
    assert db("agents.findByEffort", effortId=number) is None
    assert db("task.list", projectId=number) == []
    assert db.code("task.upsert", dirPath="t", projectId=number) == "NOT_FOUND"
    assert db.code("effort.finish", effortId=number) == "NOT_FOUND"
    assert db.code("session.heartbeat", sessionId=number) == "NOT_FOUND"


def test_null_is_left_out_for_json_alone(db: Caller) -> None:
    project = db.project()
    assert db("skills.upsert", projectId=project, name="s", phases=None, modes=None)["modes"] is None
    assert db.bad_fields("skills.upsert", projectId=project, name="s", version=None) == {"version"}
    assert db.bad_fields("project.upsert", path="/p", name=None) == {"name"}


def test_a_request_of_a_mebibyte_is_taken(db: Caller) -> None:
    session = db.session()
    content = "x" * (2**20 - 200)
    assert db("messages.append", sessionId=session, role="user", content=content)["content"] == content
    files = [""] * 340_000
    assert db("session.updateLoadedFiles", sessionId=session, files=files)["loadedFiles"] == files
    messages = [{"role": "", "content": ""}] * 30_000
    assert db("messages.upsert", sessionId=session, messages=messages) == 30_000
