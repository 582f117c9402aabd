"""How these tests put operations into the queue, and look at it as other processes do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from plugins.sync.tables import queue, settings
from tests.plugins.identity.caller import Caller
from tests.plugins.standing import empty, execute

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.testing import FakeClock

SECOND_MS, MINUTE_MS, DAY_MS = 1_000, 60_000, 86_400_000
STATUSES = ("pending", "processing", "completed", "failed", "abandoned")


class Desk:
    """The queue, as an admin has it before them.

    Args:
        admin: whoever sits there.
        clock: of the bus.
    """

    def __init__(self, admin: Caller, clock: FakeClock) -> None:
        self.admin = admin
        self.clock = clock

    @property
    def bus(self) -> Bus:
        return self.admin.bus

    def put(self, entity: str = "t-1", *needed: str, **args: Any) -> int:
        """Enqueue an operation; its id."""
        values = {"operation_type": "update", "entity_type": "task", "entity_id": entity, **args}
        if needed:
            values["dependencies"] = list(needed)
        return self.admin("sync_enqueue", **values)["id"]

    def take(self, **args: Any) -> list[int]:
        """Dequeue a batch; its ids."""
        return [item["id"] for item in self.admin("sync_dequeue_batch", **args)["items"]]

    def complete(self, operation: int) -> dict[str, Any]:
        return self.admin("sync_mark_completed", operation_id=operation)

    def fail(self, operation: int, error: str = "it rains") -> dict[str, Any]:
        return self.admin("sync_mark_failed", operation_id=operation, error=error)

    def operation(self, operation: int) -> dict[str, Any]:
        return self.admin("sync_get_operation", operation_id=operation)

    def status(self, operation: int) -> str:
        return self.operation(operation)["status"]

    def in_status(self, status: str, entity: str = "t-1", **args: Any) -> int:
        """An operation that came to this status on the usual way, if there is one."""
        operation = self.put(entity, **{"max_retries": 1, **args})
        if status in ("processing", "completed", "abandoned"):
            assert operation in self.take(limit=100)
        if status == "completed":
            self.complete(operation)
        if status == "abandoned":
            self.fail(operation)
        if status == "failed":
            self.change(operation, status="failed")
        return operation

    def change(self, operation: int, **columns: Any) -> None:
        """What another process does to a row."""
        self.execute(sa.update(queue).where(queue.c.id == operation).values(**columns))

    def row(self, operation: int) -> Any:
        """A row as it is stored."""
        return self.execute(sa.select(queue).where(queue.c.id == operation))[0]

    def fill(self, rows: list[dict[str, Any]]) -> None:
        """Many rows at once, as after an import."""
        now_ms = self.clock.now_ms()
        usual = {
            "operation_type": "update",
            "entity_type": "task",
            "timestamp_utc": now_ms,
            "status": "pending",
            "dependencies": "[]",
            "user_id": "import",
            "created_at": now_ms,
            "updated_at": now_ms,
        }
        with self.bus.database.engine.connect() as connection:
            for start in range(0, len(rows), 5_000):
                connection.exec_driver_sql("BEGIN")
                connection.execute(sa.insert(queue), [usual | row for row in rows[start : start + 5_000]])
                connection.exec_driver_sql("COMMIT")

    def execute(self, statement: sa.Executable) -> list[Any]:
        return execute(self.bus, statement)

    def clear(self) -> None:
        """An empty queue."""
        empty(self.bus, (queue, settings))
