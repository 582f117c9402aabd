"""One answer for one (principal, command, idempotency key).

A repeated call gets the first answer and the handler does not run again. Key and answer are stored in the handler's
own transaction: either both exist or neither does. Only ``ok`` answers are kept; a refusal takes its record along and
is judged anew. A MANY command has no transaction of its own: its record says "in flight" under a fence until it ends,
and its finished units stay until the record goes.

Not here: what a rerun of a MANY command skips (bus/execution.py, units).
"""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING, Any, NamedTuple

from bus import wire
from bus.errors import IdempotencyConflict
from bus.runs import OwnershipLost

if TYPE_CHECKING:
    from bus.clock import Clock
    from bus.database import Database, Kept


class Record(NamedTuple):
    """What identifies a call that may be repeated."""

    principal: str
    command: str
    key: str
    #: SHA-256 of version and canonical arguments.
    args_hash: bytes

    @property
    def run_key(self) -> str:
        """What finished units of a MANY command are stored under."""
        return _run_key(*self[:3])


class Remembered(NamedTuple):
    """What an earlier call with the same key left."""

    #: The data of its answer; None when it was queued.
    data: dict[str, Any] | None
    job_id: str | None


def record_of(principal: str, command: str, version: int, key: str, args: dict[str, Any]) -> Record:
    """The record of a call; arguments in another order or spacing are the same arguments."""
    return Record(principal, command, key, hashlib.sha256(wire.encode_canonical([version, args])).digest())


def still_running(record: Record) -> IdempotencyConflict:
    """The answer to a second call while the first one runs."""
    return IdempotencyConflict(
        f"a call of {record.command} with this idempotency key is still running; ask again later", {"state": "running"}
    )


def _run_key(principal: str, command: str, key: str) -> str:
    return f"{principal}\n{command}\n{key}"


class Memory:
    """The table of records."""

    def __init__(self, database: Database, clock: Clock, keep_ms: int) -> None:
        self._clock = clock
        self._keep_ms = keep_ms
        sql = database.sql
        where = "principal=? AND command=? AND key=?"
        self._claim = sql(
            "INSERT INTO bus_idempotency(principal, command, key, args_hash, fence, created_at, lease_until) "
            "VALUES (?,?,?,?,?,?,?) ON CONFLICT (principal, command, key) DO UPDATE SET "
            "args_hash=excluded.args_hash, created_at=excluded.created_at, lease_until=excluded.lease_until, "
            "envelope=NULL, job_id=NULL, fence=bus_idempotency.fence+1 "
            "WHERE bus_idempotency.created_at<? OR (bus_idempotency.lease_until<? AND bus_idempotency.envelope IS NULL "
            "AND bus_idempotency.args_hash=excluded.args_hash) RETURNING fence"
        )
        self._read = sql(f"SELECT args_hash, envelope, job_id FROM bus_idempotency WHERE {where}")
        self._keep = sql(f"UPDATE bus_idempotency SET envelope=?, job_id=?, lease_until=NULL WHERE {where} AND fence=?")
        self._forget = sql(
            f"DELETE FROM bus_idempotency WHERE {where} AND fence=? AND envelope IS NULL AND job_id IS NULL"
        )
        self._release = sql(f"UPDATE bus_idempotency SET lease_until=0 WHERE {where} AND fence=? AND envelope IS NULL")
        self._has_units = sql("SELECT 1 FROM bus_unit WHERE run=? LIMIT 1")
        self._forget_units = sql("DELETE FROM bus_unit WHERE run=?")
        self._expire = sql(f"DELETE FROM bus_idempotency WHERE {where} AND created_at<?")
        self._sweep = sql(
            "DELETE FROM bus_idempotency WHERE (principal, command, key) IN (SELECT principal, command, key "
            "FROM bus_idempotency WHERE created_at<? ORDER BY created_at LIMIT ?) RETURNING principal, command, key"
        )

    def claim(self, kept: Kept, record: Record, *, lease_ms: int | None = None) -> int | Remembered:
        """Take the key, or answer what its first call left. On PostgreSQL a second caller waits here for the first.

        Args:
            kept: inside the transaction that will also hold the effect.
            record: the call.
            lease_ms: how long a MANY run may stay unfinished before another call takes it over; None: the run is one
                transaction.

        Returns:
            The fence of this run when the key was free.

        Raises:
            IdempotencyConflict: the key was used with other arguments, or its first call is still running.
        """
        now = self._clock.now_ms()
        fence, lease_until = 1, None
        if lease_ms is not None:
            # Random: whoever held a record that was forgotten since must not take a later one for his own.
            fence, lease_until = random.randint(1, 2**30), now + lease_ms  # noqa: S311  # tells apart, guards nothing
            if kept.raw.execute(self._expire, (*record[:3], now - self._keep_ms)).rowcount:
                kept.raw.execute(self._forget_units, (record.run_key,))
        row = kept.raw.execute(self._claim, (*record, fence, now, lease_until, now - self._keep_ms, now)).fetchone()
        if row is not None:
            return row[0]
        return self.recall(kept, record)

    def recall(self, kept: Kept, record: Record) -> Remembered:
        """What an earlier call left.

        Raises:
            IdempotencyConflict: other arguments, still running, or nothing there.
        """
        row = kept.raw.execute(self._read, record[:3]).fetchone()
        if row is not None and bytes(row[0]) != record.args_hash:
            raise IdempotencyConflict(
                f"this idempotency key was used for {record.command} with other arguments; use a new key",
                {"state": "other_arguments"},
            )
        if row is None or (row[1] is None and row[2] is None):
            raise still_running(record)
        return Remembered(None if row[1] is None else wire.decode_stored(row[1]), row[2])

    def keep(
        self, kept: Kept, record: Record, fence: int, data: dict[str, Any] | None, job_id: str | None = None
    ) -> None:
        """Store the answer (or the job) of the first call.

        Raises:
            OwnershipLost: another call has taken the key over.
        """
        answer = None if data is None else wire.encode(data).decode()
        if kept.raw.execute(self._keep, (answer, job_id, *record[:3], fence)).rowcount == 0:
            raise OwnershipLost(record.run_key)

    def give_up(self, kept: Kept, record: Record, fence: int, *, is_refused: bool) -> None:
        """End a MANY run that has no answer to keep.

        A refusal frees the key. After anything else a repeated call goes on where this one ended: the units that have
        taken effect do not take effect again.
        """
        if is_refused or kept.raw.execute(self._has_units, (record.run_key,)).fetchone() is None:
            if kept.raw.execute(self._forget, (*record[:3], fence)).rowcount:
                kept.raw.execute(self._forget_units, (record.run_key,))
        else:
            kept.raw.execute(self._release, (*record[:3], fence))

    def sweep(self, kept: Kept, most: int) -> int:
        """Delete up to ``most`` records past their time, and the units of their runs; answers how many."""
        gone = kept.raw.execute(self._sweep, (self._clock.now_ms() - self._keep_ms, most)).fetchall()
        for row in gone:
            kept.raw.execute(self._forget_units, (_run_key(*row),))
        return len(gone)
