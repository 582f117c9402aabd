"""What a run is known by when it may be repeated: a job, or a call with an idempotency key.

Finished units of a MANY command are stored under its ``key``; ``guard`` makes sure, inside the unit's transaction,
that this process still owns the run.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from bus import wire
from bus.errors import Cancelled

if TYPE_CHECKING:
    from bus.database import Database, Kept
    from bus.idempotency import Record

#: Seconds between two looks at whether a job was cancelled.
LOOK_EVERY_S = 0.5
#: Seconds between two tellings of a job's progress.
TELL_EVERY_S = 0.2


class OwnershipLost(Exception):
    """Another process has taken this run over; whatever this one still does must not count."""


class Run:
    """A run that a later one may continue."""

    job_id: str | None = None
    attempt: int = 1

    def __init__(self, key: str, fence: int) -> None:
        self.key = key
        self.fence = fence

    def guard(self, kept: Kept) -> None:
        """Raise OwnershipLost unless the run is still this process's, and keep it so until the commit."""
        raise NotImplementedError

    def stop_if_cancelled(self) -> None:
        """Raise Cancelled if somebody asked for it."""

    def tell(self, progress: dict[str, Any], *, is_last: bool) -> None:
        """Show how far the run is, where anybody can look."""


class RememberedRun(Run):
    """A synchronous MANY command with an idempotency key."""

    def __init__(self, database: Database, record: Record, fence: int) -> None:
        super().__init__(record.run_key, fence)
        self.record = record[:3]
        lock = " FOR UPDATE" if database.kind == "postgresql" else ""
        self._mine = database.sql(
            f"SELECT 1 FROM bus_idempotency WHERE principal=? AND command=? AND key=? AND fence=?{lock}"
        )

    def guard(self, kept: Kept) -> None:
        """Raise OwnershipLost unless the record still carries this run's fence."""
        if kept.raw.execute(self._mine, (*self.record, self.fence)).fetchone() is None:
            raise OwnershipLost(self.key)


class JobRun(Run):
    """One attempt at a queued command."""

    def __init__(self, database: Database, job_id: str, fence: int, attempt: int) -> None:
        super().__init__(job_id, fence)
        self.job_id = job_id
        self.attempt = attempt
        self._database = database
        lock = " FOR UPDATE" if database.kind == "postgresql" else ""
        self._mine = database.sql(f"SELECT 1 FROM bus_job WHERE id=? AND fence=? AND state='running'{lock}")
        self._cancelled = database.sql("SELECT 1 FROM bus_job WHERE id=? AND is_cancelled")
        self._tell = database.sql("UPDATE bus_job SET progress=? WHERE id=? AND fence=? AND state='running'")
        self._look_at = self._tell_at = 0.0

    def guard(self, kept: Kept) -> None:
        """Raise OwnershipLost unless the job is running under this run's fence."""
        if kept.raw.execute(self._mine, (self.key, self.fence)).fetchone() is None:
            raise OwnershipLost(self.key)

    def stop_if_cancelled(self) -> None:
        """Raise Cancelled if the job was; looks twice a second at most."""
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY_S
        with self._database.reader().transaction(write=False) as kept:
            if kept.raw.execute(self._cancelled, (self.key,)).fetchone() is not None:
                raise Cancelled("the job was cancelled while it ran")

    def tell(self, progress: dict[str, Any], *, is_last: bool) -> None:
        """Write it into the job's row; a few times a second at most, but for the last."""
        if time.monotonic() < self._tell_at and not is_last:
            return
        self._tell_at = time.monotonic() + TELL_EVERY_S
        with self._database.writer().transaction() as kept:
            kept.raw.execute(self._tell, (wire.encode(progress).decode(), self.key, self.fence))
