"""Answers ``task_mark_overdue``: tasks whose day has passed before anybody began them, a batch at a time.

Each unit takes some that are not overdue yet, so a run that died goes on where it was, and whoever begins or moves a
task meanwhile is faster or slower than the unit, but never half.
"""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, select, update

from bus import Db
from bus.context import Context
from contracts.tasks.v1.overdue import TaskMarkOverdue
from plugins.tasks import finding, statuses
from plugins.tasks.numbers import today
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.tables import tasks

REASON = "scheduled date has passed"
#: Tasks that are changed in one unit of work: others want to write, too.
BATCH = 100
#: What is told of each.
ANNOUNCED = ("task_number", "title", "technician_id", "created_by", "scheduled_date")

# In one order, so that two who hold some of them do not wait for each other.
LATE = (
    select(tasks.c.id, tasks.c.status, tasks.c.started_at, *(tasks.c[name] for name in ANNOUNCED))
    .where(
        finding.IS_LIVE,
        tasks.c.status.in_(sorted(statuses.MOVES_BY_DAY)),
        tasks.c.scheduled_date < bindparam("day"),
    )
    .order_by(tasks.c.seq)
    .limit(bindparam("most", type_=BigInteger))
    .with_for_update(key_share=True)
)

_WRITE = update(tasks).where(tasks.c.id == bindparam("of_task"))


@plugin.handles(TaskMarkOverdue)
def task_mark_overdue(ctx: Context) -> dict[str, Any]:
    """How many became overdue."""
    asked = {"day": today(ctx.now_ms), "most": BATCH}
    done = 0
    for number in itertools.count(1):
        ctx.checkpoint()
        count: int = ctx.unit(f"batch-{number}", lambda db: _mark_some(ctx, db, asked))
        if count == 0:
            break
        done += count
        ctx.progress(done, message="marking")
    return {"overdue_count": done}


def _mark_some(ctx: Context, db: Db, asked: dict[str, Any]) -> int:
    late = db.execute(LATE, asked).all()
    if late:
        stamps = {"updated_at": ctx.now_ms, "updated_by": ctx.principal.id}
        db.execute(_WRITE, [_moved(ctx, task) | stamps for task in late])
    for task in late:
        ctx.emit("task.overdue", {"task_id": task.id} | {name: getattr(task, name) for name in ANNOUNCED})
    return len(late)


def _moved(ctx: Context, task: Row[Any]) -> dict[str, Any]:
    return {"of_task": task.id} | statuses.move(ctx, task, "overdue", REASON, statuses.MOVES_BY_DAY)
