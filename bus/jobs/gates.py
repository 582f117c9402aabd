"""Letting the jobs of a key go: so many at a time, so many in a while, in their order.

A job with a key is published into a lane that nobody claims (``KEY_LANE``) and moved to the lane where it belongs when
its key has room. So a full key costs workers nothing: what they look at may always run. Whoever ends a job of a key
lets the next one go in the same transaction; whoever looks after the queue finds the keys for which only time had to
pass.

A job that rests between two attempts keeps its place, and with it the order of its key.

Rates: GCRA (ITU-T I.371) with a burst of ``count``; then one each ``per_ms / count``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus.jobs.states import KEY_LANE

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: Jobs of one key let go at once; the next look takes the next ones.
MOST = 200
#: Keys looked at in one sweep.
MOST_KEYS = 500


class Gates:
    """The statements about keys."""

    def __init__(self, database: Database) -> None:
        d, sql = database.dialect, database.sql
        waiting = f"lane={KEY_LANE} AND state='queued' AND key IS NOT NULL"
        admitted = f"lane!={KEY_LANE} AND state IN ('queued','running') AND key IS NOT NULL"
        self._know = sql("INSERT INTO bus_key(name, used_until) VALUES (?,0) ON CONFLICT (name) DO NOTHING")
        self._lock = sql(f"SELECT used_until, {d.now_ms} FROM bus_key WHERE name=?{d.for_update}")
        self._waiting = sql(
            "SELECT id, queue, key_limit, rate_count, rate_ms FROM bus_job "
            f"WHERE key=? AND {waiting} AND run_at<={d.now_ms} ORDER BY priority, run_at, id LIMIT {MOST}"
        )
        self._admitted = sql(f"SELECT count(*) FROM bus_job WHERE key=? AND {admitted}")
        self._let_go = sql(f"UPDATE bus_job SET lane=home_lane WHERE id=? AND {waiting}")
        self._use = sql("UPDATE bus_key SET used_until=? WHERE name=?")
        # Not those whose rate is used up: they would keep the others from being looked at.
        self._with_room = sql(
            "SELECT key FROM (SELECT key, max(key_limit) AS most, "
            "max(CASE WHEN key_limit IS NULL THEN 1 ELSE 0 END) AS is_open, "
            "max(coalesce(rate_ms - rate_ms / rate_count, 0)) AS slack "
            f"FROM bus_job WHERE {waiting} AND run_at<={d.now_ms} GROUP BY key) AS due "
            f"WHERE (is_open=1 OR most>(SELECT count(*) FROM bus_job AS held WHERE held.key=due.key AND {admitted})) "
            f"AND NOT EXISTS (SELECT 1 FROM bus_key WHERE name=due.key AND used_until-{d.now_ms}>due.slack) "
            f"LIMIT {MOST_KEYS}"
        )
        self._forget = sql(
            f"DELETE FROM bus_key WHERE used_until<{d.now_ms} AND NOT EXISTS (SELECT 1 FROM bus_job WHERE "
            "bus_job.key=bus_key.name AND state IN ('queued','running'))"
        )

    def admit(self, kept: Kept, keys: Iterable[str]) -> set[str]:
        """Let the jobs of these keys go that have room; answers the queues to look at.

        Locks the keys until the transaction ends, so that nobody else counts the same room.
        """
        queues: set[str] = set()
        for key in sorted(set(keys)):
            queues |= self._admit(kept, key)
        return queues

    def _admit(self, kept: Kept, key: str) -> set[str]:
        kept.raw.execute(self._know, (key,))
        used_until, now = kept.raw.execute(self._lock, (key,)).fetchone()
        rows = kept.raw.execute(self._waiting, (key,)).fetchall()
        if not rows:
            return set()
        admitted: int = kept.raw.execute(self._admitted, (key,)).fetchone()[0]
        chosen, used = _choose(rows, admitted, used_until, now)
        if chosen:
            kept.raw.cursor().executemany(self._let_go, [(row[0],) for row in chosen])
        if used != used_until:
            kept.raw.execute(self._use, (used, key))
        return {row[1] for row in chosen}

    def with_room(self, kept: Kept) -> list[str]:
        """Keys whose jobs are due and may have room: their time has come, or whoever should have looked has died."""
        return [row[0] for row in kept.raw.execute(self._with_room).fetchall()]

    def forget(self, kept: Kept) -> None:
        """Drop keys that limit nothing any more."""
        kept.raw.execute(self._forget)


def _choose(rows: list[Any], admitted: int, used_until: int, now: int) -> tuple[list[Any], int]:
    """The jobs that may go, in their order, and until when the rate is used up then."""
    chosen: list[Any] = []
    for row in rows:
        _, _, limit, rate_count, rate_ms = row
        if limit is not None and admitted >= limit:
            break
        if rate_count is not None:
            step = max(1, rate_ms // rate_count)
            start = max(used_until, now)
            if start - now > rate_ms - step:
                break
            used_until = start + step
        chosen.append(row)
        admitted += 1
    return chosen, used_until
