"""P4 and P5: a refused call runs no statement that writes, changes nothing, and says why with a code of its own."""

from __future__ import annotations

import inspect
import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bus.contract import READ
from bus.errors import BusError, Refusal
from bus.testing import FakeClock
from contracts.engine import errors
from plugins.engine import engine
from plugins.engine.tables import efforts, skills
from tests.plugins.engine.caller import Caller, declare, texts
from tests.plugins.engine.samples import World, accepted, refused
from tests.plugins.engine.watching import Outsider, content, watched

if TYPE_CHECKING:
    from bus.application import Bus

#: Promised by foreign keys: an effort has its task.
UNREACHABLE = {("db.effort.phase", 1, "TASK_NOT_FOUND")}


def test_every_refusal_of_every_contract_has_a_sample(db: Caller) -> None:
    newest = {
        contract.name: max(c.version for c in engine.contracts if c.name == contract.name)
        for contract in engine.contracts
    }
    declared = {(c.name, c.version, error.code) for c in engine.contracts for error in c.errors}
    sampled = {(name := f"db.{call.command}", call.version or newest[name], call.code) for call in refused(World(db))}
    assert sampled == declared - UNREACHABLE


def test_every_command_in_every_version_has_a_sample(db: Caller) -> None:
    sampled = {f"db.{call.command}" for call in accepted(World(db))}
    assert sampled == {contract.name for contract in engine.contracts}


def test_a_refused_call_writes_nothing(bus: Bus, db: Caller, clock: FakeClock) -> None:
    world = World(db)
    clock.advance(1000)
    before = content(bus)
    for call in refused(world):
        statements: list[str] = []
        with watched(bus, "before", statements.append):
            envelope = call.on(bus)
        assert envelope.code == call.code, call.name
        assert statements == [], call.name
        assert content(bus) == before, call.name


def test_a_read_writes_nothing(bus: Bus, db: Caller) -> None:
    reads = {contract.name.removeprefix("db.") for contract in engine.contracts if contract.effect is READ}
    world = World(db)
    before = content(bus)
    statements: list[str] = []
    with watched(bus, "before", statements.append):
        seen = {call.command for call in accepted(world) if call.command in reads and call.on(bus).ok}
    assert seen == reads
    assert statements == []
    assert content(bus) == before


def test_invalid_arguments_go_before_the_guards_and_write_nothing(bus: Bus, db: Caller) -> None:
    world = World(db)
    before = content(bus)
    for call in refused(world):
        call.args = {name: ["bad"] if name != "messages" else "bad" for name in call.args}
        envelope = call.on(bus)
        assert envelope.code == "VALIDATION_ERROR", call.name
        assert envelope.error is not None
        paths = {path.partition(".")[0] for path in envelope.error["details"]["fields"]}
        assert paths == set(call.args) - {"files", "remove"}, call.name
    assert content(bus) == before


def test_handlers_answer_only_descriptive_codes() -> None:
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Refusal)]
    codes = {kind.code for kind in classes if kind is not Refusal}
    assert codes == {
        "NOT_FOUND",
        "ALREADY_FINISHED",
        "EFFORT_FINISHED",
        "UNKNOWN_PHASE",
        "PHASE_NOT_SEQUENTIAL",
        "ALREADY_ENDED",
        "TASK_NOT_FOUND",
    }
    framework = {kind.code for kind in BusError.__subclasses__() if kind is not Refusal}
    assert codes & framework == set()


def answer_beside(bus: Bus, statement: Any, command: str, **args: Any) -> Any:
    """The answer to a call that began while somebody else had run ``statement`` and not committed yet."""
    outsider = Outsider(bus, statement)
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(bus.call(f"db.{command}", args)))
    thread.start()
    try:
        outsider.wait_until_somebody_waits()
    finally:
        outsider.commit()
        thread.join()
    return answers[0]


def test_a_guard_holds_at_commit_time(bus: Bus, db: Caller) -> None:
    effort = db.effort()
    finish = sa.update(efforts).where(efforts.c.id == effort).values(lifecycle="finished", finished_at=1)
    assert answer_beside(bus, finish, "effort.finish", effortId=effort, keywords="k").code == "ALREADY_FINISHED"
    effort = db.effort()
    finish = sa.update(efforts).where(efforts.c.id == effort).values(lifecycle="finished", finished_at=1)
    assert answer_beside(bus, finish, "effort.phase", effortId=effort, phase="0: A").code == "EFFORT_FINISHED"


def test_a_move_is_decided_on_what_others_have_committed(bus: Bus, db: Caller) -> None:
    """From 2 the step to 4 is refused; while the call waits, somebody else moves the effort to 3."""
    effort = db.effort_in("2: Plan")
    move = sa.update(efforts).where(efforts.c.id == effort).values(current_phase="3: Build")
    assert answer_beside(bus, move, "effort.phase", effortId=effort, phase="4: Test").ok


def test_the_same_move_twice_at_once_is_one_move(bus: Bus, db: Caller) -> None:
    effort = db.effort_in("2: Plan")
    move = sa.update(efforts).where(efforts.c.id == effort).values(current_phase="3: Build")
    history = db("effort.history", effortId=effort)
    assert answer_beside(bus, move, "effort.phase", effortId=effort, phase="3: Build").ok
    assert db("effort.history", effortId=effort) == history


def test_an_append_loses_no_other_append(bus: Bus, db: Caller) -> None:
    effort = db.effort_in("3: Build")
    others = declare("0: Setup", "3: Build", "3.A: Theirs", "4: Test")
    append = sa.update(skills).values(phases=others)
    assert answer_beside(bus, append, "effort.phase", effortId=effort, phase="3.B: Ours").ok
    row = db("effort.get", id=effort)
    project = db("task.find", dirPath=row["taskId"])["projectId"]
    phases = db("skills.get", projectId=project, name="implement")["phases"]
    assert texts(phases) == ["0: Setup", "3: Build", "3.A: Theirs", "3.B: Ours", "4: Test"]


@pytest.mark.parametrize(
    ("phases", "code"),
    [
        (["7: Seven"], None),
        (["3: Build", "3.B: Ours"], None),
        (["3: Build", "3.A: Theirs", "3.B: Ours"], "PHASE_NOT_SEQUENTIAL"),
    ],
)
def test_an_append_is_decided_again_when_the_skill_has_changed(
    bus: Bus, db: Caller, phases: list[str], code: str | None
) -> None:
    effort = db.effort_in("3: Build")
    change = sa.update(skills).values(phases=declare(*phases))
    assert answer_beside(bus, change, "effort.phase", effortId=effort, phase="3.B: Ours").code == code


@pytest.mark.parametrize("phases", [None, []])
def test_an_append_needs_no_skill_when_the_skill_has_gone(bus: Bus, db: Caller, phases: list[Any] | None) -> None:
    effort = db.effort_in("3: Build")
    gone = sa.delete(skills) if phases is None else sa.update(skills).values(phases=phases)
    assert answer_beside(bus, gone, "effort.phase", effortId=effort, phase="3.B: Ours").ok
    assert db("effort.get", id=effort)["currentPhase"] == "3.B: Ours"
