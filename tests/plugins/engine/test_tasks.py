"""``db.task.*``."""

from __future__ import annotations

from bus.testing import FakeClock
from tests.plugins.engine.caller import Caller

NOW = "2025-06-15T15:06:40.000Z"
TEXTS = ["workspace", "title", "description", "keywords"]


def test_a_new_task_is_the_whole_row(db: Caller) -> None:
    project = db.project()
    assert db("task.upsert", dirPath="sessions/a", projectId=project, title="T") == {
        "dirPath": "sessions/a",
        "projectId": project,
        "workspace": None,
        "title": "T",
        "description": None,
        "keywords": None,
        "createdAt": NOW,
    }


def test_an_update_replaces_what_is_given_and_keeps_the_rest(db: Caller, clock: FakeClock) -> None:
    project = db.project()
    first = db("task.upsert", dirPath="t", projectId=project, **{name: f"old {name}" for name in TEXTS})
    clock.advance(1000)
    assert db("task.upsert", dirPath="t", projectId=project) == first
    for name in TEXTS:
        first[name] = ""
        assert db("task.upsert", dirPath="t", projectId=project, **{name: ""}) == first


def test_another_project_takes_the_task_over(db: Caller) -> None:
    old, new = db.project(), db.project()
    db.task(dirPath="t", projectId=old, title="T")
    moved = db("task.upsert", dirPath="t", projectId=new)
    assert (moved["projectId"], moved["title"]) == (new, "T")
    assert [task["dirPath"] for task in db("task.list", projectId=new)] == ["t"]
    assert db("task.list", projectId=old) == []


def test_an_unknown_project_is_refused_on_insert_and_on_update(db: Caller) -> None:
    project = db.project()
    assert db.refusal("task.upsert", dirPath="t", projectId=project + 1) == {
        "code": "NOT_FOUND",
        "message": f"Project {project + 1} not found",
        "details": None,
    }
    assert db("task.find", dirPath="t") is None
    db.task(dirPath="t", projectId=project, title="T")
    assert db.code("task.upsert", dirPath="t", projectId=0, title="U") == "NOT_FOUND"
    assert db("task.find", dirPath="t")["title"] == "T"


def test_directory_paths_are_compared_exactly(db: Caller) -> None:
    project = db.project()
    for path in ("t", "T", "t/", " t"):
        assert db("task.upsert", dirPath=path, projectId=project)["dirPath"] == path
    assert len(db("task.list")) == 4


def test_find_adds_the_activity(db: Caller, clock: FakeClock) -> None:
    task = db.task()
    row = db("task.find", dirPath=task)
    assert (row["effortCount"], row["lastActivity"]) == (0, None)
    db("effort.finish", effortId=db.effort(task))
    clock.advance(1500)
    db.effort(task)
    row = db("task.find", dirPath=task)
    assert (row["effortCount"], row["lastActivity"]) == (2, "2025-06-15T15:06:41.500Z")
    assert db("task.find", dirPath="nowhere") is None


def test_the_list_begins_with_the_latest_activity(db: Caller, clock: FakeClock) -> None:
    project = db.project()
    for path in ("b", "a", "Z", "old", "tied 1", "tied 2"):
        db.task(dirPath=path, projectId=project)
    db.effort("old")
    clock.advance(1)
    db.effort("tied 2")
    db.effort("tied 1")
    expected = ["tied 1", "tied 2", "old", "Z", "a", "b"]
    assert [task["dirPath"] for task in db("task.list", projectId=project)] == expected
    db.effort("old")
    assert [task["dirPath"] for task in db("task.list", projectId=project)][:2] == ["old", "tied 1"]


def test_the_list_may_be_limited_and_spans_projects_unless_one_is_given(db: Caller) -> None:
    first, second = db.project(), db.project()
    db.task(dirPath="a", projectId=first)
    db.task(dirPath="b", projectId=second)
    assert [task["dirPath"] for task in db("task.list")] == ["a", "b"]
    assert [task["dirPath"] for task in db("task.list", limit=1)] == ["a"]
    assert [task["dirPath"] for task in db("task.list", projectId=second, limit=2**63 - 1)] == ["b"]
    assert db("task.list", projectId=0) == []
    for limit in (0, -1):
        assert db.bad_fields("task.list", limit=limit) == {"limit"}


def test_version_one_neither_takes_nor_changes_keywords(db: Caller) -> None:
    project = db.project()
    db("task.upsert", dirPath="t", projectId=project, keywords="kept")
    row = db("task.upsert@1", dirPath="t", projectId=project, keywords="ignored", title="T")
    assert (row["keywords"], row["title"]) == ("kept", "T")
