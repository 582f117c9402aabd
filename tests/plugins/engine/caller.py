"""How these tests speak to a bus: commands without their prefix, answers without their envelope."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bus.application import Bus

#: The phases most tests declare, as texts.
PHASES = ["0: Setup", "1: Ask", "2: Plan", "3: Build", "3.A: Build Loop", "4: Test"]


def declare(*texts: str) -> list[dict[str, str]]:
    """Phases as ``db.skills.upsert`` takes them."""
    return [dict(zip(("label", "name"), text.split(": ", 1), strict=True)) for text in texts]


def texts(phases: list[dict[str, str]]) -> list[str]:
    """Phases as ``db.effort.phase`` takes them."""
    return [f"{phase['label']}: {phase['name']}" for phase in phases]


class Caller:
    """Calls ``db.*`` commands on one bus and makes what tests need to begin with."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self._numbers = itertools.count(1)

    def __call__(self, command: str, /, **args: Any) -> Any:
        """The data of a call that succeeds; a row or list that stands alone in it without the object around."""
        envelope = self.bus.call(f"db.{command}", args)
        assert envelope.ok, envelope
        assert envelope.data is not None
        return next(iter(envelope.data.values())) if len(envelope.data) == 1 else envelope.data

    def refusal(self, command: str, /, **args: Any) -> dict[str, Any]:
        """The error of a call that is refused."""
        envelope = self.bus.call(f"db.{command}", args)
        assert not envelope.ok, envelope
        assert envelope.data is None
        assert envelope.error is not None
        return envelope.error

    def code(self, command: str, /, **args: Any) -> str:
        """The code of a call that is refused."""
        return self.refusal(command, **args)["code"]

    def bad_fields(self, command: str, /, **args: Any) -> set[str]:
        """The fields that a call with invalid arguments is refused for."""
        error = self.refusal(command, **args)
        assert error["code"] == "VALIDATION_ERROR", error
        assert f"db.{command.partition('@')[0]}" in error["message"]
        return set(error["details"]["fields"])

    def project(self, **more: Any) -> int:
        """The id of a new project."""
        return self("project.upsert", **{"path": f"/srv/{next(self._numbers)}"} | more)["id"]

    def task(self, **more: Any) -> str:
        """The directory path of a new task, in a new project unless one is given."""
        args = {"dirPath": f"sessions/{next(self._numbers)}"} | more
        if "projectId" not in args:
            args["projectId"] = self.project()
        return self("task.upsert", **args)["dirPath"]

    def skill(self, project: int, *phases: str, name: str = "implement", **more: Any) -> dict[str, Any]:
        """A cached skill with these phases."""
        return self("skills.upsert", projectId=project, name=name, phases=declare(*(phases or PHASES)), **more)

    def effort(self, task: str | None = None, **more: Any) -> int:
        """The id of a new effort, on a new task unless one is given."""
        return self("effort.start", **{"taskId": task or self.task(), "skill": "implement"} | more)["id"]

    def session(self, effort: int | None = None, **more: Any) -> int:
        """The id of a new session, of a new effort unless one is given."""
        effort = effort or self.effort()
        return self("session.start", taskId=self("effort.get", id=effort)["taskId"], effortId=effort, **more)["id"]

    def effort_in(self, phase: str | None = None) -> int:
        """The id of a new effort of a skill that declares ``PHASES``, moved to one of them."""
        project = self.project()
        self.skill(project)
        effort = self.effort(self.task(projectId=project))
        if phase is not None:
            self("effort.phase", effortId=effort, phase=phase, reason="to begin with")
        return effort
