"""Answers ``db.messages.*``."""

from typing import Any

from sqlalchemy import bindparam, insert, select

from bus import Context, Db
from contracts.engine.v1 import messages as v1
from plugins.engine.guards import require_session
from plugins.engine.plugin import engine
from plugins.engine.rows import MESSAGE, NO_LIMIT
from plugins.engine.tables import messages as table

APPEND = insert(table).returning(*MESSAGE.columns)
LIST = (
    select(*MESSAGE.columns)
    .where(table.c.session_id == bindparam("session"))
    .order_by(table.c.id)
    .limit(bindparam("limit"))
)

_INTO = f"INSERT INTO {table.name}(session_id, timestamp, role, content, tool_name)"
#: Thousands of rows within the time limit of a ONE command: the driver's own bulk insert, by database.
BULK = {
    "sqlite": f"{_INTO} VALUES (?, ?, ?, ?, ?)",
    "postgresql": (
        f"{_INTO} SELECT %s, %s, role, content, tool_name FROM unnest(%s::text[], %s::text[], %s::text[]) "
        "WITH ORDINALITY AS given(role, content, tool_name, place) ORDER BY place"
    ),
}


def _insert_all(db: Db, session_id: int, now_ms: int, given: list[dict[str, Any]]) -> None:
    rows = [(message["role"], message["content"], message.get("toolName")) for message in given]
    if db.dialect == "postgresql":
        db.exec_driver_sql(
            BULK["postgresql"], (session_id, now_ms, *(list(column) for column in zip(*rows, strict=True)))
        )
    else:
        db.exec_driver_sql(BULK["sqlite"], [(session_id, now_ms, *row) for row in rows])


def _values(session_id: int, role: str, content: str, tool_name: str | None, now_ms: int) -> dict[str, Any]:
    return {"session_id": session_id, "role": role, "content": content, "tool_name": tool_name, "timestamp": now_ms}


@engine.handles(v1.MessagesAppend)
def messages_append(
    ctx: Context, sessionId: int, role: str, content: str, toolName: str | None = None
) -> dict[str, Any]:
    """One message more."""
    require_session(ctx, sessionId)
    return {"message": MESSAGE.one(ctx.db.execute(APPEND, _values(sessionId, role, content, toolName, ctx.now_ms)))}


@engine.handles(v1.MessagesUpsert)
def messages_upsert(ctx: Context, sessionId: int, messages: list[dict[str, Any]]) -> dict[str, Any]:
    """All the messages, in their order."""
    if messages:
        require_session(ctx, sessionId)
        _insert_all(ctx.db, sessionId, ctx.now_ms, messages)
    return {"inserted": len(messages)}


@engine.handles(v1.MessagesList)
def messages_list(ctx: Context, sessionId: int, limit: int = NO_LIMIT) -> dict[str, Any]:
    """The first messages of the session, oldest first."""
    return {"messages": MESSAGE.all(ctx.db.execute(LIST, {"session": sessionId, "limit": limit}))}
