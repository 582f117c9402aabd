"""Calls of every command: those that are accepted and those that are refused, each on a world of its own.

Tests of the promises go through all of them: a new command without a sample here fails a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.plugins.engine.caller import Caller, declare

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.envelope import Envelope


@dataclass
class Call:
    """One call; ``code`` is the refusal it meets, None when it is accepted."""

    command: str
    args: dict[str, Any]
    #: None: the newest.
    version: int | None = None
    code: str | None = None
    #: What tells it from other calls of its command.
    note: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The call in words, for test ids and messages."""
        version = f"@{self.version}" if self.version else ""
        return " ".join(part for part in (f"{self.command}{version}", self.note, self.code) if part)

    def on(self, bus: Bus) -> Envelope:
        """Its answer."""
        return bus.call(f"db.{self.command}", self.args, version=self.version)


class World:
    """One of everything, nothing shared with other worlds on the same database."""

    def __init__(self, db: Caller) -> None:
        self.project = db.project()
        db.skill(self.project, "0: Setup", "1: Build", "2: Test")
        self.task = db.task(projectId=self.project, keywords="old")
        self.effort = db.effort(self.task, metadata={"kept": 1, "dropped": 2})
        db("effort.phase", effortId=self.effort, phase="0: Setup")
        self.earlier = db.session(self.effort)
        self.session = db.session(self.effort)
        db("session.heartbeat", sessionId=self.session)
        self.own_phases = db.effort(self.task, skill="uncached", metadata={"phases": declare("0: M", "1: N")})
        self.finished = db.effort(self.task)
        db("effort.finish", effortId=self.finished)
        self.agent = db("agents.register", id=f"agent of {self.project}", effortId=self.effort)["id"]
        db("messages.append", sessionId=self.session, role="user", content="first")
        self.path = db("project.upsert", path=f"path of {self.project}", name="old")["path"]
        self.other_task = db.task()


def accepted(world: World) -> Iterator[Call]:
    """Calls that succeed, each if it is the first on its world."""
    yield from _accepted_on_projects(world)
    yield from _accepted_on_efforts(world)
    yield from _accepted_on_sessions(world)
    yield from _accepted_on_agents(world)
    yield from _accepted_on_messages(world)


def _accepted_on_projects(world: World) -> Iterator[Call]:
    yield Call("project.upsert", {"path": f"new {world.path}", "name": "N"}, note="new")
    yield Call("project.upsert", {"path": world.path, "name": "N"}, note="again")
    yield Call("project.find", {"path": world.path})
    texts = {"workspace": "W", "title": "T", "description": "D"}
    for version in (1, 2):
        more = {"keywords": "K"} if version == 2 else {}
        for task, note in ((f"new {world.task}", "new"), (world.task, "again")):
            yield Call("task.upsert", {"dirPath": task, "projectId": world.project} | texts | more, version, note=note)
    yield Call("task.find", {"dirPath": world.task})
    yield Call("task.list", {"projectId": world.project, "limit": 2})
    values: dict[str, Any] = dict.fromkeys(["modes", "templates", "cmdDependencies", "nextSkills", "directives"], 1)
    for version in (1, 2):
        more = {"version": "2", "description": "D"} if version == 2 else {}
        for skill, note in (("new", "new"), ("implement", "again")):
            args = {"projectId": world.project, "name": skill, "phases": declare("0: A")} | values | more
            yield Call("skills.upsert", args, version, note=note)
    yield Call("skills.get", {"projectId": world.project, "name": "implement"})
    yield Call("skills.list", {"projectId": world.project})
    yield Call("skills.find", {"projectId": world.project, "query": "impl"})
    yield Call("skills.delete", {"projectId": world.project, "name": "implement"})


def _accepted_on_efforts(world: World) -> Iterator[Call]:
    yield Call("effort.start", {"taskId": world.task, "skill": "implement", "mode": "tdd", "metadata": {"a": 1}})
    why = {"proof": {"p": 1}, "reason": "r"}
    for effort, phase, note in (
        (world.effort, "1: Build", "next"),
        (world.effort, "0.A: Own", "append to the skill"),
        (world.own_phases, "0.A: Own", "append to metadata"),
        (world.effort, "0: Setup", "the same"),
    ):
        yield Call("effort.phase", {"effortId": effort, "phase": phase} | why, note=note)
    yield Call("effort.finish", {"effortId": world.effort, "keywords": "new"})
    yield Call("effort.list", {"taskId": world.task})
    yield Call("effort.get", {"id": world.effort})
    yield Call("effort.getMetadata", {"id": world.effort})
    yield Call("effort.updateMetadata", {"id": world.effort, "remove": ["dropped"], "set": {"new": None}})
    yield Call("effort.findActive", {"projectId": world.project, "agentId": world.agent})
    yield Call("effort.history", {"effortId": world.effort})


def _accepted_on_sessions(world: World) -> Iterator[Call]:
    start: dict[str, Any] = {"taskId": world.task, "effortId": world.effort, "pid": 1}
    yield Call("session.start", start)
    yield Call("session.start", start | {"prevSessionId": world.earlier}, note="with a link")
    yield Call("session.find", {"effortId": world.effort})
    of_session: dict[str, Any] = {"sessionId": world.session}
    yield Call("session.heartbeat", of_session, 1)
    yield Call("session.heartbeat", of_session | {"action": "reset"}, 2)
    yield Call("session.updateContextUsage", of_session | {"usage": 0.5})
    yield Call("session.updateLoadedFiles", of_session | {"files": ["a"]})
    yield Call("session.finish", of_session | {"dehydrationPayload": {"a": 1}})
    yield Call("session.get", {"id": world.session})
    yield Call("session.listStale", {"olderThanSeconds": 0})
    yield Call("session.setTranscript", of_session | {"transcriptPath": "/t", "transcriptOffset": 1})


def _accepted_on_agents(world: World) -> Iterator[Call]:
    texts = dict.fromkeys(["label", "claims", "targetedClaims", "manages", "parent", "status"], "x")
    for agent, note in ((f"new {world.agent}", "new"), (world.agent, "again")):
        yield Call("agents.register", {"id": agent, "effortId": world.effort} | texts, note=note)
    yield Call("agents.get", {"id": world.agent})
    yield Call("agents.list", {})
    yield Call("agents.updateStatus", {"id": world.agent, "status": "idle"})
    yield Call("agents.findByEffort", {"effortId": world.effort})
    yield Call("fleet.status", {})


def _accepted_on_messages(world: World) -> Iterator[Call]:
    message = {"role": "user", "content": "c", "toolName": "T"}
    yield Call("messages.append", {"sessionId": world.session} | message)
    yield Call("messages.list", {"sessionId": world.session, "limit": 1})
    yield Call("messages.upsert", {"sessionId": world.session, "messages": [message, message]})


def refused(world: World) -> Iterator[Call]:
    """Calls that meet each refusal of each command."""
    yield from _refused_on_projects(world)
    yield from _refused_on_efforts(world)
    yield from _refused_on_sessions(world)
    for command, args in (
        ("agents.register", {"id": world.agent, "effortId": 0}),
        ("agents.updateStatus", {"id": "nobody", "status": "idle"}),
        ("messages.append", {"sessionId": 0, "role": "user", "content": "c"}),
        ("messages.upsert", {"sessionId": 0, "messages": [{"role": "user", "content": "c"}]}),
    ):
        yield Call(command, args, code="NOT_FOUND")


def _refused_on_projects(world: World) -> Iterator[Call]:
    for version in (1, 2):
        for task, note in (("none", "new"), (world.task, "again")):
            yield Call("task.upsert", {"dirPath": task, "projectId": 0, "title": "T"}, version, "NOT_FOUND", note)
        yield Call("skills.upsert", {"projectId": 0, "name": "s"}, version, "NOT_FOUND")


def _refused_on_efforts(world: World) -> Iterator[Call]:
    yield Call("effort.start", {"taskId": "nowhere", "skill": "s"}, code="TASK_NOT_FOUND")
    for effort, phase, code in (
        (0, "0: Setup", "NOT_FOUND"),
        (world.finished, "0: Setup", "EFFORT_FINISHED"),
        (world.effort, "9: Nine", "UNKNOWN_PHASE"),
        (world.effort, "2: Test", "PHASE_NOT_SEQUENTIAL"),
    ):
        yield Call("effort.phase", {"effortId": effort, "phase": phase}, code=code)
    yield Call("effort.finish", {"effortId": 0, "keywords": "k"}, code="NOT_FOUND")
    yield Call("effort.finish", {"effortId": world.finished, "keywords": "k"}, code="ALREADY_FINISHED")
    yield Call("effort.updateMetadata", {"id": 0, "set": {"a": 1}}, code="NOT_FOUND")


def _refused_on_sessions(world: World) -> Iterator[Call]:
    start = {"taskId": world.task, "effortId": world.effort}
    yield Call("session.start", start | {"taskId": "nowhere"}, code="TASK_NOT_FOUND")
    yield Call("session.start", start | {"effortId": 0}, code="NOT_FOUND", note="no effort")
    yield Call("session.start", start | {"taskId": world.other_task}, code="NOT_FOUND", note="effort of another task")
    yield Call("session.start", start | {"prevSessionId": 0}, code="NOT_FOUND", note="no previous session")
    for version in (1, 2):
        yield Call("session.heartbeat", {"sessionId": 0}, version, "NOT_FOUND")
    yield Call("session.updateContextUsage", {"sessionId": 0, "usage": 1}, code="NOT_FOUND")
    yield Call("session.updateLoadedFiles", {"sessionId": 0, "files": []}, code="NOT_FOUND")
    yield Call("session.finish", {"sessionId": 0}, code="NOT_FOUND")
    yield Call("session.finish", {"sessionId": world.earlier}, code="ALREADY_ENDED")
