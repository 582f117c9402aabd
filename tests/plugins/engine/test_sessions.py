"""``db.session.*``."""

from __future__ import annotations

import pytest

from bus.testing import FakeClock
from tests.plugins.engine.caller import Caller

NOW, LATER = "2025-06-15T15:06:40.000Z", "2025-06-15T15:06:41.000Z"


def test_a_new_session_is_the_whole_row(db: Caller) -> None:
    effort = db.effort()
    task = db("effort.get", id=effort)["taskId"]
    row = db("session.start", taskId=task, effortId=effort, pid=-(2**63))
    assert row == {
        "id": row["id"],
        "taskId": task,
        "effortId": effort,
        "prevSessionId": None,
        "pid": -(2**63),
        "heartbeatCounter": 0,
        "lastHeartbeat": NOW,
        "contextUsage": None,
        "loadedFiles": None,
        "dehydrationPayload": None,
        "createdAt": NOW,
        "endedAt": None,
    }


def test_a_new_session_ends_the_open_one_and_links_to_it(db: Caller, clock: FakeClock) -> None:
    effort = db.effort()
    first = db.session(effort, pid=1)
    db("session.heartbeat", sessionId=first)
    before = db("session.get", id=first)
    clock.advance(1000)
    second = db.session(effort)
    assert db("session.get", id=first) == before | {"endedAt": LATER}
    assert db("session.get", id=second)["prevSessionId"] == first
    assert db("session.find", effortId=effort)["id"] == second
    assert db.code("session.finish", sessionId=first, dehydrationPayload={"a": 1}) == "ALREADY_ENDED"
    assert db("session.get", id=first)["dehydrationPayload"] is None


def test_after_a_finished_session_there_is_no_link(db: Caller) -> None:
    effort = db.effort()
    db("session.finish", sessionId=db.session(effort))
    assert db("session.get", id=db.session(effort))["prevSessionId"] is None


def test_a_given_previous_session_wins_and_the_open_one_ends_all_the_same(db: Caller) -> None:
    effort = db.effort()
    elsewhere, active = db.session(), db.session(effort)
    session = db.session(effort, prevSessionId=elsewhere)
    assert db("session.get", id=session)["prevSessionId"] == elsewhere
    assert db("session.get", id=active)["endedAt"] == NOW
    assert db("session.get", id=elsewhere)["endedAt"] is None


def test_other_efforts_keep_their_sessions(db: Caller) -> None:
    task = db.task()
    one, two = db.effort(task), db.effort(task)
    session = db.session(one)
    db.session(two)
    assert db("session.find", effortId=one)["id"] == session


def test_a_finished_effort_may_get_a_session(db: Caller) -> None:
    effort = db.effort()
    db("effort.finish", effortId=effort)
    assert db("session.get", id=db.session(effort))["endedAt"] is None


def test_start_names_what_is_missing_in_order(db: Caller) -> None:
    effort, other_task = db.effort(), db.task()
    task = db("effort.get", id=effort)["taskId"]
    active = db.session(effort)

    def code(**args: object) -> str:
        return db.code("session.start", **({"taskId": task, "effortId": effort} | args))

    assert code(taskId="nowhere") == "TASK_NOT_FOUND"
    assert code(taskId="nowhere", effortId=0, prevSessionId=0) == "TASK_NOT_FOUND"
    assert code(effortId=0) == "NOT_FOUND"
    assert code(taskId=other_task) == "NOT_FOUND"
    assert code(prevSessionId=0) == "NOT_FOUND"
    assert (
        db.refusal("session.start", taskId=task, effortId=effort, prevSessionId=0)["message"] == "Session 0 not found"
    )
    assert db("session.find", effortId=effort)["id"] == active


def test_find_answers_the_open_session_or_null(db: Caller) -> None:
    effort = db.effort()
    assert db("session.find", effortId=effort) is None
    session = db.session(effort)
    found = db("session.find", effortId=effort)
    assert found["id"] == session
    assert "transcriptPath" not in found
    db("session.finish", sessionId=session)
    assert db("session.find", effortId=effort) is None
    assert db("session.find", effortId=0) is None


def test_a_heartbeat_counts_and_tells_the_time(db: Caller, clock: FakeClock) -> None:
    session = db.session()
    before = db("session.find", effortId=db("session.get", id=session)["effortId"])
    clock.advance(1000)
    assert db("session.heartbeat", sessionId=session) == before | {"heartbeatCounter": 1, "lastHeartbeat": LATER}
    assert db("session.heartbeat", sessionId=session, action="increment")["heartbeatCounter"] == 2
    assert db("session.heartbeat@1", sessionId=session)["heartbeatCounter"] == 3


def test_a_heartbeat_of_version_two_may_reset(db: Caller, clock: FakeClock) -> None:
    session = db.session()
    db("session.heartbeat", sessionId=session)
    clock.advance(1000)
    row = db("session.heartbeat", sessionId=session, action="reset")
    assert (row["heartbeatCounter"], row["lastHeartbeat"]) == (0, LATER)
    for action in ("RESET", "", "decrement"):
        assert db.bad_fields("session.heartbeat", sessionId=session, action=action) == {"action"}


def test_version_one_of_heartbeat_ignores_an_action(db: Caller) -> None:
    session = db.session()
    db("session.heartbeat", sessionId=session)
    assert db("session.heartbeat@1", sessionId=session, action="reset")["heartbeatCounter"] == 2


@pytest.mark.parametrize("usage", [0, 0.0, 0.42, 1, 1.5, -3, 1e308, 5e-324, 10**30, 2**53 + 1])
def test_context_usage_is_stored_as_given(db: Caller, usage: float) -> None:
    session = db.session()
    before = db("session.get", id=session)
    row = db("session.updateContextUsage", sessionId=session, usage=usage)
    assert row["contextUsage"] == float(usage)
    assert db("session.get", id=session) == before | {"contextUsage": float(usage)}


@pytest.mark.parametrize("files", [[], ["b", "a", "b"], ["", "/no/such/file", "é 🎉"]])
def test_loaded_files_replace_the_list(db: Caller, files: list[str]) -> None:
    session = db.session()
    db("session.updateLoadedFiles", sessionId=session, files=["old"])
    before = db("session.get", id=session)
    assert db("session.updateLoadedFiles", sessionId=session, files=files)["loadedFiles"] == files
    assert db("session.get", id=session) == before | {"loadedFiles": files}


def test_an_ended_session_is_still_updated_and_stays_ended(db: Caller, clock: FakeClock) -> None:
    session = db.session()
    db("session.finish", sessionId=session)
    clock.advance(1000)
    for command, args in (
        ("heartbeat", {}),
        ("updateContextUsage", {"usage": 0.5}),
        ("updateLoadedFiles", {"files": ["a"]}),
    ):
        assert db(f"session.{command}", sessionId=session, **args)["endedAt"] == NOW
    row = db("session.get", id=session)
    assert (row["heartbeatCounter"], row["contextUsage"], row["loadedFiles"]) == (1, 0.5, ["a"])


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("session.heartbeat", {}),
        ("session.updateContextUsage", {"usage": 1}),
        ("session.updateLoadedFiles", {"files": []}),
        ("session.finish", {}),
    ],
)
def test_an_unknown_session_is_not_found(db: Caller, command: str, args: dict[str, object]) -> None:
    for session in (0, -1, 2**63 - 1):
        assert db.refusal(command, sessionId=session, **args) == {
            "code": "NOT_FOUND",
            "message": f"Session {session} not found",
            "details": None,
        }


def test_finish_ends_the_session_once(db: Caller, clock: FakeClock) -> None:
    session = db.session()
    row = db("session.finish", sessionId=session, dehydrationPayload={"MixedCase": {"b": None}})
    assert row["endedAt"] == NOW
    assert row["dehydrationPayload"] == {"MixedCase": {"b": None}}
    clock.advance(1000)
    assert db.refusal("session.finish", sessionId=session, dehydrationPayload={"second": 1}) == {
        "code": "ALREADY_ENDED",
        "message": f"Session {session} has already ended",
        "details": None,
    }
    assert db("session.get", id=session)["dehydrationPayload"] == row["dehydrationPayload"]
    assert db("session.get", id=session)["endedAt"] == NOW


def test_the_payload_is_null_unless_given_and_may_be_empty(db: Caller) -> None:
    assert db("session.finish", sessionId=db.session())["dehydrationPayload"] is None
    assert db("session.finish", sessionId=db.session(), dehydrationPayload={})["dehydrationPayload"] == {}


def test_get_shows_ended_sessions_and_the_transcript(db: Caller) -> None:
    session = db.session()
    ended = db("session.finish", sessionId=session)
    assert db("session.get", id=session) == ended | {"transcriptPath": None, "transcriptOffset": 0}
    assert db("session.get", id=0) is None


def test_set_transcript_sets_what_is_given(db: Caller) -> None:
    session = db.session()

    def transcript(**args: object) -> tuple[object, object, object]:
        updated = db("session.setTranscript", sessionId=session, **args)
        row = db("session.get", id=session)
        return updated, row["transcriptPath"], row["transcriptOffset"]

    assert transcript() == (False, None, 0)
    assert transcript(transcriptPath="/t") == (True, "/t", 0)
    assert transcript(transcriptOffset=2**40) == (True, "/t", 2**40)
    assert transcript(transcriptPath="", transcriptOffset=0) == (True, "", 0)
    assert db("session.setTranscript", sessionId=0, transcriptPath="/t") is False


def test_stale_sessions_are_open_and_silent_for_longer(db: Caller, clock: FakeClock) -> None:
    old, ended, beating = db.session(), db.session(), db.session()
    db("session.finish", sessionId=ended)

    def stale(**args: int) -> list[int]:
        return [row["id"] for row in db("session.listStale", **args)]

    clock.advance(300_000)
    assert stale() == []  # as old as that is not older
    clock.advance(1)
    assert stale() == [old, beating]
    db("session.heartbeat", sessionId=beating)
    assert stale() == [old]
    assert stale(olderThanSeconds=0) == [old]
    clock.advance(1)
    assert stale(olderThanSeconds=0) == [old, beating]
    assert stale(olderThanSeconds=301) == []
    assert stale(olderThanSeconds=2**63 - 1) == []
    assert db.bad_fields("session.listStale", olderThanSeconds=-1) == {"olderThanSeconds"}
