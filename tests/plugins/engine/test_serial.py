"""P2: any number of threads and processes behave as if their calls ran one after another."""

from __future__ import annotations

import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bus.settings import Settings
from plugins.engine import engine
from plugins.engine.tables import sessions
from tests.plugins.engine.caller import Caller, declare, texts
from tests.plugins.engine.watching import Outsider
from tests.plugins.racing import Answer, Call, Processes, Race

if TYPE_CHECKING:
    from bus.application import Bus

ROOT = Path(__file__).parents[3]


def codes(answers: list[Answer]) -> Counter[str]:
    """How many answers have which code; ``ok`` for those without."""
    return Counter("ok" if answer["ok"] else answer["error"]["code"] for answer in answers)


def all_ok(answers: list[Answer]) -> list[dict[str, Any]]:
    """The data of answers that are all ``ok``."""
    assert codes(answers) == {"ok": len(answers)}
    return [answer["data"] for answer in answers]


def test_ordinals_have_no_gaps(race: Race, db: Caller) -> None:
    task, other = db.task(), db.task()

    def calls(_number: int) -> list[Call]:
        start = ("effort.start", {"taskId": task, "skill": "s"})
        return [start, ("effort.start", {"taskId": other, "skill": "s"}), start, start]

    started = [data["effort"] for data in all_ok(race(calls))]
    for path, count in ((task, 3), (other, 1)):
        ordinals = [effort["ordinal"] for effort in started if effort["taskId"] == path]
        assert sorted(ordinals) == list(range(1, race.racers * count + 1))
        assert [row["ordinal"] for row in db("effort.list", taskId=path)] == sorted(ordinals)


@pytest.mark.parametrize(
    ("command", "args", "row"),
    [
        ("project.upsert", {"path": "/p"}, "project"),
        ("task.upsert", {"dirPath": "t"}, "task"),
        ("skills.upsert", {"name": "s"}, "skill"),
        ("agents.register", {"id": "a"}, "agent"),
    ],
)
def test_upserts_of_one_key_make_one_row(race: Race, db: Caller, command: str, args: dict[str, Any], row: str) -> None:
    if row in {"task", "skill"}:
        args = args | {"projectId": db.project()}
    rows = [data[row] for data in all_ok(race(lambda _: [(command, args)] * 3))]
    keys = {"project": "id", "task": "dirPath", "skill": "id", "agent": "id"}
    assert len({found[keys[row]] for found in rows}) == 1
    if row in {"project", "task"}:
        assert len({found["createdAt"] for found in rows}) == 1


def test_upserts_of_different_fields_are_all_kept(race: Race, db: Caller) -> None:
    project = db.project()
    fields = ["workspace", "title", "description", "keywords"]

    def calls(number: int) -> list[Call]:
        field = fields[number % len(fields)]
        return [("task.upsert", {"dirPath": "t", "projectId": project, field: field})]

    all_ok(race(calls))
    row = db("task.find", dirPath="t")
    assert {field: row[field] for field in fields} == {field: field for field in fields}


def test_an_effort_is_finished_once(race: Race, db: Caller) -> None:
    efforts = [db.effort() for _ in range(5)]
    answers = race(lambda number: [("effort.finish", {"effortId": e, "keywords": str(number)}) for e in efforts])
    assert codes(answers) == {"ok": 5, "ALREADY_FINISHED": 5 * (race.racers - 1)}
    assert len({answer["data"]["effort"]["id"] for answer in answers if answer["ok"]}) == 5


def test_a_session_is_ended_once_and_keeps_the_winners_payload(race: Race, db: Caller) -> None:
    sessions = [db.session() for _ in range(5)]
    answers = race(
        lambda number: [("session.finish", {"sessionId": s, "dehydrationPayload": {"n": number}}) for s in sessions]
    )
    assert codes(answers) == {"ok": 5, "ALREADY_ENDED": 5 * (race.racers - 1)}
    for answer in answers:
        if answer["ok"]:
            won = answer["data"]["session"]
            assert db("session.get", id=won["id"])["dehydrationPayload"] == won["dehydrationPayload"]


def test_no_heartbeat_is_lost(race: Race, db: Caller) -> None:
    session = db.session()
    rows = [data["session"] for data in all_ok(race(lambda _: [("session.heartbeat", {"sessionId": session})] * 10))]
    count = race.racers * 10
    assert sorted(row["heartbeatCounter"] for row in rows) == list(range(1, count + 1))
    assert db("session.get", id=session)["heartbeatCounter"] == count


def test_sessions_of_one_effort_form_one_chain(race: Race, db: Caller) -> None:
    effort = db.effort()
    start = ("session.start", {"taskId": db("effort.get", id=effort)["taskId"], "effortId": effort})
    started = {data["session"]["id"] for data in all_ok(race(lambda _: [start] * 3))}
    rows = {session: db("session.get", id=session) for session in started}
    is_open = [session for session, row in rows.items() if row["endedAt"] is None]
    assert len(is_open) == 1
    chain, link = [], is_open[0]
    while link is not None:
        chain.append(link)
        link = rows[link]["prevSessionId"]
    assert set(chain) == started
    assert len(chain) == len(started)


def test_one_target_is_one_move(race: Race, db: Caller) -> None:
    efforts = [db.effort_in() for _ in range(4)]
    for effort in efforts:
        db.session(effort)
    answers = race(lambda _: [("effort.phase", {"effortId": effort, "phase": "0: Setup"}) for effort in efforts])
    for data in all_ok(answers):
        assert data["effort"]["currentPhase"] == "0: Setup"
    for effort in efforts:
        assert [row["phaseLabel"] for row in db("effort.history", effortId=effort)] == ["0: Setup"]


def test_no_append_to_a_skill_is_lost(race: Race, db: Caller) -> None:
    """Each racer has an effort of its own; all follow the same cached skill."""
    project = db.project()
    db.skill(project, "0: Setup", "1: Build")
    efforts = [db.effort(db.task(projectId=project)) for _ in range(race.racers)]

    def calls(number: int) -> list[Call]:
        phases = [f"1.{number * 2 + 1}: First", f"1.{number * 2 + 2}: Second"]
        return [("effort.phase", {"effortId": efforts[number], "phase": phase}) for phase in phases]

    all_ok(race(calls))
    phases = texts(db("skills.get", projectId=project, name="implement")["phases"])
    appended = [f"1.{number + 1}: {'Second' if number % 2 else 'First'}" for number in range(race.racers * 2)]
    assert sorted(phases) == sorted(["0: Setup", "1: Build", *appended])
    assert phases[:2] == ["0: Setup", "1: Build"]


def test_no_append_to_metadata_is_lost(race: Race, db: Caller) -> None:
    """All racers move one effort; each append that was accepted is declared."""
    effort = db.effort(metadata={"phases": declare("1: Build")})
    answers = race(lambda number: [("effort.phase", {"effortId": effort, "phase": f"1.{number + 1}: Own"})])
    moved = [row["phaseLabel"] for row in db("effort.history", effortId=effort)]
    found = codes(answers)
    assert (found["ok"], found["ok"] + found["UNKNOWN_PHASE"]) == (len(moved), race.racers)
    assert sorted(texts(db("effort.getMetadata", id=effort)["phases"])) == sorted(["1: Build", *moved])


def test_no_member_of_metadata_is_lost(race: Race, db: Caller) -> None:
    effort = db.effort()
    all_ok(race(lambda number: [("effort.updateMetadata", {"id": effort, "set": {f"{number}": number}})]))
    assert db("effort.getMetadata", id=effort) == {str(number): number for number in range(race.racers)}


def test_a_skill_is_deleted_once(race: Race, db: Caller) -> None:
    project = db.project()
    db.skill(project)
    answers = race(lambda _: [("skills.delete", {"projectId": project, "name": "implement"})])
    assert sorted(data["deleted"] for data in all_ok(answers)) == [False] * (race.racers - 1) + [True]


def test_messages_of_one_call_stay_together(race: Race, db: Caller) -> None:
    session = db.session()

    def calls(number: int) -> list[Call]:
        messages = [{"role": str(number), "content": str(place)} for place in range(20)]
        return [("messages.upsert", {"sessionId": session, "messages": messages})]

    all_ok(race(calls))
    rows = db("messages.list", sessionId=session)
    assert len(rows) == race.racers * 20
    for number in range(race.racers):
        assert [row["content"] for row in rows if row["role"] == str(number)] == [str(place) for place in range(20)]


def test_everything_at_once_ends_in_answers(race: Race, db: Caller) -> None:
    """Commands that lock the same effort, task, skill and sessions in every order never wait for each other."""
    project = db.project()
    task = db.task(projectId=project)
    db.skill(project, "1: Build")
    efforts = [db.effort(task) for _ in range(2)]
    sessions = [db.session(effort) for effort in efforts]

    def calls(number: int) -> list[Call]:
        effort, session = efforts[number % 2], sessions[number % 2]
        mixed: list[Call] = [
            ("effort.phase", {"effortId": effort, "phase": f"1.{number + 1}: Own", "reason": "r"}),
            ("session.start", {"taskId": task, "effortId": effort, "prevSessionId": session}),
            ("task.upsert", {"dirPath": task, "projectId": project, "title": str(number)}),
            ("skills.upsert", {"projectId": project, "name": "implement", "phases": declare("1: Build")}),
            ("session.heartbeat", {"sessionId": session}),
            ("effort.start", {"taskId": task, "skill": "implement"}),
            ("session.finish", {"sessionId": session}),
            ("effort.updateMetadata", {"id": effort, "set": {"n": number}}),
            ("messages.append", {"sessionId": session, "role": "user", "content": "c"}),
            ("agents.register", {"id": "a", "effortId": effort}),
            ("project.upsert", {"path": "/p", "name": str(number)}),
            ("effort.finish", {"effortId": effort, "keywords": str(number)}),
        ]
        return [*mixed[number % len(mixed) :], *mixed[: number % len(mixed)]] * 2

    allowed = {"ok", "UNKNOWN_PHASE", "PHASE_NOT_SEQUENTIAL", "EFFORT_FINISHED", "ALREADY_FINISHED", "ALREADY_ENDED"}
    assert set(codes(race(calls))) <= allowed
    assert [row["ordinal"] for row in db("effort.list", taskId=task)] == list(range(1, 2 + 2 * race.racers + 1))


def test_four_processes_with_twenty_five_calls_each_are_never_busy(bus: Bus, db: Caller, processes: Processes) -> None:
    session = db.session()

    def calls(number: int) -> list[Call]:
        heartbeat, project = ("session.heartbeat", {"sessionId": session}), ("project.upsert", {"path": f"/{number}"})
        return [heartbeat, project, heartbeat, project, project] * 5 if number < 4 else []

    answers = Race(bus, processes.count, processes.race, "db.")(calls)
    assert len(all_ok(answers)) == 100


#: Answers one call, prints the answer, and is killed at once.
KILLED = """
import os, signal, sys
from bus.application import Bus
from plugins.engine import engine

bus = Bus.open(sys.argv[1], plugins=[engine])
answer = bus.call("db.session.heartbeat", {"sessionId": int(sys.argv[2])})
print(answer.data["session"]["heartbeatCounter"], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_answered_outlives_the_process(
    bus: Bus, db: Caller, run_python: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """And another process sees it at once."""
    session = db.session()
    url = bus.database.url.render_as_string(hide_password=False)
    for count in (1, 2):
        done = run_python("-c", KILLED, url, str(session), env={"PYTHONPATH": str(ROOT)}, check=False)
        assert (done.stdout, done.returncode) == (f"{count}\n", -signal.SIGKILL), done.stderr
        assert db("session.get", id=session)["heartbeatCounter"] == count


def test_a_lock_that_is_not_given_up_is_answered_busy(bus: Bus, db: Caller, open_bus: Callable[..., Bus]) -> None:
    session = db.session()
    url = bus.database.url.render_as_string(hide_password=False)
    impatient = open_bus(url, plugins=[engine], settings=Settings(busy_timeout_ms=50))
    outsider = Outsider(bus, sa.update(sessions).values(pid=1))
    assert impatient.call("db.session.heartbeat", {"sessionId": session}).code == "DATABASE_BUSY"
    outsider.commit()
    assert db("session.get", id=session)["heartbeatCounter"] == 0
    assert impatient.call("db.session.heartbeat", {"sessionId": session}).ok
