"""``db.effort.phase`` on the database. Which move is allowed is proved in test_phase_rules.py."""

from __future__ import annotations

from typing import Any

import pytest

from bus.testing import FakeClock
from tests.plugins.engine.caller import PHASES, Caller, declare, texts

LATER = "2025-06-15T15:06:41.000Z"


def phases_of(db: Caller, effort: int) -> list[str]:
    """The phases cached for the skill of an effort, as texts."""
    row = db("effort.get", id=effort)
    project = db("task.find", dirPath=row["taskId"])["projectId"]
    return texts(db("skills.get", projectId=project, name=row["skill"])["phases"])


def test_a_move_answers_the_effort_and_its_open_session(db: Caller, clock: FakeClock) -> None:
    effort = db.effort_in()
    before = db("effort.get", id=effort)
    ended = db.session(effort)
    session = db.session(effort)
    db("session.heartbeat", sessionId=session)
    clock.advance(1000)
    answer = db("effort.phase", effortId=effort, phase="0: Setup")
    assert answer["effort"] == before | {"currentPhase": "0: Setup"} == db("effort.get", id=effort)
    assert answer["session"] == db("session.find", effortId=effort)
    assert answer["session"]["id"] == session
    assert (answer["session"]["heartbeatCounter"], answer["session"]["lastHeartbeat"]) == (0, LATER)
    assert db("session.get", id=ended)["lastHeartbeat"] != LATER


def test_without_an_open_session_the_answer_has_none(db: Caller) -> None:
    effort = db.effort_in()
    assert db("effort.phase", effortId=effort, phase="0: Setup")["session"] is None
    db("session.finish", sessionId=db.session(effort))
    assert db("effort.phase", effortId=effort, phase="1: Ask")["session"] is None
    assert db("effort.phase", effortId=effort, phase="1: Ask")["session"] is None


@pytest.mark.parametrize(
    ("current", "target", "expected"),
    [
        (None, "0: Setup", None),
        (None, "1: Ask", "0: Setup"),
        ("0: Setup", "1: Ask", None),
        ("3: Build", "3.A: Build Loop", None),
        ("0: Setup", "2: Plan", "1: Ask"),
        ("2: Plan", "0: Setup", "3: Build"),
        ("3: Build", "4: Test", None),
        ("3.A: Build Loop", "4: Test", None),
        ("4: Test", "1: Ask", "(end)"),
    ],
)
def test_declared_phases_go_one_by_one(db: Caller, current: str | None, target: str, expected: str | None) -> None:
    effort = db.effort_in(current)
    if expected is None:
        assert db("effort.phase", effortId=effort, phase=target)["effort"]["currentPhase"] == target
        return
    assert db.refusal("effort.phase", effortId=effort, phase=target) == {
        "code": "PHASE_NOT_SEQUENTIAL",
        "message": f"Expected '{expected}', got '{target}'; give a reason for a non-sequential step",
        "details": {"expected": expected, "actual": target},
    }
    assert db.code("effort.phase", effortId=effort, phase=target, reason="") == "PHASE_NOT_SEQUENTIAL"
    assert db("effort.phase", effortId=effort, phase=target, reason=" ")["effort"]["currentPhase"] == target


@pytest.mark.parametrize(
    ("current", "target", "expected"),
    [
        (None, "9.A: X", [*PHASES, "9.A: X"]),
        ("3: Build", "3.B: X", [*PHASES[:5], "3.B: X", PHASES[5]]),
    ],
)
def test_an_append_goes_into_the_skill(
    db: Caller, clock: FakeClock, current: str | None, target: str, expected: list[str]
) -> None:
    effort = db.effort_in(current)
    clock.advance(1000)
    assert db("effort.phase", effortId=effort, phase=target)["effort"]["currentPhase"] == target
    assert phases_of(db, effort) == expected
    project = db("task.find", dirPath=db("effort.get", id=effort)["taskId"])["projectId"]
    assert db("skills.get", projectId=project, name="implement")["updatedAt"] == LATER


@pytest.mark.parametrize(
    ("current", "target"),
    [("3: Build", "4.A: X"), ("3: Build", "9: X"), ("3.A: Build Loop", "3.A: Other"), ("3: Build", "3.B:X")],
)
def test_an_unknown_phase_is_refused_with_a_reason_too(db: Caller, current: str, target: str) -> None:
    effort = db.effort_in(current)
    error = db.refusal("effort.phase", effortId=effort, phase=target, reason="because")
    assert error["code"] == "UNKNOWN_PHASE"
    assert target in error["message"]
    assert error["details"] is None
    assert phases_of(db, effort) == PHASES


def test_after_an_append_the_next_major_step_is_open(db: Caller) -> None:
    effort = db.effort_in("3: Build")
    db("effort.phase", effortId=effort, phase="3.B: X")
    assert db("effort.phase", effortId=effort, phase="4: Test")["effort"]["currentPhase"] == "4: Test"


def test_an_append_is_seen_by_other_efforts_until_the_skill_is_cached_again(db: Caller) -> None:
    effort = db.effort_in("3: Build")
    db("effort.phase", effortId=effort, phase="3.B: X")
    task = db("effort.get", id=effort)["taskId"]
    second = db.effort(task)
    db("effort.phase", effortId=second, phase="3.A: Build Loop", reason="to begin with")
    assert db("effort.phase", effortId=second, phase="3.B: X")["effort"]["currentPhase"] == "3.B: X"
    assert "3.B: X" in phases_of(db, second)
    db.skill(db("task.find", dirPath=task)["projectId"])
    assert phases_of(db, second) == PHASES


def test_the_same_phase_again_changes_nothing(db: Caller, clock: FakeClock) -> None:
    effort = db.effort_in("0: Setup")
    session = db.session(effort)
    db("session.heartbeat", sessionId=session)
    before = db("effort.get", id=effort), db("session.get", id=session), db("effort.history", effortId=effort)
    clock.advance(1000)
    answer = db("effort.phase", effortId=effort, phase="0: Setup", proof={"p": 1}, reason="again")
    assert answer == {"effort": before[0], "session": db("session.find", effortId=effort)}
    assert (db("effort.get", id=effort), db("session.get", id=session), db("effort.history", effortId=effort)) == before


def test_the_same_phase_again_needs_no_declaration(db: Caller) -> None:
    effort = db.effort_in("0: Setup")
    project = db("task.find", dirPath=db("effort.get", id=effort)["taskId"])["projectId"]
    db.skill(project, "7: Other")
    assert db("effort.phase", effortId=effort, phase="0: Setup")["effort"]["currentPhase"] == "0: Setup"


def test_a_refused_move_leaves_counter_and_history(db: Caller) -> None:
    effort = db.effort_in("0: Setup")
    session = db.session(effort)
    db("session.heartbeat", sessionId=session)
    history = db("effort.history", effortId=effort)
    assert db.code("effort.phase", effortId=effort, phase="4: Test") == "PHASE_NOT_SEQUENTIAL"
    assert db("session.get", id=session)["heartbeatCounter"] == 1
    assert db("effort.history", effortId=effort) == history


def test_only_sessions_of_the_effort_are_reset(db: Caller) -> None:
    one, two = db.effort_in(), db.effort_in()
    other = db.session(two)
    db.session(one)
    db("session.heartbeat", sessionId=other)
    db("effort.phase", effortId=one, phase="0: Setup")
    assert db("session.get", id=other)["heartbeatCounter"] == 1


def test_an_unknown_effort_and_a_finished_one_are_refused(db: Caller) -> None:
    assert db.refusal("effort.phase", effortId=0, phase="0: Setup")["message"] == "Effort 0 not found"
    effort = db.effort_in("0: Setup")
    db("effort.finish", effortId=effort)
    assert db.code("effort.phase", effortId=effort, phase="1: Ask") == "EFFORT_FINISHED"
    assert db.code("effort.phase", effortId=effort, phase="0: Setup") == "EFFORT_FINISHED"  # not the no-op


def test_an_uncached_skill_accepts_every_phase(db: Caller) -> None:
    effort = db.effort()
    for phase in ("9: Nine", "anything", "1: One"):
        assert db("effort.phase", effortId=effort, phase=phase)["effort"]["currentPhase"] == phase


def test_a_skill_cached_later_begins_with_its_first_phase(db: Caller) -> None:
    project = db.project()
    effort = db.effort(db.task(projectId=project))
    db("effort.phase", effortId=effort, phase="9: Nine")
    db.skill(project)
    assert db.refusal("effort.phase", effortId=effort, phase="1: Ask")["details"]["expected"] == "0: Setup"
    assert db("effort.phase", effortId=effort, phase="0: Setup")["effort"]["currentPhase"] == "0: Setup"


def test_each_effort_follows_the_skill_of_its_own_project(db: Caller) -> None:
    one, two = db.project(), db.project()
    db.skill(one, "0: One")
    db.skill(two, "0: Two")
    effort = db.effort(db.task(projectId=two))
    assert db.code("effort.phase", effortId=effort, phase="0: One") == "UNKNOWN_PHASE"
    assert db("effort.phase", effortId=effort, phase="0: Two")["effort"]["currentPhase"] == "0: Two"


def test_a_moved_task_takes_the_skills_of_its_new_project(db: Caller) -> None:
    one, two = db.project(), db.project()
    db.skill(one, "0: One")
    db.skill(two, "0: Two")
    task = db.task(projectId=one)
    effort = db.effort(task)
    db("task.upsert", dirPath=task, projectId=two)
    assert db("effort.phase", effortId=effort, phase="0: Two")["effort"]["currentPhase"] == "0: Two"


def test_metadata_declares_phases_where_the_skill_does_not(db: Caller) -> None:
    project = db.project()
    db("skills.upsert", projectId=project, name="implement", modes=["tdd"])
    effort = db.effort(db.task(projectId=project), metadata={"phases": declare("0: M", "1: N"), "other": 1})
    assert db.refusal("effort.phase", effortId=effort, phase="1: N")["details"]["expected"] == "0: M"
    db("effort.phase", effortId=effort, phase="0: M")
    answer = db("effort.phase", effortId=effort, phase="0.A: X")
    assert answer["effort"]["metadata"] == {"phases": declare("0: M", "0.A: X", "1: N"), "other": 1}
    assert db("skills.get", projectId=project, name="implement")["phases"] is None
    assert db("effort.getMetadata", id=effort) == answer["effort"]["metadata"]


def test_an_append_to_metadata_stays_with_its_effort(db: Caller) -> None:
    task = db.task()
    one, two = (db.effort(task, metadata={"phases": declare("0: M")}) for _ in range(2))
    db("effort.phase", effortId=one, phase="0.A: X")
    assert db("effort.getMetadata", id=two) == {"phases": declare("0: M")}


@pytest.mark.parametrize("phases", [[], None, "0: M", [{"label": "0"}], [1]])
def test_malformed_metadata_declares_nothing(db: Caller, phases: Any) -> None:
    effort = db.effort(metadata={"phases": phases})
    assert db("effort.phase", effortId=effort, phase="7: Any")["effort"]["metadata"] == {"phases": phases}


def test_an_empty_list_in_the_skill_shadows_metadata(db: Caller) -> None:
    project = db.project()
    db("skills.upsert", projectId=project, name="implement", phases=[])
    effort = db.effort(db.task(projectId=project), metadata={"phases": declare("0: M", "1: N")})
    assert db("effort.phase", effortId=effort, phase="1: N")["effort"]["currentPhase"] == "1: N"


def test_a_dropped_skill_declares_nothing(db: Caller) -> None:
    effort = db.effort_in("0: Setup")
    project = db("task.find", dirPath=db("effort.get", id=effort)["taskId"])["projectId"]
    db("skills.delete", projectId=project, name="implement")
    assert db("effort.phase", effortId=effort, phase="whatever")["effort"]["currentPhase"] == "whatever"
