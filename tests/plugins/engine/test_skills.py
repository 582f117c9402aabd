"""``db.skills.*``."""

from __future__ import annotations

from typing import Any

import pytest

from bus.testing import FakeClock
from tests.plugins.engine.caller import Caller, declare

JSON_FIELDS = ["phases", "modes", "templates", "cmdDependencies", "nextSkills", "directives"]
ROW = ["id", "projectId", "name", *JSON_FIELDS, "updatedAt"]


def test_a_new_skill_is_the_whole_row(db: Caller) -> None:
    project = db.project()
    row = db("skills.upsert", projectId=project, name="implement", phases=declare("0: Setup"), nextSkills=["/test"])
    assert list(row) == [*ROW, "version", "description"]
    given = {"projectId": project, "name": "implement", "phases": declare("0: Setup"), "nextSkills": ["/test"]}
    assert row == dict.fromkeys(row) | {"id": row["id"], "updatedAt": "2025-06-15T15:06:40.000Z"} | given


@pytest.mark.parametrize("field", JSON_FIELDS[1:])
def test_any_json_value_is_kept_as_it_is(db: Caller, field: str) -> None:
    project = db.project()
    nested = {"b": {"snake_key": None, "MixedCase": [1, 1.0, True]}, "a": "é 🎉"}
    for value in (False, 0, "", [], {}, 1.5, -(2**63), nested, "null", "1"):
        assert repr(db("skills.upsert", projectId=project, name="s", **{field: value})[field]) == repr(value)
        assert repr(db("skills.get", projectId=project, name="s")[field]) == repr(value)


def test_what_is_left_out_or_null_keeps_what_is_stored(db: Caller, clock: FakeClock) -> None:
    project = db.project()
    values: dict[str, Any] = {field: {"old": field} for field in JSON_FIELDS} | {"phases": declare("0: Setup")}
    first = db("skills.upsert", projectId=project, name="s", **values, version="1", description="D")
    clock.advance(1000)
    expected = first | {"updatedAt": "2025-06-15T15:06:41.000Z"}
    assert db("skills.upsert", projectId=project, name="s") == expected
    assert db("skills.upsert", projectId=project, name="s", **dict.fromkeys(JSON_FIELDS)) == expected


@pytest.mark.parametrize("field", JSON_FIELDS)
def test_what_is_given_replaces_the_whole_value(db: Caller, field: str) -> None:
    project = db.project()
    db("skills.upsert", projectId=project, name="s", **{field: declare("0: Setup", "1: Build")})
    assert db("skills.upsert", projectId=project, name="s", **{field: declare("1: Build")})[field] == declare(
        "1: Build"
    )
    assert db("skills.upsert", projectId=project, name="s", **{field: []})[field] == []


@pytest.mark.parametrize(
    ("phases", "fields"),
    [
        ("0: Setup", {"phases"}),
        ({"label": "0", "name": "Setup"}, {"phases"}),
        (False, {"phases"}),
        (["0: Setup"], {"phases.0"}),
        ([{"label": "0", "name": "Setup"}, None], {"phases.1"}),
        ([{"label": "0"}], {"phases.0.name"}),
        ([{"label": "", "name": ""}], {"phases.0.label", "phases.0.name"}),
        ([{"label": 0, "name": "Setup"}], {"phases.0.label"}),
        ([{"label": "0", "name": None}], {"phases.0.name"}),
    ],
)
def test_phases_are_objects_with_label_and_name(db: Caller, phases: Any, fields: set[str]) -> None:
    project = db.project()
    for version in (1, 2):
        error = db.refusal(f"skills.upsert@{version}", projectId=project, name="s", phases=phases)
        assert error["code"] == "VALIDATION_ERROR"
        assert set(error["details"]["fields"]) == fields
    assert db("skills.get", projectId=project, name="s") is None


def test_phases_keep_their_further_members(db: Caller) -> None:
    phases = [{"name": "Setup", "gate": {"tests": True}, "label": "0"}]
    row = db("skills.upsert", projectId=db.project(), name="s", phases=phases)
    assert repr(row["phases"]) == repr(phases)


def test_names_are_unique_within_a_project_only(db: Caller) -> None:
    one, two = db.project(), db.project()
    first = db.skill(one, "0: One")
    second = db.skill(two, "0: Two")
    assert first["id"] != second["id"]
    assert db("skills.get", projectId=one, name="implement")["phases"] == declare("0: One")
    assert db("skills.get", projectId=two, name="implement")["phases"] == declare("0: Two")


def test_an_unknown_project_is_refused(db: Caller) -> None:
    assert db.refusal("skills.upsert", projectId=-1, name="s")["message"] == "Project -1 not found"
    assert db.code("skills.upsert", projectId=0, name="s") == "NOT_FOUND"


def test_get_answers_null_for_an_unknown_skill_or_project(db: Caller) -> None:
    project = db.project()
    db.skill(project)
    assert db("skills.get", projectId=project, name="Implement") is None
    assert db("skills.get", projectId=project, name="") is None
    assert db("skills.get", projectId=project + 1, name="implement") is None


def test_list_is_by_name(db: Caller) -> None:
    project = db.project()
    for name in ("b", "B", "é", "a", "_", "ab", "a b"):
        db.skill(project, name=name)
    db.skill(db.project(), name="elsewhere")
    assert [skill["name"] for skill in db("skills.list", projectId=project)] == ["B", "_", "a", "a b", "ab", "b", "é"]
    assert db("skills.list", projectId=0) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["100% done", "Build_It", "BUILDER", "_", "build", "É"]),
        ("build", ["Build_It", "BUILDER", "build"]),
        ("BUILD", ["Build_It", "BUILDER", "build"]),
        ("%", ["100% done"]),
        ("_", ["Build_It", "_"]),
        ("\\", []),
        ("é", []),  # only A to Z fold
        ("É", ["É"]),
        ("x" * 100_000, []),
    ],
)
def test_find_looks_for_the_query_anywhere_in_the_name(db: Caller, query: str, names: list[str]) -> None:
    project = db.project()
    for name in ("build", "Build_It", "BUILDER", "100% done", "_", "É"):
        db.skill(project, name=name)
    assert [skill["name"] for skill in db("skills.find", projectId=project, query=query)] == sorted(names)


def test_delete_says_whether_there_was_anything(db: Caller) -> None:
    project = db.project()
    first = db.skill(project)
    assert db("skills.delete", projectId=project, name="other") is False
    assert db("skills.delete", projectId=project, name="implement") is True
    assert db("skills.delete", projectId=project, name="implement") is False
    assert db("skills.get", projectId=project, name="implement") is None
    assert db.skill(project)["id"] > first["id"]


def test_version_and_description_show_in_version_two_of_upsert_alone(db: Caller) -> None:
    project = db.project()
    row = db("skills.upsert", projectId=project, name="s", version="2.0", description="D")
    assert (row["version"], row["description"]) == ("2.0", "D")
    row = db("skills.upsert", projectId=project, name="s", description="")
    assert (row["version"], row["description"]) == ("2.0", "")
    args = {"projectId": project, "name": "s", "version": "ignored", "modes": [1]}
    answer = db.bus.call("db.skills.upsert", args, version=1)
    assert answer.ok
    assert answer.version == 1
    assert answer.data is not None
    assert list(answer.data["skill"]) == ROW
    assert list(db("skills.get", projectId=project, name="s")) == ROW
    assert [list(skill) for skill in db("skills.list", projectId=project)] == [ROW]
    assert [list(skill) for skill in db("skills.find", projectId=project, query="")] == [ROW]
    assert db("skills.upsert", projectId=project, name="s")["version"] == "2.0"
