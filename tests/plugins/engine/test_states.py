"""The state tables of efforts and sessions, and repeating a call with an idempotency key."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.plugins.engine.caller import Caller
from tests.plugins.engine.watching import content

if TYPE_CHECKING:
    from bus.application import Bus


def test_the_states_of_an_effort(db: Caller) -> None:
    active, finished = db.effort(), db.effort()
    task = db("effort.get", id=finished)["taskId"]
    db("effort.finish", effortId=finished)
    assert db.code("effort.phase", effortId=0, phase="p") == "NOT_FOUND"
    assert db.code("effort.finish", effortId=0) == "NOT_FOUND"
    assert db.code("session.start", taskId=task, effortId=0) == "NOT_FOUND"
    assert db("effort.phase", effortId=active, phase="p")["effort"]["lifecycle"] == "active"
    assert db("effort.finish", effortId=active)["lifecycle"] == "finished"
    assert db.code("effort.phase", effortId=finished, phase="p") == "EFFORT_FINISHED"
    assert db.code("effort.finish", effortId=finished) == "ALREADY_FINISHED"
    assert db("session.start", taskId=task, effortId=finished)["endedAt"] is None


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("effort.start", {"skill": "s"}),
        ("session.start", {}),
        ("session.heartbeat", {}),
        ("messages.append", {"role": "user", "content": "c"}),
    ],
)
def test_a_repeated_key_writes_once(bus: Bus, db: Caller, command: str, args: dict[str, Any]) -> None:
    effort = db.effort()
    task = db("effort.get", id=effort)["taskId"]
    session = db.session(effort)
    known: dict[str, Any] = {"taskId": task, "effortId": effort, "sessionId": session}
    first = bus.call(f"db.{command}", known | args, idempotency_key="k")
    after = content(bus)
    again = bus.call(f"db.{command}", known | args, idempotency_key="k")
    assert first.ok
    assert again.data == first.data
    assert content(bus) == after
    other = bus.call(
        f"db.{command}", known | args | {"pid": 1, "mode": "m", "toolName": "t", "more": 1}, idempotency_key="k"
    )
    assert other.code == "IDEMPOTENCY_CONFLICT"
    assert content(bus) == after


class EngineStates(RuleBasedStateMachine):
    """Efforts and sessions of one task against a model of dictionaries."""

    efforts: Bundle[int] = Bundle("efforts")
    sessions: Bundle[int] = Bundle("sessions")

    def __init__(self, db: Caller) -> None:
        super().__init__()
        self.db = db
        self.task = db.task()
        #: Effort -> whether it is finished, in the order of their ordinals.
        self.finished: dict[int, bool] = {}
        #: Session -> [effort, previous session, heartbeats, whether it has ended].
        self.runs: dict[int, list[Any]] = {}

    def open_run(self, effort: int) -> int | None:
        return next((run for run, (owner, _, _, ended) in self.runs.items() if owner == effort and not ended), None)

    @rule(target=efforts)
    def start_effort(self) -> int:
        row = self.db("effort.start", taskId=self.task, skill="s")
        self.finished[row["id"]] = False
        assert row["ordinal"] == len(self.finished)
        return row["id"]

    @rule(effort=efforts)
    def finish_effort(self, effort: int) -> None:
        if self.finished[effort]:
            assert self.db.code("effort.finish", effortId=effort) == "ALREADY_FINISHED"
        else:
            self.db("effort.finish", effortId=effort)
            self.finished[effort] = True

    @rule(effort=efforts, number=st.integers(0, 1))
    def move_effort(self, effort: int, number: int) -> None:
        text = f"{number}: P"
        if self.finished[effort]:
            assert self.db.code("effort.phase", effortId=effort, phase=text) == "EFFORT_FINISHED"
            return
        current = self.db("effort.get", id=effort)["currentPhase"]
        run = self.open_run(effort)
        answer = self.db("effort.phase", effortId=effort, phase=text)
        if run is not None and current != text:
            self.runs[run][2] = 0
        assert (answer["session"] or {"id": None})["id"] == run

    @rule(target=sessions, effort=efforts)
    def start_session(self, effort: int) -> int:
        previous = self.open_run(effort)
        row = self.db("session.start", taskId=self.task, effortId=effort)
        if previous is not None:
            self.runs[previous][3] = True
        self.runs[row["id"]] = [effort, previous, 0, False]
        return row["id"]

    @rule(session=sessions)
    def beat(self, session: int) -> None:
        self.runs[session][2] += 1
        assert self.db("session.heartbeat", sessionId=session)["heartbeatCounter"] == self.runs[session][2]

    @rule(session=sessions)
    def finish_session(self, session: int) -> None:
        if self.runs[session][3]:
            assert self.db.code("session.finish", sessionId=session) == "ALREADY_ENDED"
        else:
            self.db("session.finish", sessionId=session)
            self.runs[session][3] = True

    @invariant()
    def the_rows_are_those_of_the_model(self) -> None:
        rows = self.db("effort.list", taskId=self.task)
        assert [(row["id"], row["lifecycle"] == "finished") for row in rows] == list(self.finished.items())
        for session, expected in self.runs.items():
            row = self.db("session.get", id=session)
            found = [row["effortId"], row["prevSessionId"], row["heartbeatCounter"], row["endedAt"] is not None]
            assert found == expected
        for effort in self.finished:
            found = self.db("session.find", effortId=effort)
            assert (None if found is None else found["id"]) == self.open_run(effort)


def test_any_sequence_of_calls_goes_as_in_the_model(db: Caller) -> None:
    machine: Any = functools.partial(EngineStates, db)
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=25))
