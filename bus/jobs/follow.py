"""What follows from the end of a job that belongs to a flow: a job that moves the flow on, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus import ids
from bus.jobs.states import ENDED, UNIT_LANE

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: The command that moves a flow on, and the queue in which every worker takes part.
ADVANCE, QUEUE = "flow_advance@1", "default"


class Follow:
    """The statement that queues it."""

    def __init__(self, database: Database) -> None:
        now = database.dialect.now_ms
        ended = ",".join(f"'{state}'" for state in sorted(ENDED))
        args = "'{\"flow_id\":\"' || flow || '\"}'"
        self._insert = database.sql(
            "INSERT INTO bus_job(id, queue, lane, contract, args, principal, correlation_id, state, priority, run_at, "
            f"attempt, alone, fence, created_at) SELECT ?, '{QUEUE}', {UNIT_LANE}, '{ADVANCE}', {args}, principal, "
            f"correlation_id, 'queued', priority, {now}, 0, 0, 0, {now} FROM bus_job "
            f"WHERE id=? AND flow IS NOT NULL AND state IN ({ended})"
        )

    def after(self, kept: Kept, job_id: str) -> set[str]:
        """Move the job's flow on, if it has one and the job has ended; answers the queues to look at."""
        return {QUEUE} if kept.raw.execute(self._insert, (ids.job_id(), job_id)).rowcount else set()
