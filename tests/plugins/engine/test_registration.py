"""P6: a command is there when its module is loaded, and gone with the plugin."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import plugins.engine
from plugins.engine import engine

if TYPE_CHECKING:
    import subprocess

    from bus.application import Bus

CORE = {
    "db.project.upsert": {1},
    "db.task.upsert": {1, 2},
    "db.skills.upsert": {1, 2},
    "db.skills.get": {1},
    "db.effort.start": {1},
    "db.effort.phase": {1},
    "db.effort.finish": {1},
    "db.effort.list": {1},
    "db.session.start": {1},
    "db.session.find": {1},
    "db.session.heartbeat": {1, 2},
    "db.session.updateContextUsage": {1},
    "db.session.updateLoadedFiles": {1},
    "db.session.finish": {1},
}
EXTENSION = {
    "db.project.find",
    "db.task.find",
    "db.task.list",
    "db.skills.list",
    "db.skills.find",
    "db.skills.delete",
    "db.effort.get",
    "db.effort.getMetadata",
    "db.effort.updateMetadata",
    "db.effort.findActive",
    "db.effort.history",
    "db.session.get",
    "db.session.listStale",
    "db.session.setTranscript",
    "db.agents.register",
    "db.agents.get",
    "db.agents.list",
    "db.agents.updateStatus",
    "db.agents.findByEffort",
    "db.fleet.status",
    "db.messages.append",
    "db.messages.list",
    "db.messages.upsert",
}

LOAD_ONE_MODULE = """
import json
from plugins.engine.plugin import engine
before = sorted(engine.handlers)
import plugins.engine.projects
print(json.dumps([before, sorted(engine.handlers)]))
"""


def test_the_plugin_answers_exactly_the_specified_commands(bus: Bus) -> None:
    versions: dict[str, set[int]] = {}
    for command in bus.registry:
        if command.plugin == "engine":
            versions.setdefault(command.name, set()).add(command.version)
    assert versions == CORE | {name: {1} for name in EXTENSION}


def test_a_call_without_a_version_gets_the_newest(bus: Bus) -> None:
    for name, versions in CORE.items():
        assert bus.call(name, {}).version == max(versions)


def test_an_unknown_version_is_refused(bus: Bus) -> None:
    assert bus.call("db.task.upsert", {}, version=3).code == "UNKNOWN_VERSION"
    assert bus.call("db.effort.start", {}, version=2).code == "UNKNOWN_VERSION"


def test_names_are_exact(bus: Bus) -> None:
    for name in ("db.Project.upsert", "db.project.Upsert", "project.upsert", "db.project", "db.project.upsert "):
        envelope = bus.call(name, {"path": "/p"})
        assert envelope.code == "UNKNOWN_COMMAND"
        assert envelope.error is not None
        assert name in envelope.error["message"]


def test_without_the_plugin_every_command_is_unknown(open_bus: Callable[..., Bus]) -> None:
    with_nothing = open_bus("sqlite://", plugins=[])
    for name in {contract.name for contract in engine.contracts}:
        assert with_nothing.call(name, {}).code == "UNKNOWN_COMMAND"


def test_commands_register_when_their_module_is_loaded(
    run_python: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    folder = Path(plugins.engine.__file__).parent
    done = run_python("-c", LOAD_ONE_MODULE, str(folder), env={"PYTHONPATH": str(folder.parent.parent)})
    assert json.loads(done.stdout) == [[], ["db.project.find", "db.project.upsert"]]


def test_every_handler_stands_in_the_file_of_its_noun() -> None:
    nouns = {"project": "projects", "task": "tasks", "effort": "efforts", "session": "sessions"}
    engine.load()
    for name, handler in engine.handlers.items():
        noun = name.split(".")[1]
        expected = "phases" if name == "db.effort.phase" else nouns.get(noun, noun)
        assert handler.__module__ == f"plugins.engine.{expected}"
