"""Text round-trips through every argument that stores some, whatever it holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.engine.caller import Caller

TEXTS = [
    "'; DROP TABLE engine_projects; --",
    "\"quoted\" 'quoted' `quoted` [quoted]",
    "%s %(name)s %% :name ::text ? $1 {name} {}",
    "back\\slash \\n \\u0000",
    "line\nline\r\n\ttab\x7f\x01",
    " blanks outside ",
    "emoji 🎉 é e\N{COMBINING ACUTE ACCENT} \N{LINE SEPARATOR}\N{RIGHT-TO-LEFT OVERRIDE}\ufffe\ufeff",
    "null",
    "1",
    "x" * 70_000,
]

ROWS: list[tuple[str, list[str]]] = [
    ("project.upsert", ["path", "name"]),
    ("task.upsert", ["dirPath", "workspace", "title", "description", "keywords"]),
    ("skills.upsert", ["name", "version", "description", "modes", "directives"]),
    ("effort.start", ["skill", "mode"]),
    ("agents.register", ["id", "label", "claims", "targetedClaims", "manages", "parent", "status"]),
    ("messages.append", ["role", "content", "toolName"]),
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_text_in_a_row_comes_back(db: Caller, text: str) -> None:
    given: dict[str, dict[str, Any]] = {
        "task.upsert": {"projectId": db.project()},
        "skills.upsert": {"projectId": db.project()},
        "effort.start": {"taskId": db.task()},
        "messages.append": {"sessionId": db.session()},
    }
    for command, fields in ROWS:
        row = db(command, **given.get(command, {}), **dict.fromkeys(fields, text))
        assert {field: row[field] for field in fields} == dict.fromkeys(fields, text), command


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_text_inside_json_comes_back(db: Caller, text: str) -> None:
    value = {text: [text, {"a": {text: None}}]}
    effort = db.effort(metadata=value)
    assert db("effort.getMetadata", id=effort) == value
    assert db("effort.updateMetadata", id=effort, remove=[text], set={f"{text}!": text}) == {f"{text}!": text}
    session = db.session(effort)
    assert db("session.updateLoadedFiles", sessionId=session, files=[text, text])["loadedFiles"] == [text, text]
    assert db("session.finish", sessionId=session, dehydrationPayload=value)["dehydrationPayload"] == value


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_text_is_a_key_and_a_reference(db: Caller, text: str) -> None:
    project = db("project.upsert", path=text)["id"]
    assert db("project.find", path=text)["id"] == project
    db("task.upsert", dirPath=text, projectId=project)
    assert db("task.find", dirPath=text)["dirPath"] == text
    db("skills.upsert", projectId=project, name=text, phases=[])
    assert [skill["name"] for skill in db("skills.find", projectId=project, query=text)] == [text]
    effort = db("effort.start", taskId=text, skill=text)["id"]
    assert [row["taskId"] for row in db("effort.list", taskId=text)] == [text]
    db("effort.phase", effortId=effort, phase=text, reason=text, proof={text: text})
    (moved,) = db("effort.history", effortId=effort)
    assert (moved["phaseLabel"], moved["reason"], moved["proof"]) == (text, text, {text: text})
    session = db("session.start", taskId=text, effortId=effort)
    assert session["taskId"] == text
    db("session.setTranscript", sessionId=session["id"], transcriptPath=text)
    assert db("session.get", id=session["id"])["transcriptPath"] == text
    db("agents.register", id=text, effortId=effort)
    assert db("effort.findActive", projectId=project, agentId=text)["taskDir"] == text
    db("effort.finish", effortId=effort, keywords=text)
    assert db("task.find", dirPath=text)["keywords"] == text
    assert db("skills.delete", projectId=project, name=text) is True
