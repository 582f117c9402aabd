"""Answers ``db.project.*``."""

from typing import Any

from sqlalchemy import bindparam, select

from bus.context import Context
from contracts.engine.v1 import projects as v1
from plugins.engine.plugin import engine
from plugins.engine.rows import PROJECT
from plugins.engine.tables import projects
from plugins.engine.upserts import upsert

UPSERT = upsert(projects, PROJECT, key=["path_digest"], once=["path", "created_at"], keep=["name"])
FIND = select(*PROJECT.columns).where(projects.c.path_digest == bindparam("path"))


@engine.handles(v1.ProjectUpsert)
def project_upsert(ctx: Context, path: str, name: str | None = None) -> dict[str, Any]:
    """One row a path; its id and its first moment never change."""
    values = {"path_digest": path, "path": path, "name": name, "created_at": ctx.now_ms}
    return {"project": PROJECT.one(ctx.db.execute(UPSERT, values))}


@engine.handles(v1.ProjectFind)
def project_find(ctx: Context, path: str) -> dict[str, Any]:
    """The project of a path, or null."""
    return {"project": PROJECT.first(ctx.db.execute(FIND, {"path": path}))}
