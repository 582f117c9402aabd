"""Changes of a task's status: written with every change, never altered. Answers ``task_get_history``."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, insert, select

from bus.context import Context
from contracts.tasks.v1.tasks import TaskGetHistory
from contracts.workshop.paging import page_of
from plugins.tasks import finding
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.tables import task_history

_INSERT = insert(task_history).inline()
_IS_OF_TASK = task_history.c.task_id == bindparam("of_task")
_COUNT = select(func.count()).select_from(task_history).where(_IS_OF_TASK)
_SHOWN = [column for column in task_history.c if column.name != "seq"]
NEWEST_FIRST = (
    select(*_SHOWN)
    .where(_IS_OF_TASK)
    .order_by(task_history.c.seq.desc())
    .limit(bindparam("limit", type_=BigInteger))
    .offset(bindparam("offset", type_=BigInteger))
)


def record(ctx: Context, task_id: str, old: str | None, new: str, reason: str | None = None) -> None:
    """The change is on record if and only if it is made."""
    row = {
        "id": str(uuid.uuid4()),
        "task_id": task_id,
        "old_status": old,
        "new_status": new,
        "reason": reason,
        "changed_at": ctx.now_ms,
        "changed_by": ctx.principal.id,
    }
    ctx.db.execute(_INSERT, row)


@plugin.handles(TaskGetHistory)
def task_get_history(ctx: Context, task_id: str, page: int | None, limit: int | None) -> dict[str, Any]:
    """One page, the newest change first."""
    task = finding.require(ctx, task_id)
    finding.require_readable(ctx, task)
    shown = page_of(page, limit, usual=50)
    values = {"of_task": task.id, "limit": shown.limit, "offset": shown.offset}
    items = [dict(row) for row in ctx.db.execute(NEWEST_FIRST, values).mappings()]
    return shown.answer(items, ctx.db.scalar(_COUNT, {"of_task": task.id}))
