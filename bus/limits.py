"""How often a command may be called: the step between role and arguments, counted in the database by all processes.

The moments of the calls that counted are kept, one row a caller and limit: so the limit holds in any stretch of time,
not only on the average. The row is held for the moment it takes to look at it and write it.

Not here: how often jobs of a key may begin (bus/jobs/gates.py).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from bus.errors import RateLimited
from bus.principal import LOCAL_CALLER

if TYPE_CHECKING:
    from bus.clock import Clock
    from bus.command import Command
    from bus.contract import CallLimit
    from bus.database import Database, Kept
    from bus.envelope import Request
    from bus.principal import Principal

#: Rows of callers who went away that each new caller clears off.
SWEPT = 2


class CallLimits:
    """The step "limit"."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        # One statement: between making a row and holding it, another caller could sweep it.
        self._hold = database.sql(
            "INSERT INTO bus_call(key, moments, forget_at) VALUES (?,?,?) "
            "ON CONFLICT (key) DO UPDATE SET forget_at=excluded.forget_at RETURNING moments"
        )
        self._write = database.sql("UPDATE bus_call SET moments=?, forget_at=? WHERE key=?")
        skip = "" if database.kind == "sqlite" else " FOR UPDATE SKIP LOCKED"
        self._sweep = database.sql(
            "DELETE FROM bus_call WHERE key IN (SELECT key FROM bus_call WHERE forget_at<=? AND key<>? "
            f"LIMIT {SWEPT}{skip})"
        )

    def count(self, command: Command, request: Request, principal: Principal) -> None:
        """Count a call, if the command's contract limits them.

        Raises:
            RateLimited: there were as many already; this one is not counted.
            DatabaseBusy: nobody can say.
        """
        limit = command.contract.limit
        key = None if limit is None else _key(limit, request, principal)
        if limit is None or key is None:
            return
        with self._database.writer().transaction() as kept:
            wait_ms = self._take(kept, key, limit)
        if wait_ms is not None:
            seconds = -(-wait_ms // 1_000)
            raise RateLimited(
                f"{command.name} may be called {limit.count} times in {limit.per_ms // 1_000} s; wait {seconds} s",
                {"retry_after_seconds": seconds},
            )

    def _take(self, kept: Kept, key: str, limit: CallLimit) -> int | None:
        """Milliseconds until the next call may come; None: this one may, and was counted."""
        now_ms = self._clock.now_ms()
        ((moments,),) = kept.raw.execute(self._hold, (key, b"", now_ms + limit.per_ms)).fetchall()
        if not moments:
            kept.raw.execute(self._sweep, (now_ms, key))
        recent = [moment for moment in _unpacked(bytes(moments)) if moment > now_ms - limit.per_ms]
        if len(recent) >= limit.count:
            return max(1, recent[-limit.count] + limit.per_ms - now_ms)
        recent.append(now_ms)
        kept.raw.execute(self._write, (_packed(recent), now_ms + limit.per_ms, key))
        return None


def _key(limit: CallLimit, request: Request, principal: Principal) -> str | None:
    """What a call is counted under; None: it is not counted."""
    if limit.by_address:
        return None if request.peer is None else f"{limit.name}:address:{request.peer.address}"
    if principal.id == LOCAL_CALLER.id or (limit.network_only and request.is_local):
        return None
    return f"{limit.name}:principal:{principal.id}"


def _packed(moments: list[int]) -> bytes:
    return struct.pack(f"<{len(moments)}q", *moments)


def _unpacked(blob: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(blob) // 8}q", blob)
