"""Which task is meant, by its id or its number, and whether the caller may read or change it.

Whoever is a technician changes only what is assigned to them, and reads what they made as well; everybody else is
judged by their role alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, select, update

from bus.context import Context
from bus.errors import Forbidden
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import TECHNICIAN
from plugins.tasks.rows import COLUMNS
from plugins.tasks.tables import tasks

IS_LIVE = tasks.c.deleted_at.is_(None)
_ROW = select(*COLUMNS).where(IS_LIVE)
_BY_ID = _ROW.where(tasks.c.id == bindparam("reference"))
_BY_NUMBER = _ROW.where(tasks.c.task_number == bindparam("reference"))


def _held(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return statement.with_for_update(key_share=True)


_HELD_BY_ID, _HELD_BY_NUMBER = _held(_BY_ID), _held(_BY_NUMBER)


def find(ctx: Context, reference: str) -> Row[Any] | None:
    """The live task of an id or, where no task has that, of a number."""
    return _first(ctx, reference, _BY_ID, _BY_NUMBER)


def require(ctx: Context, reference: str) -> Row[Any]:
    """The live task of an id or number.

    Raises:
        NotFound: there is none.
    """
    return _required(find(ctx, reference), reference)


def require_held(ctx: Context, reference: str) -> Row[Any]:
    """The live task of an id or number, held until the commit.

    Raises:
        NotFound: there is none.
    """
    return _required(_first(ctx, reference, _HELD_BY_ID, _HELD_BY_NUMBER), reference)


def _first(ctx: Context, reference: str, *statements: Select[*tuple[Any, ...]]) -> Row[Any] | None:
    for statement in statements:
        row = ctx.db.execute(statement, {"reference": reference}).first()
        if row is not None:
            return row
    return None


def _required(row: Row[Any] | None, reference: str) -> Row[Any]:
    if row is None:
        raise NotFound("task", reference)
    return row


def is_technician(ctx: Context) -> bool:
    """Whether the caller sees and changes only some tasks."""
    return TECHNICIAN in ctx.principal.roles


def is_own(ctx: Context) -> ColumnElement[bool]:
    """Tasks that a technician may read."""
    return (tasks.c.technician_id == ctx.principal.id) | (tasks.c.created_by == ctx.principal.id)


def require_readable(ctx: Context, task: Row[Any]) -> None:
    """Go on only if the caller may read the task.

    Raises:
        Forbidden: the caller is a technician who neither has nor made it.
    """
    if is_technician(ctx) and ctx.principal.id not in (task.technician_id, task.created_by):
        raise Forbidden("the task is neither assigned to you nor yours")


def require_changeable(ctx: Context, task: Row[Any]) -> None:
    """Go on only if the caller may change the task.

    Raises:
        Forbidden: the caller is a technician whom it is not assigned to.
    """
    if is_technician(ctx) and task.technician_id != ctx.principal.id:
        raise Forbidden("the task is not assigned to you")


def require_held_changeable(ctx: Context, reference: str) -> Row[Any]:
    """The live task of an id or number that the caller may change, held until the commit.

    Raises:
        NotFound: there is none.
        Forbidden: the caller is a technician whom it is not assigned to.
    """
    task = require_held(ctx, reference)
    require_changeable(ctx, task)
    return task


def write(ctx: Context, task: Row[Any], **values: Any) -> Row[Any]:
    """The task with these columns changed, now and by the caller."""
    stamped = values | {"updated_at": ctx.now_ms, "updated_by": ctx.principal.id}
    statement = update(tasks).where(tasks.c.id == task.id).values(**stamped).returning(*COLUMNS)
    return ctx.db.execute(statement).one()
