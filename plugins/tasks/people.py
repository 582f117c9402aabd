"""Users, as far as tasks need them: who may be given work, and how much of it they have."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from bus.context import Context
from bus.errors import InvalidArguments
from contracts.workshop.roles import VIEWER
from plugins.tasks.finding import IS_LIVE
from plugins.tasks.plugin import tasks as plugin
from plugins.tasks.statuses import OPEN
from plugins.tasks.tables import tasks

OPEN_TASKS = (
    select(func.count())
    .select_from(tasks)
    .where(IS_LIVE, tasks.c.technician_id == bindparam("of_user"), tasks.c.status.in_(sorted(OPEN)))
)


def can_work(ctx: Context, user_id: str) -> bool:
    """Whether the user is there, active, and more than a viewer."""
    people = ctx.call("user_names", {"user_ids": [user_id]})["items"]
    return any(person["is_active"] and person["role"] != VIEWER for person in people)


def require_worker(ctx: Context, user_id: str) -> None:
    """Go on only if the user may be given tasks.

    Raises:
        InvalidArguments: they may not, or there is no such user.
    """
    if not can_work(ctx, user_id):
        fault = "must be an active admin, supervisor or technician"
        raise InvalidArguments(f"technician_id {fault}", {"data.technician_id": [fault]})


def open_tasks(ctx: Context, user_id: str) -> int:
    """How many open tasks the user has."""
    return ctx.db.scalar(OPEN_TASKS, {"of_user": user_id})


def max_tasks() -> int:
    """Open tasks that one user has at most."""
    return plugin.configured().max_tasks_per_user


def is_busy(ctx: Context, user_id: str) -> bool:
    """Whether the user has as many open tasks as anybody should."""
    return open_tasks(ctx, user_id) >= max_tasks()
