"""Answers the commands about service accounts: keys that admins make for programs.

A key stands where a session token would, and opens what its account's scope names, as far as its role may. It manages
no keys: whoever steals one cannot make another. Revoked accounts stay on the list, and their names stay taken.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, literal_column, select, update

from bus import wire
from bus.context import Context
from bus.errors import Forbidden
from contracts.identity.errors import ServiceAccountNameTaken
from contracts.identity.v1 import service_accounts as contracts
from contracts.workshop.errors import NotFound
from plugins.identity import audit, keys
from plugins.identity.arguments import bad_argument
from plugins.identity.moments import iso_text
from plugins.identity.plugin import identity
from plugins.identity.tables import service_accounts
from plugins.identity.tokens import SERVICE, is_service, new_key

DAY_MS, MINUTE_MS = 24 * 3_600_000, 60_000
#: Characters of a key that lists show: enough to tell keys apart, and no help to a thief.
HINT = 10

_IS_THIS = service_accounts.c.id == bindparam("of_account")
_ONE = select(service_accounts).where(_IS_THIS)
_ALL = select(service_accounts).order_by(service_accounts.c.created_at.desc(), service_accounts.c.id.desc())
_NAMED = select(literal_column("1")).where(func.lower(service_accounts.c.name) == bindparam("of_name"))
_INSERT = insert(service_accounts).inline()
_WRITE = update(service_accounts).where(_IS_THIS)


@identity.handles(contracts.ServiceAccountCreate)
def service_account_create(
    ctx: Context, name: str, role: str, scope: list[str], expires_in_days: int | None
) -> dict[str, Any]:
    """The account, and its key for the only time."""
    _require_person(ctx)
    _require_known(ctx, scope)
    if ctx.db.execute(_NAMED, {"of_name": name.lower()}).first() is not None:
        raise ServiceAccountNameTaken
    key = new_key()
    row = {
        "id": f"{SERVICE}{uuid.uuid4()}",
        "name": name,
        "role": role,
        "scope": wire.encode(sorted(set(scope))).decode(),
        "created_at": ctx.now_ms,
        "created_by": ctx.principal.id,
        "expires_at": None if expires_in_days is None else ctx.now_ms + expires_in_days * DAY_MS,
        **_columns_of(key),
    }
    ctx.db.execute(_INSERT, row)
    _record(ctx, "service_account_created", row["id"], name=name, role=role)
    return {"account": _view(_require(ctx, row["id"])), "key": key}


@identity.handles(contracts.ServiceAccountList)
def service_account_list(ctx: Context) -> dict[str, Any]:
    """All there are and were."""
    items = [_view(row) for row in ctx.db.execute(_ALL)]
    return {"items": items, "total_count": len(items)}


@identity.handles(contracts.ServiceAccountRotate)
def service_account_rotate(ctx: Context, account_id: str, grace_minutes: int) -> dict[str, Any]:
    """The account with its new key; a program has so many minutes to learn it."""
    _require_person(ctx)
    row = _hold(ctx, account_id)
    if row.revoked_at is not None:
        raise NotFound("service_account", account_id)
    key = new_key()
    old = {"old_key_hash": row.key_hash, "old_key_until": ctx.now_ms + grace_minutes * MINUTE_MS}
    kept = old if grace_minutes else {"old_key_hash": None, "old_key_until": None}
    ctx.db.execute(_WRITE.values(**_columns_of(key), **kept), {"of_account": account_id})
    _record(ctx, "service_account_rotated", account_id, grace_minutes=grace_minutes)
    return {"account": _view(_require(ctx, account_id)), "key": key}


@identity.handles(contracts.ServiceAccountRevoke)
def service_account_revoke(ctx: Context, account_id: str) -> dict[str, Any]:
    """The account as it stays on the list; revoking it again changes nothing."""
    _require_person(ctx)
    if _hold(ctx, account_id).revoked_at is None:
        ctx.db.execute(_WRITE.values(revoked_at=ctx.now_ms), {"of_account": account_id})
        _record(ctx, "service_account_revoked", account_id)
    return _view(_require(ctx, account_id))


def _require_person(ctx: Context) -> None:
    if is_service(ctx.principal.id):
        raise Forbidden("service accounts do not manage service accounts; an admin does")


def _require_known(ctx: Context, scope: list[str]) -> None:
    """Go on only if every entry names something: a misspelt one would open nothing, and nobody would know why."""
    commands = ctx.call("command_list")["items"]
    known = {item["name"] for item in commands} | {f"{item['plugin']}:*" for item in commands}
    for n, entry in enumerate(scope):
        if entry not in known:
            raise bad_argument(f"scope.{n}", 'must be the name of a command, or "plugin:*"')


def _columns_of(key: str) -> dict[str, Any]:
    return {"key_hash": keys.digest(SERVICE, key), "key_hint": key[:HINT]}


def _require(ctx: Context, account_id: str) -> Row[Any]:
    row = ctx.db.execute(_ONE, {"of_account": account_id}).one_or_none()
    if row is None:
        raise NotFound("service_account", account_id)
    return row


def _hold(ctx: Context, account_id: str) -> Row[Any]:
    row = ctx.db.execute(_ONE.with_for_update(), {"of_account": account_id}).one_or_none()
    if row is None:
        raise NotFound("service_account", account_id)
    return row


def _record(ctx: Context, event_type: str, account_id: str, **details: Any) -> None:
    audit.record(ctx, event_type, user_id=ctx.principal.id, account_id=account_id, **details)


def _view(row: Row[Any]) -> dict[str, Any]:
    times = ("created_at", "last_used_at", "expires_at", "revoked_at")
    return {
        **{name: getattr(row, name) for name in ("id", "name", "role", "key_hint", "created_by")},
        **{name: None if (at := getattr(row, name)) is None else iso_text(at) for name in times},
        "scope": wire.decode_stored(row.scope),
    }
