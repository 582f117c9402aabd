"""``db.effort.*``, but for phases (test_phases.py)."""

from __future__ import annotations

from typing import Any

import pytest

from bus.testing import FakeClock
from tests.plugins.engine.caller import Caller

NOW = "2025-06-15T15:06:40.000Z"


def test_a_new_effort_is_the_whole_row(db: Caller) -> None:
    task = db.task()
    row = db("effort.start", taskId=task, skill="implement", mode="tdd", metadata={"a": 1})
    assert row == {
        "id": row["id"],
        "taskId": task,
        "skill": "implement",
        "mode": "tdd",
        "ordinal": 1,
        "lifecycle": "active",
        "currentPhase": None,
        "discoveredDirectives": None,
        "discoveredDirectories": None,
        "metadata": {"a": 1},
        "createdAt": NOW,
        "finishedAt": None,
    }


def test_mode_inside_the_arguments_is_data(db: Caller) -> None:
    assert db("effort.start", taskId=db.task(), skill="s", mode="queue")["mode"] == "queue"


def test_ordinals_count_within_the_task_and_finished_efforts_too(db: Caller) -> None:
    one, two = db.task(), db.task()
    assert [db("effort.start", taskId=one, skill="s")["ordinal"] for _ in range(3)] == [1, 2, 3]
    db("effort.finish", effortId=db("effort.list", taskId=one)[2]["id"])
    assert db("effort.start", taskId=two, skill="s")["ordinal"] == 1
    assert db("effort.start", taskId=one, skill="s")["ordinal"] == 4


def test_a_refused_start_uses_up_no_ordinal(db: Caller) -> None:
    task = db.task()
    db.effort(task)
    assert db.code("effort.start", taskId=task, skill="") == "VALIDATION_ERROR"
    assert db.refusal("effort.start", taskId="nowhere", skill="s") == {
        "code": "TASK_NOT_FOUND",
        "message": "Task nowhere not found",
        "details": None,
    }
    assert db("effort.start", taskId=task, skill="s")["ordinal"] == 2


@pytest.mark.parametrize(
    "metadata",
    [{}, {"snake_key": 1, "MixedCase": {"inner_key": None}, "none": None}, {"z": 1, "a": [1.0, "é 🎉", {"": ""}]}],
)
def test_metadata_is_kept_as_it_is(db: Caller, metadata: dict[str, Any]) -> None:
    effort = db("effort.start", taskId=db.task(), skill="s", metadata=metadata)
    assert repr(effort["metadata"]) == repr(metadata)
    assert repr(db("effort.getMetadata", id=effort["id"])) == repr(metadata)


def test_list_is_the_whole_task_by_ordinal(db: Caller) -> None:
    task = db.task()
    efforts = [db.effort(task) for _ in range(3)]
    db.effort()
    db("effort.finish", effortId=efforts[0])
    rows = db("effort.list", taskId=task)
    assert [(row["id"], row["ordinal"]) for row in rows] == [(id, ordinal) for ordinal, id in enumerate(efforts, 1)]
    assert [row["lifecycle"] for row in rows] == ["finished", "active", "active"]
    assert db("effort.list", taskId="nowhere") == []
    assert db("effort.list", taskId="") == []


def test_finish_ends_the_effort_once(db: Caller, clock: FakeClock) -> None:
    effort = db.effort()
    before = db("effort.get", id=effort)
    clock.advance(1)
    finished = db("effort.finish", effortId=effort)
    assert finished == before | {"lifecycle": "finished", "finishedAt": "2025-06-15T15:06:40.001Z"}
    clock.advance(1)
    assert db.refusal("effort.finish", effortId=effort) == {
        "code": "ALREADY_FINISHED",
        "message": f"Effort {effort} is already finished",
        "details": None,
    }
    assert db("effort.get", id=effort) == finished
    assert db.refusal("effort.finish", effortId=0)["message"] == "Effort 0 not found"


def test_keywords_of_finish_replace_those_of_the_task(db: Caller) -> None:
    task = db.task()

    def keywords_after(**args: Any) -> str | None:
        db("effort.finish", effortId=db.effort(task), **args)
        return db("task.find", dirPath=task)["keywords"]

    assert keywords_after() is None
    assert keywords_after(keywords="one, two") == "one, two"
    assert keywords_after(keywords="") == "one, two"
    assert keywords_after() == "one, two"
    assert keywords_after(keywords=" ") == " "


def test_a_refused_finish_leaves_the_keywords(db: Caller) -> None:
    task = db.task()
    effort = db.effort(task)
    db("effort.finish", effortId=effort, keywords="first")
    assert db.code("effort.finish", effortId=effort, keywords="second") == "ALREADY_FINISHED"
    assert db("task.find", dirPath=task)["keywords"] == "first"


def test_finish_leaves_sessions_open(db: Caller) -> None:
    effort = db.effort()
    session = db.session(effort)
    db("effort.finish", effortId=effort)
    assert db("session.find", effortId=effort)["id"] == session


def test_get_answers_the_row_or_null(db: Caller) -> None:
    effort = db("effort.start", taskId=db.task(), skill="s")
    assert db("effort.get", id=effort["id"]) == effort
    assert db("effort.get", id=effort["id"] + 1) is None
    assert db("effort.getMetadata", id=effort["id"]) is None
    assert db("effort.getMetadata", id=0) is None


@pytest.mark.parametrize(
    ("before", "args", "after"),
    [
        (None, {}, None),
        ({"a": 1}, {}, {"a": 1}),
        (None, {"remove": []}, {}),
        (None, {"set": {}}, {}),
        (None, {"remove": ["a"], "set": {"b": None}}, {"b": None}),
        ({"a": 1, "b": 2}, {"remove": ["a", "missing"]}, {"b": 2}),
        ({"a": 1, "b": 2}, {"remove": ["a"], "set": {"a": 3}}, {"b": 2, "a": 3}),
        ({"a": {"b": 1}, "a.b": 2}, {"remove": ["a.b"]}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"set": {"a.b": 2, "": 0}}, {"a": {"b": 1}, "a.b": 2, "": 0}),
        ({"a": {"b": 1}}, {"set": {"a": {"c": 2}}}, {"a": {"c": 2}}),
    ],
)
def test_update_metadata_drops_then_sets(db: Caller, before: Any, args: dict[str, Any], after: Any) -> None:
    given = {} if before is None else {"metadata": before}
    effort = db.effort(**given)
    assert repr(db("effort.updateMetadata", id=effort, **args)) == repr(after)
    assert repr(db("effort.getMetadata", id=effort)) == repr(after)


def test_update_metadata_needs_the_effort(db: Caller) -> None:
    assert db.code("effort.updateMetadata", id=0) == "NOT_FOUND"
    assert db.code("effort.updateMetadata", id=0, set={"a": 1}) == "NOT_FOUND"


def test_update_metadata_takes_finished_efforts(db: Caller) -> None:
    effort = db.effort()
    db("effort.finish", effortId=effort)
    assert db("effort.updateMetadata", id=effort, set={"a": 1}) == {"a": 1}


def test_find_active_prefers_the_agents_own_effort(db: Caller) -> None:
    project = db.project()
    task, other_task = db.task(projectId=project), db.task(projectId=project)
    own, newest = db.effort(task), db.effort(other_task)
    db("agents.register", id="agent", effortId=own)
    found = db("effort.findActive", projectId=project, agentId="agent")
    assert found == {"effort": db("effort.get", id=own), "taskDir": task}
    for args in ({}, {"agentId": "nobody"}, {"agentId": ""}):
        found = db("effort.findActive", projectId=project, **args)
        assert found == {"effort": db("effort.get", id=newest), "taskDir": other_task}
    db("effort.finish", effortId=own)
    assert db("effort.findActive", projectId=project, agentId="agent")["effort"]["id"] == newest


def test_find_active_stays_in_the_project(db: Caller) -> None:
    here, there = db.project(), db.project()
    elsewhere = db.effort(db.task(projectId=there))
    db("agents.register", id="agent", effortId=elsewhere)
    assert db("effort.findActive", projectId=here, agentId="agent") == {"effort": None, "taskDir": None}
    effort = db.effort(db.task(projectId=here))
    assert db("effort.findActive", projectId=here, agentId="agent")["effort"]["id"] == effort
    db("effort.finish", effortId=effort)
    assert db("effort.findActive", projectId=here) == {"effort": None, "taskDir": None}


def test_history_is_the_moves_oldest_first(db: Caller, clock: FakeClock) -> None:
    effort, other = db.effort(), db.effort()
    db("effort.phase", effortId=effort, phase="1: A", proof={"k": [None]}, reason="r")
    clock.advance(1)
    db("effort.phase", effortId=effort, phase="2: B", reason="")
    db("effort.phase", effortId=other, phase="9: Z", proof={})
    rows = db("effort.history", effortId=effort)
    ids = [row["id"] for row in rows]
    assert ids == sorted(ids)
    assert rows == [
        {
            "id": ids[0],
            "effortId": effort,
            "phaseLabel": "1: A",
            "proof": {"k": [None]},
            "reason": "r",
            "createdAt": NOW,
        },
        {
            "id": ids[1],
            "effortId": effort,
            "phaseLabel": "2: B",
            "proof": None,
            "reason": None,
            "createdAt": "2025-06-15T15:06:40.001Z",
        },
    ]
    assert db("effort.history", effortId=other)[0]["proof"] == {}
    assert db("effort.history", effortId=0) == []
