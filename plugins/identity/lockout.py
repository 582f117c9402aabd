"""Counters of failures, shared by all processes: too many within a quarter of an hour close a key for as long.

An attempt counts as failed before it is checked, and is taken back when it was not: attempts at the same moment, in
however many processes, cannot all pass the check before the first is counted.

A key names what is tried, never who tries: emails that nobody has are counted like any other.
"""

from __future__ import annotations

from typing import Any, TypedDict

from sqlalchemy import BigInteger, bindparam, delete, select, text, update

from bus.context import Context
from contracts.identity.errors import AuthLocked
from plugins.identity import keys
from plugins.identity.tables import auth_counters

#: Failures that close a key: of an account, and of an address, behind which there may be many people.
MAX_FAILURES, MAX_FAILURES_OF_ADDRESS = 5, 20
#: A failure is forgotten so long after the last one; a lock lasts as long.
WINDOW_MS = 15 * 60_000

# One statement: between making a counter and holding it, whoever logs in right now would clear it.
_HOLD = text(
    "INSERT INTO identity_auth_counters (key, failures, last_failure_at) VALUES (:key, 0, 0) "
    "ON CONFLICT (key) DO UPDATE SET failures = identity_auth_counters.failures "
    "RETURNING failures, last_failure_at, locked_until"
)
_IS_THIS = auth_counters.c.key == bindparam("of_key")
_READ = select(auth_counters).where(_IS_THIS)
_LOCK = _READ.with_for_update()
_WRITE = update(auth_counters).where(_IS_THIS)
_CLEAR = delete(auth_counters).where(_IS_THIS)
_STALE = (
    select(auth_counters.c.key)
    .where(auth_counters.c.last_failure_at <= bindparam("stale", type_=BigInteger), ~_IS_THIS)
    .limit(2)
    .with_for_update(skip_locked=True)
)
# Two for each that an attempt may add: whoever tries emails without end does not fill the table.
_FORGET_STALE = delete(auth_counters).where(auth_counters.c.key.in_(_STALE))


class Attempt(TypedDict):
    """An attempt that was counted, or was not allowed."""

    #: Seconds until the next one is allowed; None: this one was.
    retry_after_seconds: int | None
    #: Whether it closed the key behind it.
    has_locked: bool
    #: What the counter was before: failures, and the moment of the last one.
    failures_before: int
    last_failure_before: int


def login_key(email: str) -> str:
    """The counter of passwords tried with an email."""
    return f"login:{keys.digest('counter', email).hex()}"


def two_factor_key(user_id: str) -> str:
    """The counter of second factors tried for a user."""
    return f"2fa:{user_id}"


def address_key(address: str) -> str:
    """The counter of what was tried from an address of the network."""
    return f"ip:{address}"


def count(ctx: Context, key: str, most: int = MAX_FAILURES) -> Attempt:
    """Count an attempt as failed, or find that it is not allowed; the counter is held until the commit."""
    row = ctx.db.execute(_HOLD, {"key": key}).one()
    now_ms = ctx.now_ms
    ctx.db.execute(_FORGET_STALE, {"of_key": key, "stale": now_ms - WINDOW_MS})
    wait_s = _seconds_left(row, now_ms)
    failures = row.failures if now_ms - row.last_failure_at < WINDOW_MS and row.locked_until is None else 0
    attempt = Attempt(
        retry_after_seconds=wait_s,
        has_locked=wait_s is None and failures + 1 >= most,
        failures_before=failures,
        last_failure_before=row.last_failure_at,
    )
    if wait_s is None:
        locked_until = now_ms + WINDOW_MS if attempt["has_locked"] else None
        _write(ctx, key, failures=failures + 1, last_failure_at=now_ms, locked_until=locked_until)
    return attempt


def take_back(ctx: Context, key: str, attempt: Attempt, most: int = MAX_FAILURES) -> None:
    """Undo the counting of one attempt; what others counted meanwhile stays."""
    row = ctx.db.execute(_LOCK, {"of_key": key}).one_or_none()
    if row is None or row.failures == 0:
        return
    failures = row.failures - 1
    is_alone = failures == attempt["failures_before"]
    _write(
        ctx,
        key,
        failures=failures,
        last_failure_at=attempt["last_failure_before"] if is_alone else row.last_failure_at,
        locked_until=None if failures < most else row.locked_until,
    )


def clear(ctx: Context, key: str) -> None:
    """Forget the failures of a key."""
    ctx.db.execute(_CLEAR, {"of_key": key})


def seconds_left(ctx: Context, key: str) -> int | None:
    """Seconds for which nothing may be tried; None: it may."""
    row = ctx.db.execute(_READ, {"of_key": key}).one_or_none()
    return None if row is None else _seconds_left(row, ctx.now_ms)


def require_open(attempt: Attempt) -> None:
    """Go on only if the attempt was allowed.

    Raises:
        AuthLocked: it was not.
    """
    if attempt["retry_after_seconds"] is not None:
        raise AuthLocked(attempt["retry_after_seconds"])


def _seconds_left(row: Any, now_ms: int) -> int | None:
    if row.locked_until is None or now_ms >= row.locked_until:
        return None
    return -(-(row.locked_until - now_ms) // 1000)


def _write(ctx: Context, key: str, **values: int | None) -> None:
    ctx.db.execute(_WRITE.values(**values), {"of_key": key})
