"""Deleting ended jobs and flows by age, and by number when there are very many: a table that only grows stops a deploy.

Dead jobs stay longer: somebody has to look at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus.jobs.gates import Gates

if TYPE_CHECKING:
    from bus.database import Database, Kept
    from bus.settings import Settings

_HOUR_MS = 3_600_000


class Retention:
    """The statements that delete jobs, with all that belongs to them."""

    def __init__(self, database: Database, settings: Settings) -> None:
        now, sql = database.dialect.now_ms, database.sql
        self._most = settings.keep_jobs
        self._gates = Gates(database)
        ended = "SELECT id FROM bus_job WHERE finished_at IS NOT NULL AND finished_at"
        first = "ORDER BY finished_at LIMIT ?"
        done_ms, dead_ms = settings.keep_jobs_hours * _HOUR_MS, settings.keep_dead_hours * _HOUR_MS
        self._old = [
            sql(f"DELETE FROM bus_job WHERE id IN ({ended}<{now}-{age} AND state{sign}'dead' {first}) RETURNING id")
            for sign, age in (("!=", done_ms), ("=", dead_ms))
        ]
        # The oldest that may stay when only so many may.
        self._edge = sql(
            "SELECT finished_at FROM bus_job WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1 OFFSET ?"
        )
        self._beyond = sql(f"DELETE FROM bus_job WHERE id IN ({ended}<=? {first}) RETURNING id")
        self._one = sql("DELETE FROM bus_job WHERE id=? AND finished_at IS NOT NULL RETURNING id")
        self._with_job = [sql("DELETE FROM bus_unit WHERE run=?"), sql("DELETE FROM bus_attempt WHERE job=?")]

        self._flows = sql(
            "DELETE FROM bus_flow WHERE id IN (SELECT id FROM bus_flow WHERE finished_at IS NOT NULL "
            f"AND finished_at<{now}-{done_ms} {first}) RETURNING id"
        )
        self._steps = sql("DELETE FROM bus_step WHERE flow=?")

    def sweep(self, kept: Kept, most: int) -> int:
        """Delete up to ``most`` jobs of each kind; answers the largest number deleted of one."""
        return max(self._delete(kept, statement, (most,)) for statement in self._old)

    def drop(self, kept: Kept, job_id: str) -> bool:
        """Delete one job; False: it has not ended."""
        return bool(self._delete(kept, self._one, (job_id,)))

    def sweep_beyond(self, kept: Kept, most: int) -> int:
        """Delete up to ``most`` of the jobs that are too many; answers how many."""
        edge = kept.raw.execute(self._edge, (self._most,)).fetchone()
        return 0 if edge is None else self._delete(kept, self._beyond, (edge[0], most))

    def sweep_flows(self, kept: Kept, most: int) -> int:
        """Delete up to ``most`` flows that ended as long ago as jobs that go; answers how many."""
        gone = kept.raw.execute(self._flows, (most,)).fetchall()
        kept.raw.cursor().executemany(self._steps, gone)
        return len(gone)

    def sweep_keys(self, kept: Kept, _most: int) -> int:
        """Forget the keys that limit nothing any more."""
        self._gates.forget(kept)
        return 0

    def _delete(self, kept: Kept, statement: str, values: tuple[int | str, ...]) -> int:
        gone = kept.raw.execute(statement, values).fetchall()
        for further in self._with_job:
            kept.raw.cursor().executemany(further, gone)
        return len(gone)
