"""What operators hold back: a queue, a command, or a command with one value of one argument.

Jobs that are held back wait; they are published as ever, and nothing of theirs is lost. It holds for every worker
from its next claim on, without a restart. Calls that are not queued are not held back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bus import wire

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: SQL: a queue is held back.
QUEUE_PAUSED = "SELECT 1 FROM bus_pause WHERE kind='queue' AND name=?"


def held_back(json_member: str) -> str:
    """SQL: the command of a job, or one of its arguments, is held back.

    Args:
        json_member: the dialect's SQL for a member of ``args`` as JSON text, by the dotted path ``path``.
    """
    return f"SELECT 1 FROM bus_pause WHERE {holds_back(json_member)}"


def holds_back(json_member: str) -> str:
    """SQL: a row of ``bus_pause`` holds back a row of ``bus_job`` by its command or one of its arguments."""
    of_command = "substr(contract,1,length(name)+1)=name||'@'"
    return f"kind='command' AND {of_command} AND (path='' OR {json_member}=value)"


class Pause(NamedTuple):
    """One thing that is held back."""

    #: ``queue`` or ``command``.
    kind: str
    name: str
    #: Dotted path of an argument, and its value as JSON; empty: whatever the arguments.
    path: str
    value: str
    reason: str
    principal: str
    #: Epoch milliseconds.
    created_at: int


class Pauses:
    """The table of pauses."""

    def __init__(self, database: Database) -> None:
        sql = database.sql
        where = "kind=? AND name=? AND path=? AND value=?"
        self._add = sql(
            "INSERT INTO bus_pause(kind, name, path, value, reason, principal, created_at) VALUES (?,?,?,?,?,?,?) "
            "ON CONFLICT (kind, name, path, value) DO UPDATE SET reason=excluded.reason, "
            "principal=excluded.principal, created_at=excluded.created_at"
        )
        self._remove = sql(f"DELETE FROM bus_pause WHERE {where}")
        self._list = "SELECT kind, name, path, value, reason, principal, created_at FROM bus_pause ORDER BY 1, 2, 3, 4"

    def add(self, kept: Kept, pause: Pause) -> None:
        """Hold something back, or change why."""
        kept.raw.execute(self._add, tuple(pause))

    def remove(self, kept: Kept, kind: str, name: str, path: str, value: str) -> bool:
        """Let it go; False: it was not held back."""
        return bool(kept.raw.execute(self._remove, (kind, name, path, value)).rowcount)

    def all(self, kept: Kept) -> list[Pause]:
        """Everything that is held back."""
        return [Pause(*row) for row in kept.raw.execute(self._list).fetchall()]


def value_text(value: Any) -> str:
    """The value of an argument as the table holds it."""
    return wire.encode(value).decode()
