"""Which service account stands behind a key, or behind a job that it queued."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sqlalchemy import BigInteger, Row, bindparam, or_, select, update

from bus import wire
from bus.errors import BusError
from bus.principal import Principal
from contracts.workshop.roles import ADMIN
from plugins.identity.tables import service_accounts
from plugins.identity.tokens import SERVICE, possible_hashes

#: When an account was last used is written when what is on record is older than this.
TOUCH_EVERY_MS = 60_000

_HASHES = bindparam("hashes", expanding=True)
_NOW = bindparam("now", type_=BigInteger)
_OF_KEY = select(service_accounts).where(
    or_(service_accounts.c.key_hash.in_(_HASHES), service_accounts.c.old_key_hash.in_(_HASHES))
)
_OF_ID = select(service_accounts).where(service_accounts.c.id == bindparam("of_account"))
_TOUCH = update(service_accounts).where(service_accounts.c.id == bindparam("of_account")).values(last_used_at=_NOW)


def of_key(key: str, database: Any, now_ms: int) -> Principal | None:
    """The principal of a key; None: it opens nothing."""
    hashes = possible_hashes(SERVICE, key)
    with database.reader().transaction(write=False) as kept:
        row = kept.db.execute(_OF_KEY, {"hashes": hashes}).one_or_none()
    if row is None or not _may_act(row, now_ms) or not _is_current(row, hashes, now_ms):
        return None
    if row.last_used_at is None or now_ms - row.last_used_at >= TOUCH_EVERY_MS:
        # A database that cannot be written to now still answers questions.
        with suppress(BusError), database.writer().transaction() as kept:
            kept.db.execute(_TOUCH, {"of_account": row.id, "now": now_ms})
    return _principal(row)


def of_id(account_id: str, database: Any, now_ms: int) -> Principal | None:
    """The service account of an id as it is by now; None: it may not act."""
    with database.reader().transaction(write=False) as kept:
        row = kept.db.execute(_OF_ID, {"of_account": account_id}).one_or_none()
    return _principal(row) if row is not None and _may_act(row, now_ms) else None


def _may_act(row: Row[Any], now_ms: int) -> bool:
    return row.revoked_at is None and (row.expires_at is None or now_ms < row.expires_at)


def _is_current(row: Row[Any], hashes: list[bytes], now_ms: int) -> bool:
    return bytes(row.key_hash) in hashes or now_ms < row.old_key_until


def _principal(row: Row[Any]) -> Principal:
    scope = frozenset(wire.decode_stored(row.scope))
    return Principal(row.id, frozenset({row.role}), row.role == ADMIN, scope)
