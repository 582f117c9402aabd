"""The statements that find what is due and take it, written out for one queue and lane.

They hold names and numbers and no parameters but the place where a claim goes on: PostgreSQL plans a statement with
parameters anew for as long as it thinks that this pays, and to estimate it reads the index from its beginning, over
the entries of every job that was claimed since the last vacuum.

Not here: who executes them and when (bus/jobs/claiming.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from bus.jobs.pauses import QUEUE_PAUSED, held_back
from bus.jobs.states import WARD_LANE

if TYPE_CHECKING:
    from bus.database import Database

#: What a claim answers of each job, in the order of ``Claimed``.
RETURNING = (
    "id, contract, args, principal, correlation_id, attempt, alone, fence, queue, lane, owner, priority, run_at, key,"
    " flow"
)
# In the order of the index also where any job would do: asked by EXISTS for any, PostgreSQL reads the table from its
# beginning, which is full of jobs that have ended.
_FIRST_FIRST = "ORDER BY run_at, id"
_HOLES = re.compile(":(queue|lane|names|owner)")
_NEVER_TRIED, _TRIED_BEFORE = "attempt=0", "attempt>0"


class Picking:
    """The statements of one worker, each made once.

    Args:
        database: where the jobs are.
        owner: the worker's name.
        contracts: ``name@version`` of each command that it knows.
        lease_ms: how long a claim lasts unless it is renewed.
        groupable: those of the contracts that share a transaction also where that is not the rule.
    """

    def __init__(
        self, database: Database, owner: str, contracts: Iterable[str], lease_ms: int, groupable: Iterable[str]
    ) -> None:
        d, self._sql = database.dialect, database.sql
        self._percent = database.sql("%")
        #: Those it knows, as a list in SQL.
        self.known, self._groupable = self._listed(contracts), self._listed(groupable)
        self._owner = self._quoted(owner)
        self._may_run = f"run_at<={d.now_ms} AND contract IN (:names) AND NOT EXISTS ({held_back(d.json_member)})"
        self._now, self._skip_locked = d.now_ms, d.skip_locked
        self._lease = f"lease_until={d.lease_ms}+{int(lease_ms)}"
        self._made: dict[tuple[object, ...], str] = {}

    def look(self, queue: str, lane: int, *, fresh: bool) -> str:
        """Whether a job is due."""
        return self._once(
            ("look", queue, lane, fresh), self.known, lambda: f"{self._rank(_tried(fresh))} SELECT 1 FROM rank"
        )

    def look_on(self, queue: str, lane: int) -> str:
        """Whether a job that ``claim_on`` would take is due; the same parameters."""
        return self._once(("look_on", queue, lane), self.known, lambda: f"SELECT 1 {self._next()} LIMIT 1")

    def claim(self, queue: str, lane: int, most: int, *, fresh: bool) -> str:
        """Take the first jobs of the best priority of which any is due.

        Args:
            queue: its name.
            lane: its number.
            most: how many.
            fresh: those never tried, or those tried before.
        """

        def make() -> str:
            tried = _tried(fresh)
            first = f"{_waiting(tried)} AND priority=(SELECT priority FROM rank) AND {self._may_run} {_FIRST_FIRST}"
            return f"{self._rank(tried)}, {self._taking(first, most)}"

        return self._once(("claim", queue, lane, most, fresh), self.known, make)

    def claim_on(self, queue: str, lane: int, most: int) -> str:
        """Take the next jobs never tried: same priority, behind a place. None if the queue rests or any is better.

        Its parameters: priority, ``run_at`` and id of the place, and the priority again.
        """
        return self._once(
            ("claim_on", queue, lane, most), self.known, lambda: f"WITH {self._taking(self._next(), most)}"
        )

    def join(self, queue: str, lane: int, most: int) -> str:
        """Take the next jobs never tried behind one that was taken, if their contracts say that they may share.

        Its parameters: priority, ``run_at`` and id of that one.
        """
        return self._once(
            ("join", queue, lane, most), self._groupable, lambda: f"WITH {self._taking(self._behind(), most)}"
        )

    def _listed(self, contracts: Iterable[str]) -> str:
        """Contracts as a list in SQL, whatever a name may hold."""
        return ",".join(map(self._quoted, sorted(contracts))) or "''"

    def _once(self, key: tuple[object, ...], names: str, make: Callable[[], str]) -> str:
        if key not in self._made:
            _, queue, lane, *_ = key
            written = {"queue": self._quoted(str(queue)), "lane": str(lane), "names": names, "owner": self._owner}
            # After the dialect has had its way with it: a name may hold any sign.
            self._made[key] = _HOLES.sub(lambda hole: written[hole[1]], self._sql(make()))
        return self._made[key]

    def _quoted(self, text: str) -> str:
        return "'" + text.replace("'", "''").replace("%", self._percent) + "'"

    def _rank(self, tried: str) -> str:
        """``WITH rank``: the best priority of which a job is due.

        Priorities are looked up one by one: a scan would pass over every job whose time has not come.
        """
        waiting = _waiting(tried)
        due = f"{waiting} AND priority=ranks.priority AND {self._may_run}"
        return (
            f"WITH RECURSIVE ranks(priority) AS (SELECT (SELECT min(priority) {waiting}) WHERE NOT EXISTS ({_paused()})"
            f" UNION ALL SELECT (SELECT min(priority) {waiting} AND priority>ranks.priority) FROM ranks "
            "WHERE ranks.priority IS NOT NULL"
            f"), rank(priority) AS (SELECT priority FROM ranks WHERE (SELECT 1 {due} {_FIRST_FIRST} LIMIT 1)=1 "
            "ORDER BY priority LIMIT 1)"
        )

    def _next(self) -> str:
        better = f"(SELECT 1 {_waiting(_NEVER_TRIED)} AND priority<? LIMIT 1)"
        return self._behind(f"AND NOT EXISTS ({_paused()}) AND {better} IS NULL ")

    def _behind(self, only_if: str = "") -> str:
        place = "priority=? AND (run_at, id)>(?,?)"
        return f"{_waiting(_NEVER_TRIED)} AND {place} {only_if}AND {self._may_run} {_FIRST_FIRST}"

    def _taking(self, first: str, most: int) -> str:
        # Materialized: a plan that ran the query again for each row would lock more rows than it may.
        return (
            f"due AS MATERIALIZED (SELECT id {first} LIMIT {int(most)}{self._skip_locked}) "
            "UPDATE bus_job SET state='running', attempt=attempt+1, fence=fence+1, owner=:owner, "
            f"alone=alone+CASE :lane WHEN {WARD_LANE} THEN 1 ELSE 0 END, "
            f"started_at={self._now}, {self._lease} WHERE id IN (SELECT id FROM due) RETURNING {RETURNING}"
        )


def _tried(fresh: bool) -> str:
    return _NEVER_TRIED if fresh else _TRIED_BEFORE


def _waiting(tried: str) -> str:
    return f"FROM bus_job WHERE queue=:queue AND lane=:lane AND state='queued' AND {tried}"


def _paused() -> str:
    return QUEUE_PAUSED.replace("?", ":queue")
