"""What must exist before anything is written. Each guard runs inside the command's own transaction.

Those that lock hold the row until the command commits; tables.py says in which order.
"""

from typing import Any

from sqlalchemy import Column, Select, bindparam, literal_column, select

from bus.context import Context
from contracts.engine.errors import NotFound
from plugins.engine.rows import EFFORT
from plugins.engine.tables import efforts, projects, sessions


def lock(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same rows, held against other writers until the commit; rows that refer to them may still be inserted."""
    return statement.with_for_update(key_share=True)


def presence(column: "Column[Any]") -> Select[Any]:
    """Selects a 1 if the column holds the parameter ``key``."""
    return select(literal_column("1")).where(column == bindparam("key"))


PROJECT_PRESENCE = presence(projects.c.id)
EFFORT_PRESENCE = presence(efforts.c.id)
SESSION_PRESENCE = presence(sessions.c.id)
LOCKED_EFFORT = lock(select(*EFFORT.columns).where(efforts.c.id == bindparam("effort")))


def require_project(ctx: Context, project_id: int) -> None:
    """Go on only if the project exists.

    Raises:
        NotFound: it does not.
    """
    if ctx.db.scalar(PROJECT_PRESENCE, {"key": project_id}) is None:
        raise NotFound(what="Project", key=project_id)


def require_effort(ctx: Context, effort_id: int) -> None:
    """Go on only if the effort exists.

    Raises:
        NotFound: it does not.
    """
    if ctx.db.scalar(EFFORT_PRESENCE, {"key": effort_id}) is None:
        raise NotFound(what="Effort", key=effort_id)


def has_session(ctx: Context, session_id: int) -> bool:
    """Whether the session exists, ended or not."""
    return ctx.db.scalar(SESSION_PRESENCE, {"key": session_id}) is not None


def require_session(ctx: Context, session_id: int) -> None:
    """Go on only if the session exists, ended or not.

    Raises:
        NotFound: it does not.
    """
    if not has_session(ctx, session_id):
        raise NotFound(what="Session", key=session_id)


def locked_effort(ctx: Context, effort_id: int) -> dict[str, Any]:
    """The effort's row, held until the commit.

    Raises:
        NotFound: there is no such effort.
    """
    effort = EFFORT.first(ctx.db.execute(LOCKED_EFFORT, {"effort": effort_id}))
    if effort is None:
        raise NotFound(what="Effort", key=effort_id)
    return effort
