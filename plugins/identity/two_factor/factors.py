"""The second factor of a user: its row, and the one place where a code is accepted.

A code is accepted by a single statement that finds it unused and uses it up: of two calls at the same moment one wins.
"""

from __future__ import annotations

from typing import Any, TypeGuard

from sqlalchemy import BigInteger, Row, bindparam, delete, insert, select, update

from bus.context import Context
from plugins.identity import audit, keys
from plugins.identity.passwords import raw_hash
from plugins.identity.tables import two_factor
from plugins.identity.two_factor import backup_codes, totp

_IS_OF = two_factor.c.user_id == bindparam("of_user")
_IS_ACTIVE = two_factor.c.state == "active"
_READ = select(two_factor).where(_IS_OF)
_HOLD = _READ.with_for_update()
_STEP = bindparam("step", type_=BigInteger)
_USE_STEP = (
    update(two_factor)
    .where(_IS_OF, _IS_ACTIVE, two_factor.c.last_step.is_(None) | (two_factor.c.last_step < _STEP))
    .values(last_step=_STEP)
)
_INSERT = insert(two_factor).inline()
_UPDATE = update(two_factor).where(_IS_OF)
_DELETE = delete(two_factor).where(_IS_OF)


def find(ctx: Context, user_id: str) -> Row[Any] | None:
    """The second factor of a user, pending or active."""
    return ctx.db.execute(_READ, {"of_user": user_id}).one_or_none()


def hold(ctx: Context, user_id: str) -> Row[Any] | None:
    """The second factor of a user, held until the commit."""
    return ctx.db.execute(_HOLD, {"of_user": user_id}).one_or_none()


def is_active(row: Row[Any] | None) -> TypeGuard[Row[Any]]:
    """Whether logins ask for it."""
    return row is not None and row.state == "active"


def is_totp(code: str) -> bool:
    """Whether a code is an authenticator's; otherwise it is a backup code."""
    return len(code) == 6  # noqa: PLR2004  # the contract lets six digits or ten characters pass


def salt_for(ctx: Context, user_id: str, code: str | None) -> str | None:
    """What a backup code must be hashed with, as hex; None: there is nothing to hash."""
    salt = None if code is None or is_totp(code) else backup_codes.salt_of(ctx, user_id)
    return None if salt is None else salt.hex()


def hash_for(code: str | None, salt: str | None) -> bytes | None:
    """The hash of a backup code, made outside of units of work."""
    return None if code is None or salt is None else raw_hash(code, bytes.fromhex(salt))


def accept(ctx: Context, row: Row[Any], code: str, code_hash: bytes | None) -> bool:
    """Use up a code; whether it was good.

    Args:
        ctx: of the command.
        row: the active second factor.
        code: six digits, or a backup code.
        code_hash: of the backup code.
    """
    if is_totp(code):
        secret = keys.opened(row.secret_enc, row.user_id)
        step = totp.matching_step(secret, code, ctx.now_ms)
        return step is not None and _use_step(ctx, row.user_id, step)
    if code_hash is None or not backup_codes.use(ctx, row.user_id, code_hash):
        return False
    audit.record(ctx, "backup_code_used", user_id=row.user_id)
    return True


def begin(ctx: Context, user_id: str, secret: str) -> None:
    """Store a key that is still to be confirmed, in place of any other."""
    forget(ctx, user_id)
    ctx.db.execute(
        _INSERT,
        {
            "user_id": user_id,
            "secret_enc": keys.sealed(secret, user_id),
            "state": "pending",
            "created_at": ctx.now_ms,
        },
    )


def activate(ctx: Context, user_id: str, step: int) -> None:
    """Ask for it from now on; the step that confirmed it is used up."""
    ctx.db.execute(_UPDATE.values(state="active", last_step=step, verified_at=ctx.now_ms), {"of_user": user_id})


def note_failed_setup(ctx: Context, user_id: str, tries: int) -> None:
    """Write how many codes were wrong."""
    ctx.db.execute(_UPDATE.values(failed_setup_tries=tries), {"of_user": user_id})


def forget(ctx: Context, user_id: str) -> None:
    """Delete the second factor of a user."""
    ctx.db.execute(_DELETE, {"of_user": user_id})


def _use_step(ctx: Context, user_id: str, step: int) -> bool:
    return ctx.db.execute(_USE_STEP, {"of_user": user_id, "step": step}).rowcount == 1
