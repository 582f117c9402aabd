"""The scenes of the demo: what is sent, which way, and what must come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: An envelope as a JSON object.
Answer = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """One request and what is expected of its envelope."""

    title: str
    #: ``python``, ``cli``, ``stdio``, ``queue`` or ``killed queue``.
    way: str
    command: str
    args: dict[str, Any]
    #: The error's code; None: ``ok``.
    code: str | None = None
    #: What must also be true of the data.
    holds: Callable[[dict[str, Any]], bool] = lambda _data: True


#: Ordinal of an effort that began once, after another.
SECOND = 2
TASK = "sessions/2026_02_20_LOGIN"
PHASES = [{"label": "0", "name": "Setup"}, {"label": "1", "name": "Build"}, {"label": "2", "name": "Ship"}]

#: In order; later ones build on earlier ones in a database that was empty before.
SCENES = (
    Scene(
        "a project, from Python",
        "python",
        "db.project.upsert",
        {"path": "/srv/app", "name": "App"},
        holds=lambda d: d["project"]["id"] == 1,
    ),
    Scene(
        "a task, from the command line", "cli", "db.task.upsert", {"dirPath": TASK, "projectId": 1, "title": "Log in"}
    ),
    Scene(
        "a skill, as a JSON line", "stdio", "db.skills.upsert", {"projectId": 1, "name": "implement", "phases": PHASES}
    ),
    Scene(
        "an effort begins",
        "stdio",
        "db.effort.start",
        {"taskId": TASK, "skill": "implement"},
        holds=lambda d: d["effort"]["ordinal"] == 1,
    ),
    Scene(
        "the first phase: legal",
        "stdio",
        "db.effort.phase",
        {"effortId": 1, "phase": "0: Setup"},
        holds=lambda d: d["effort"]["currentPhase"] == "0: Setup",
    ),
    Scene(
        "a phase left out: refused by the domain",
        "cli",
        "db.effort.phase",
        {"effortId": 1, "phase": "2: Ship"},
        code="PHASE_NOT_SEQUENTIAL",
    ),
    Scene(
        "bad input: refused by the contract", "python", "db.effort.phase", {"effortId": "one"}, code="VALIDATION_ERROR"
    ),
    Scene("a command nobody answers", "stdio", "db.effort.teleport", {}, code="UNKNOWN_COMMAND"),
    Scene(
        "a command for a worker",
        "queue",
        "db.session.start",
        {"taskId": TASK, "effortId": 1, "pid": 4242},
        holds=lambda d: d["session"]["id"] == 1,
    ),
    Scene(
        "a command whose worker is killed in the middle (SIGKILL, after the handler wrote, before the commit)",
        "killed queue",
        "db.effort.start",
        {"taskId": TASK, "skill": "implement", "mode": "second"},
        holds=lambda d: d["effort"]["ordinal"] == SECOND,
    ),
    Scene(
        "its effect is there, exactly once",
        "python",
        "db.effort.list",
        {"taskId": TASK},
        holds=lambda d: [effort["mode"] for effort in d["efforts"]] == [None, "second"],
    ),
)


def fault_of(scene: Scene, answer: Answer) -> str | None:
    """Why an answer is not what the scene expects; None when it is."""
    code = None if answer["ok"] else answer["error"]["code"]
    if code != scene.code:
        return f"expected {scene.code or 'ok'}, got {code or 'ok'}"
    if code is None and not scene.holds(answer["data"] or {}):
        return "the data is not what it should be"
    return None
