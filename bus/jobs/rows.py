"""The row of a new job, and writing it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bus.jobs.gates import Gates
from bus.jobs.states import IS_ALIVE, KEY_LANE

if TYPE_CHECKING:
    from bus.database import Database, Kept
    from bus.jobs.keys import Keys


class Row(NamedTuple):
    """What the publisher decides about a job."""

    id: str
    queue: str
    #: Where the job is claimed, once its key lets it.
    lane: int
    contract: str
    args: str
    principal: str
    correlation_id: str
    priority: int
    delay_ms: int
    run_at: int
    keys: Keys | None

    @property
    def key(self) -> str | None:
        """What its turn depends on; None: nothing but the queue."""
        return None if self.keys is None else self.keys.key


class Rows:
    """The statements that write rows down."""

    def __init__(self, database: Database) -> None:
        self.gates = Gates(database)
        now, greatest, sql = database.dialect.now_ms, database.dialect.greatest, database.sql
        columns = (
            "id, queue, lane, contract, args, principal, correlation_id, state, priority, run_at, "
            "attempt, alone, fence, created_at"
        )
        values = f"?,?,?,?,?,?,?,'queued',?,{greatest}({now}+?,?),0,0,0,{now}"
        self._insert = sql(f"INSERT INTO bus_job({columns}) VALUES ({values}) ON CONFLICT (id) DO NOTHING")
        self._insert_keyed = sql(
            f"INSERT INTO bus_job({columns}, key, key_limit, rate_count, rate_ms, unique_key, home_lane) "
            f"VALUES ({values},?,?,?,?,?,?) ON CONFLICT DO NOTHING"
        )
        self._same = sql(f"SELECT id FROM bus_job WHERE id=? OR (unique_key=? AND {IS_ALIVE}) ORDER BY id LIMIT 1")

    def insert(self, kept: Kept, row: Row, *, may_enter: bool = False) -> str:
        """Write a job down; answers its id, or that of the waiting or running job that has its unique key.

        Args:
            kept: an open transaction.
            row: the job.
            may_enter: it may go at once if its key has room; locks the key until the transaction ends.
        """
        *plain, keys = row
        if keys is None:
            kept.execute(self._insert, plain)
            return row.id
        if keys.key is not None and not (may_enter and self._enters(kept, row, keys)):
            plain[2] = KEY_LANE
        while True:
            if kept.execute(self._insert_keyed, (*plain, *keys, row.lane)).rowcount:
                return row.id
            found = kept.execute(self._same, (row.id, keys.unique)).fetchone()
            if found is not None:  # else the other one has just ended
                return found[0]

    def insert_alone(self, kept: Kept, row: Row) -> None:
        """Write down a job without keys, in a transaction of its own."""
        kept.alone(self._insert, row[:-1])

    def _enters(self, kept: Kept, row: Row, keys: Keys) -> bool:
        if row.delay_ms or row.run_at or keys.key is None:
            return False
        return self.gates.enter(kept, keys.key, keys.limit, (keys.rate_count, keys.rate_ms))
