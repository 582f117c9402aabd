"""Answers ``db.skills.*``."""

import string
from typing import Any

from sqlalchemy import bindparam, delete, select

from bus.context import Context
from contracts.engine import v2
from contracts.engine.v1 import skills as v1
from plugins.engine.guards import require_project
from plugins.engine.plugin import engine
from plugins.engine.rows import SKILL, VERSIONED_SKILL
from plugins.engine.tables import skills
from plugins.engine.upserts import upsert

#: Folds A to Z and nothing else.
ASCII_FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

UPSERT = upsert(
    skills,
    VERSIONED_SKILL,
    key=["project_id", "name_digest"],
    once=["name"],
    keep=["phases", "modes", "templates", "cmd_dependencies", "next_skills", "directives", "version", "description"],
    replace=["updated_at"],
)
OF_NAME = (skills.c.project_id == bindparam("project")) & (skills.c.name_digest == bindparam("skill"))
GET = select(*SKILL.columns).where(OF_NAME)
PRESENCE = select(skills.c.id).where(OF_NAME)
DELETE = delete(skills).where(OF_NAME)
LIST = select(*SKILL.columns).where(skills.c.project_id == bindparam("project")).order_by(skills.c.name)


@engine.handles(v2.SkillsUpsert)
def skills_upsert(
    ctx: Context,
    projectId: int,
    name: str,
    phases: Any = None,
    modes: Any = None,
    templates: Any = None,
    cmdDependencies: Any = None,
    nextSkills: Any = None,
    directives: Any = None,
    version: str | None = None,
    description: str | None = None,
) -> dict[str, Any]:
    """One row a name within the project; what is given replaces, null counts as left out."""
    require_project(ctx, projectId)
    values = {
        "project_id": projectId,
        "name_digest": name,
        "name": name,
        "phases": phases,
        "modes": modes,
        "templates": templates,
        "cmd_dependencies": cmdDependencies,
        "next_skills": nextSkills,
        "directives": directives,
        "version": version,
        "description": description,
        "updated_at": ctx.now_ms,
    }
    return {"skill": VERSIONED_SKILL.one(ctx.db.execute(UPSERT, values))}


@engine.handles(v1.SkillsGet)
def skills_get(ctx: Context, projectId: int, name: str) -> dict[str, Any]:
    """The skill, or null."""
    return {"skill": SKILL.first(ctx.db.execute(GET, {"project": projectId, "skill": name}))}


@engine.handles(v1.SkillsList)
def skills_list(ctx: Context, projectId: int) -> dict[str, Any]:
    """The project's skills by name."""
    return {"skills": SKILL.all(ctx.db.execute(LIST, {"project": projectId}))}


@engine.handles(v1.SkillsFind)
def skills_find(ctx: Context, projectId: int, query: str) -> dict[str, Any]:
    """The project's skills whose name contains the query."""
    # A project has dozens of skills. Folding here is the same on both databases, and no character is a wildcard.
    wanted = query.translate(ASCII_FOLD)
    found = SKILL.all(ctx.db.execute(LIST, {"project": projectId}))
    return {"skills": [skill for skill in found if wanted in skill["name"].translate(ASCII_FOLD)]}


@engine.handles(v1.SkillsDelete)
def skills_delete(ctx: Context, projectId: int, name: str) -> dict[str, Any]:
    """Drop the skill, if it is there."""
    key = {"project": projectId, "skill": name}
    is_there = ctx.db.scalar(PRESENCE, key) is not None
    return {"deleted": is_there and ctx.db.execute(DELETE, key).rowcount == 1}
