"""Skills: cached definitions of named ways of working, unique by name within a project."""

from typing import Any

from bus.contract import READ, WRITE, Schema
from bus.fields import Boolean, Int64, Json, Key, List, Nested, Text
from contracts.engine.base import EngineContract
from contracts.engine.errors import NotFound
from contracts.engine.phase_list import Phases
from contracts.engine.v1.rows import SkillRow


def _without_additions(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2's data as version 1 gives it: the row has neither ``version`` nor ``description``."""
    added = ("version", "description")
    return {"skill": {key: value for key, value in data["skill"].items() if key not in added}}


class SkillsUpsert(EngineContract):
    """Cache a skill: each given member replaces the stored one as a whole; left out or null keeps it."""

    name, version = "db.skills.upsert", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        projectId = Int64(required=True)
        name = Key(required=True)
        phases = Phases(allow_none=True)  # objects with label and name, in order; left out or null: stays as stored
        modes = Json(allow_none=True)  # left out or null: stays as stored
        templates = Json(allow_none=True)  # left out or null: stays as stored
        cmdDependencies = Json(allow_none=True)  # left out or null: stays as stored
        nextSkills = Json(allow_none=True)  # left out or null: stays as stored
        directives = Json(allow_none=True)  # left out or null: stays as stored

    class Result(Schema):
        skill = Nested(SkillRow, required=True)

    downcast = staticmethod(_without_additions)


class SkillsGet(EngineContract):
    """Read one skill; null when the project or the skill is unknown."""

    name, version = "db.skills.get", 1
    effect = READ

    class Params(Schema):
        projectId = Int64(required=True)
        name = Text(required=True)

    class Result(Schema):
        skill = Nested(SkillRow, required=True, allow_none=True)


class SkillsList(EngineContract):
    """Read the skills of a project, by name."""

    name, version = "db.skills.list", 1
    effect = READ

    class Params(Schema):
        projectId = Int64(required=True)

    class Result(Schema):
        skills = List(Nested(SkillRow), required=True)


class SkillsFind(EngineContract):
    """Read the skills of a project whose name contains a text (A to Z in either case), by name."""

    name, version = "db.skills.find", 1
    effect = READ

    class Params(Schema):
        projectId = Int64(required=True)
        query = Text(required=True)  # % and _ are themselves; "" matches all

    class Result(Schema):
        skills = List(Nested(SkillRow), required=True)


class SkillsDelete(EngineContract):
    """Drop one skill from the cache; dropping what is not there is no error."""

    name, version = "db.skills.delete", 1
    effect = WRITE

    class Params(Schema):
        projectId = Int64(required=True)
        name = Text(required=True)

    class Result(Schema):
        deleted = Boolean(required=True)
