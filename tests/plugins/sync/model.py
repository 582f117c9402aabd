"""The queue as its specification tells it, in plain Python: no SQL, no claims, no locks."""

from __future__ import annotations

import dataclasses

LOST_MS = 300_000


@dataclasses.dataclass
class Operation:
    """One operation."""

    id: int
    entity: tuple[str, str]
    needed: tuple[str, ...]
    timestamp: int
    max_retries: int
    status: str = "pending"
    retry_count: int = 0
    last_error: str | None = None
    next_retry_at: int | None = None
    claimed_at: int = 0


class Model:
    """All operations by id."""

    def __init__(self) -> None:
        self.operations: dict[int, Operation] = {}

    def settle_time(self, now: int) -> None:
        """What the clock alone brings about."""
        for operation in self.operations.values():
            if operation.status == "processing" and operation.claimed_at + LOST_MS <= now:
                operation.status = "pending"

    def is_ready(self, operation: Operation) -> bool:
        if operation.status != "pending":
            return False
        unfinished = [other for other in self.operations.values() if other.status != "completed"]
        if any(other.entity == operation.entity and other.id < operation.id for other in unfinished):
            return False
        own = operation.entity[1]
        return not any(other.entity[1] in operation.needed and other.entity[1] != own for other in unfinished)

    def take(self, limit: int, now: int) -> list[int]:
        ready = [operation for operation in self.operations.values() if self.is_ready(operation)]
        ready.sort(key=lambda operation: (operation.timestamp, operation.id))
        for operation in ready[:limit]:
            operation.status, operation.claimed_at = "processing", now
        return [operation.id for operation in ready[:limit]]

    def fault(self, number: int, *allowed: str) -> str | None:
        operation = self.operations.get(number)
        if operation is None:
            return "NOT_FOUND"
        return None if operation.status in allowed else "SYNC_INVALID_STATE"

    def complete(self, number: int) -> str | None:
        fault = self.fault(number, "processing", "completed")
        if fault is None:
            self.operations[number].status = "completed"
            self.operations[number].next_retry_at = None
        return fault

    def fail(self, number: int, error: str, now: int) -> str | None:
        fault = self.fault(number, "processing")
        if fault is None:
            operation = self.operations[number]
            is_last = operation.retry_count + 1 >= operation.max_retries
            operation.next_retry_at = None if is_last else now + min(2**operation.retry_count, 300) * 1_000
            operation.status = "abandoned" if is_last else "pending"
            operation.retry_count += 1
            operation.last_error = error
        return fault

    def retry(self, number: int) -> str | None:
        fault = self.fault(number, "abandoned")
        if fault is None:
            operation = self.operations[number]
            operation.status, operation.retry_count, operation.next_retry_at = "pending", 0, None
        return fault

    def drop(self, number: int) -> str | None:
        fault = self.fault(number, "abandoned")
        if fault is None:
            del self.operations[number]
        return fault
