"""Letting the jobs of a key go: so many at a time, so many in a while, in their order.

A job with a key is published into a lane that nobody claims (``KEY_LANE``) and moved to the lane where it belongs when
its key has room. So a full key costs workers nothing: what they look at may always run. Whoever ends a job of a key
lets the next one go in the same transaction; whoever looks after the queue finds the keys for which only time had to
pass.

A job that rests between two attempts keeps its place, and with it the order of its key.

Rates: GCRA (ITU-T I.371) with a burst of ``count``; then one each ``per_ms / count``, counted in microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bus.jobs.states import IS_ALIVE, KEY_LANE

if TYPE_CHECKING:
    from bus.database import Database, Kept

#: Jobs of one key let go at once; the next look takes the next ones.
MOST = 200
#: Keys looked at in one sweep.
MOST_KEYS = 500
#: Microseconds of a millisecond: a rate of thousands a second has no step in whole milliseconds.
MICROS = 1_000


class Gates:
    """The statements about keys."""

    def __init__(self, database: Database) -> None:
        d, sql = database.dialect, database.sql
        waiting = f"lane={KEY_LANE} AND state='queued' AND key IS NOT NULL"
        admitted = f"lane!={KEY_LANE} AND {IS_ALIVE} AND key IS NOT NULL"
        keyed = "bus_job" + d.indexed_by.format("bus_job_keyed")
        # Makes the row where it is missing, and locks it. SQLite has one writer, and that is who asks.
        self._lock = (
            None
            if not d.for_update
            else sql(
                "INSERT INTO bus_key(name, used_until) VALUES (?,0) ON CONFLICT (name) DO UPDATE "
                "SET used_until=bus_key.used_until"
            )
        )
        # How many have leave is only asked where that is limited: a rate alone lets any number wait behind it.
        count = f"(SELECT count(*) FROM bus_job WHERE key=? AND {admitted})"
        self._look, self._look_at_rate = (
            sql(f"SELECT {d.now_ms}, (SELECT used_until FROM bus_key WHERE name=?), {which}") for which in (count, "0")
        )
        is_nobody = (  # not EXISTS, as in bus/jobs/picking.py
            f"(SELECT 1 FROM {keyed} WHERE key=? AND {waiting} AND run_at<={d.now_ms} "
            "ORDER BY priority, run_at, id LIMIT 1) IS NULL"
        )
        # ``excluded`` has the used-up moment of a key that was free: now, which is worked out once, and a step.
        use = (
            f"INSERT INTO bus_key(name, used_until) SELECT ?,{d.now_ms}*{MICROS}+? WHERE {{}} ON CONFLICT (name) "
            f"DO UPDATE SET used_until={d.greatest}(bus_key.used_until+?,excluded.used_until) "
            "WHERE bus_key.used_until<=excluded.used_until+?"
        )
        #: Whether there is a limit, and a rate -> a statement that answers a row, or else uses the rate, if one may go.
        self._enter = {
            (is_limited, has_rate): sql((use if has_rate else "SELECT 1 WHERE {}").format(room))
            for is_limited, room in ((False, is_nobody), (True, f"{is_nobody} AND {count}<?"))
            for has_rate in (False, True)
        }
        self._waiting = sql(
            f"SELECT id, queue, key_limit, rate_count, rate_ms FROM {keyed} "
            f"WHERE key=? AND {waiting} AND run_at<={d.now_ms} ORDER BY priority, run_at, id LIMIT {MOST}"
        )
        self._who = sql(f"SELECT DISTINCT key FROM {keyed} WHERE {waiting} AND key {d.is_among}")
        self._listed = d.listed
        self._let_go = sql(f"UPDATE bus_job SET lane=home_lane WHERE id=? AND {waiting}")
        self._use = sql(
            "INSERT INTO bus_key(name, used_until) VALUES (?,?) ON CONFLICT (name) DO UPDATE "
            "SET used_until=excluded.used_until"
        )
        # Keys are looked up one by one: a scan would pass over every job of a full key. Those whose rate is used up
        # are left out, or they would keep the others from being looked at.
        rate = f"rate_ms*CAST({MICROS} AS bigint)"
        first = f"SELECT min(key) FROM {keyed} WHERE {waiting}"
        self._with_room = sql(
            f"WITH RECURSIVE keys(key) AS ({first} UNION ALL SELECT ({first} AND key>keys.key) FROM keys "
            "WHERE keys.key IS NOT NULL) SELECT key FROM keys WHERE key IS NOT NULL AND EXISTS (SELECT 1 FROM "
            f"(SELECT key_limit, rate_count, rate_ms FROM {keyed} WHERE key=keys.key AND {waiting} "
            f"AND run_at<={d.now_ms} ORDER BY priority, run_at, id LIMIT 1) AS head "
            f"WHERE (key_limit IS NULL OR key_limit>(SELECT count(*) FROM bus_job WHERE key=keys.key AND {admitted})) "
            f"AND NOT EXISTS (SELECT 1 FROM bus_key WHERE name=keys.key "
            f"AND used_until-{d.now_ms}*{MICROS}>coalesce({rate}-{rate}/rate_count,0))) LIMIT {MOST_KEYS}"
        )
        self._forget = sql(
            f"DELETE FROM bus_key WHERE used_until<{d.now_ms}*{MICROS} AND NOT EXISTS (SELECT 1 FROM bus_job WHERE "
            f"bus_job.key=bus_key.name AND {IS_ALIVE})"
        )

    def enter(self, kept: Kept, key: str, limit: int | None, rate: tuple[int | None, int | None]) -> bool:
        """Whether a new job of a key may go at once: there is room, and nobody waits. Locks the key."""
        self._take(kept, key)
        rate_count, rate_ms = rate
        room = (key,) if limit is None else (key, key, limit)
        if rate_count is None or rate_ms is None:
            return kept.raw.execute(self._enter[limit is not None, False], room).fetchone() is not None
        step = step_of(rate_count, rate_ms)
        values = (key, step, *room, step, rate_ms * MICROS - 2 * step)
        return kept.raw.execute(self._enter[limit is not None, True], values).rowcount > 0

    def _take(self, kept: Kept, key: str) -> None:
        """Lock a key until the transaction ends."""
        if self._lock is not None:
            kept.raw.execute(self._lock, (key,))

    def _looked(self, kept: Kept, key: str, *, is_limited: bool) -> tuple[int, int, int]:
        """Now and until when the rate is used up (epoch microseconds), and how many have leave."""
        look, times = (self._look, 2) if is_limited else (self._look_at_rate, 1)
        now, used_until, admitted = kept.raw.execute(look, (key,) * times).fetchone()
        return now * MICROS, used_until or 0, admitted

    def admit_waiting(self, kept: Kept, keys: Iterable[str]) -> set[str]:
        """``admit`` for those of the keys for which anybody waits."""
        names = self._listed(sorted(set(keys)))
        return self.admit(kept, [row[0] for row in kept.raw.execute(self._who, (names,)).fetchall()])

    def admit(self, kept: Kept, keys: Iterable[str]) -> set[str]:
        """Let the jobs of these keys go that have room; answers the queues to look at.

        Locks the keys until the transaction ends, so that nobody else counts the same room.
        """
        queues: set[str] = set()
        for key in sorted(set(keys)):
            queues |= self._admit(kept, key)
        return queues

    def _admit(self, kept: Kept, key: str) -> set[str]:
        self._take(kept, key)
        rows: list[Any] = kept.raw.execute(self._waiting, (key,)).fetchall()
        if not rows:
            return set()
        is_limited = any(row[2] is not None for row in rows)
        now, used_until, admitted = self._looked(kept, key, is_limited=is_limited)
        chosen, used = _choose(rows, admitted, used_until, now)
        if chosen:
            kept.raw.cursor().executemany(self._let_go, [(row[0],) for row in chosen])
        if used != used_until:
            kept.raw.execute(self._use, (key, used))
        return {row[1] for row in chosen}

    def with_room(self, kept: Kept) -> list[str]:
        """Keys whose jobs are due and may have room: their time has come, or whoever should have looked has died."""
        return [row[0] for row in kept.raw.execute(self._with_room).fetchall()]

    def forget(self, kept: Kept) -> None:
        """Drop keys that limit nothing any more."""
        kept.raw.execute(self._forget)


def step_of(rate_count: int, rate_ms: int) -> int:
    """Microseconds from one job of a rate to the next."""
    return max(1, rate_ms * MICROS // rate_count)


def _choose(rows: list[Any], admitted: int, used_until: int, now: int) -> tuple[list[Any], int]:
    """The jobs that may go, in their order, and until when the rate is used up then."""
    chosen: list[Any] = []
    for row in rows:
        _, _, limit, rate_count, rate_ms = row
        if limit is not None and admitted >= limit:
            break
        if rate_count is not None:
            step = step_of(rate_count, rate_ms)
            start = max(used_until, now)
            if start - now > rate_ms * MICROS - step:
                break
            used_until = start + step
        chosen.append(row)
        admitted += 1
    return chosen, used_until
