"""``db.agents.*`` and ``db.fleet.status``."""

from __future__ import annotations

import pytest

from tests.plugins.engine.caller import Caller

TEXTS = ["label", "claims", "targetedClaims", "manages", "parent", "status"]


def test_register_stores_the_whole_row(db: Caller) -> None:
    effort = db.effort()
    given = {name: f"a {name}" for name in TEXTS}
    row = db("agents.register", id="a", effortId=effort, **given)
    assert row == {"id": "a", "effortId": effort} | given
    assert list(row) == ["id", "label", "claims", "targetedClaims", "manages", "parent", "effortId", "status"]
    assert db("agents.get", id="a") == row


def test_register_again_replaces_the_whole_row(db: Caller) -> None:
    db("agents.register", id="a", effortId=db.effort(), **dict.fromkeys(TEXTS, "old"))
    row = db("agents.register", id="a", label="")
    assert row == dict.fromkeys(row) | {"id": "a", "label": ""}
    assert db("agents.list") == [row]


def test_register_needs_the_effort_it_names(db: Caller) -> None:
    db("agents.register", id="a", label="old")
    assert db.refusal("agents.register", id="a", effortId=0)["message"] == "Effort 0 not found"
    assert db("agents.get", id="a")["label"] == "old"
    assert db.bad_fields("agents.register", id="") == {"id"}


def test_get_answers_null_for_nobody(db: Caller) -> None:
    assert db("agents.get", id="nobody") is None
    assert db("agents.get", id="") is None


def test_list_is_by_id(db: Caller) -> None:
    for agent in ("b", "a", "B", "é", "a-b", "ab"):
        db("agents.register", id=agent)
    assert [row["id"] for row in db("agents.list")] == ["B", "a", "a-b", "ab", "b", "é"]


@pytest.mark.parametrize("status", ["working", "idle", "attention", "error", "done"])
def test_update_status_changes_the_status_alone(db: Caller, status: str) -> None:
    before = db("agents.register", id="a", label="L", effortId=db.effort())
    assert db("agents.updateStatus", id="a", status=status) == before | {"status": status}


def test_update_status_takes_five_words_and_known_agents(db: Caller) -> None:
    db("agents.register", id="a")
    for status in ("busy", "", "Working"):
        assert db.bad_fields("agents.updateStatus", id="a", status=status) == {"status"}
    assert db.refusal("agents.updateStatus", id="nobody", status="idle")["message"] == "Agent nobody not found"


def test_find_by_effort_answers_the_lowest_id(db: Caller) -> None:
    effort = db.effort()
    for agent in ("b", "a", "B"):
        db("agents.register", id=agent, effortId=effort)
    assert db("agents.findByEffort", effortId=effort)["id"] == "B"
    assert db("agents.findByEffort", effortId=0) is None


def test_the_fleet_is_every_agent_bound_to_an_effort(db: Caller) -> None:
    effort, silent = db.effort_in("0: Setup"), db.effort()
    db("agents.register", id="b", effortId=silent, label="quiet")
    db("agents.register", id="a", effortId=effort)
    db("agents.register", id="free")
    db.session(effort)
    session = db.session(effort)
    db("session.heartbeat", sessionId=session)
    db("session.updateContextUsage", sessionId=session, usage=0.25)
    assert db("fleet.status") == [
        {
            "agent": "a",
            "label": None,
            "skill": "implement",
            "currentPhase": "0: Setup",
            "heartbeatCounter": 1,
            "contextUsage": 0.25,
        },
        {
            "agent": "b",
            "label": "quiet",
            "skill": "implement",
            "currentPhase": None,
            "heartbeatCounter": None,
            "contextUsage": None,
        },
    ]
    db("session.finish", sessionId=session)
    assert [row["heartbeatCounter"] for row in db("fleet.status")] == [None, None]
