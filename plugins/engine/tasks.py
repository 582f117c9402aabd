"""Answers ``db.task.*``."""

from typing import Any

from sqlalchemy import Select, bindparam, func, select

from bus.context import Context
from contracts.engine import v2
from contracts.engine.v1 import tasks as v1
from plugins.engine.guards import require_project
from plugins.engine.plugin import engine
from plugins.engine.rows import NO_LIMIT, TASK, TASK_ACTIVITY
from plugins.engine.tables import efforts, tasks
from plugins.engine.upserts import upsert

UPSERT = upsert(
    tasks,
    TASK,
    key=["digest"],
    once=["dir_path", "created_at"],
    keep=["workspace", "title", "description", "keywords"],
    replace=["project_id"],
)


def _with_activity() -> Select[Any]:
    of_task = efforts.c.task_digest == tasks.c.digest
    return select(*TASK_ACTIVITY.columns).select_from(tasks.outerjoin(efforts, of_task)).group_by(tasks.c.digest)


def _latest_first(statement: Select[Any]) -> Select[Any]:
    latest, newest = func.max(efforts.c.created_at), func.max(efforts.c.id)
    order = latest.desc().nulls_last(), newest.desc().nulls_last(), tasks.c.dir_path
    return statement.order_by(*order).limit(bindparam("limit"))


FIND = _with_activity().where(tasks.c.digest == bindparam("task"))
LIST = _latest_first(_with_activity())
LIST_OF_PROJECT = _latest_first(_with_activity().where(tasks.c.project_id == bindparam("project")))


@engine.handles(v2.TaskUpsert)
def task_upsert(
    ctx: Context,
    dirPath: str,
    projectId: int,
    workspace: str | None = None,
    title: str | None = None,
    description: str | None = None,
    keywords: str | None = None,
) -> dict[str, Any]:
    """One row a directory path; what is given replaces, the project too."""
    require_project(ctx, projectId)
    values = {
        "digest": dirPath,
        "dir_path": dirPath,
        "project_id": projectId,
        "workspace": workspace,
        "title": title,
        "description": description,
        "keywords": keywords,
        "created_at": ctx.now_ms,
    }
    return {"task": TASK.one(ctx.db.execute(UPSERT, values))}


@engine.handles(v1.TaskFind)
def task_find(ctx: Context, dirPath: str) -> dict[str, Any]:
    """The task of a directory path with its activity, or null."""
    return {"task": TASK_ACTIVITY.first(ctx.db.execute(FIND, {"task": dirPath}))}


@engine.handles(v1.TaskList)
def task_list(ctx: Context, projectId: int | None = None, limit: int = NO_LIMIT) -> dict[str, Any]:
    """Tasks by latest effort, of one project or of all."""
    if projectId is None:
        rows = ctx.db.execute(LIST, {"limit": limit})
    else:
        rows = ctx.db.execute(LIST_OF_PROJECT, {"limit": limit, "project": projectId})
    return {"tasks": TASK_ACTIVITY.all(rows)}
