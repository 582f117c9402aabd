"""The state of a workflow: commands the three ways in, refusals, and a worker that dies in the middle."""

from bus.demo.scene import Scene

#: Ordinal of an effort that began once, after another.
SECOND = 2
TASK = "sessions/2026_02_20_LOGIN"
PHASES = [{"label": "0", "name": "Setup"}, {"label": "1", "name": "Build"}, {"label": "2", "name": "Ship"}]

#: In order; later ones build on earlier ones in a database that was empty before.
ENGINE = (
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
