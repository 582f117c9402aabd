"""What tests see of the database beneath a bus: its whole content, and each statement that would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, event, select, text

from bus.testing import wait_until
from plugins.engine.tables import metadata

if TYPE_CHECKING:
    from bus.application import Bus


def content(bus: Bus) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the engine, and the ids SQLite has given away."""
    with bus.database.engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }
        if bus.database.kind == "sqlite":
            given = connection.execute(text("SELECT name, seq FROM sqlite_sequence ORDER BY name"))
            found["given ids"] = [tuple(row) for row in given]
        return found


def is_write(statement: str) -> bool:
    """Whether a statement changes a table of the engine."""
    return statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and "engine_" in statement


@contextmanager
def watched(bus: Bus, when: str, see: Callable[[str], None]) -> Iterator[None]:
    """Call ``see`` with each statement that changes a table, ``"before"`` or ``"after"`` it runs."""

    def listener(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if is_write(statement):
            see(statement)

    name = f"{when}_cursor_execute"
    event.listen(bus.database.engine, name, listener)
    try:
        yield
    finally:
        event.remove(bus.database.engine, name, listener)


class Outsider:
    """Another writer, between its first statement and its commit."""

    def __init__(self, bus: Bus, statement: Executable) -> None:
        self._is_sqlite = bus.database.kind == "sqlite"
        self._engine = bus.database.engine
        self._connection = self._engine.connect()
        self._connection.exec_driver_sql("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        self._connection.execute(statement)

    def wait_until_somebody_waits(self) -> None:
        """Wait for a call that waits for this writer; SQLite tells nobody, and there it makes no difference."""
        if not self._is_sqlite:
            wait_until(self._is_somebody_waiting, what="a call that waits for a lock")

    def commit(self) -> None:
        """Let the others go on."""
        self._connection.exec_driver_sql("COMMIT")
        self._connection.close()

    def _is_somebody_waiting(self) -> bool:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(waiting).scalar() == 1
