"""The own password once more, before a session may do what its thief must not.

Attempts count with those of logins, under the same lock. A right password forgets no failures: that takes a login.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.identity.errors import AuthInvalid
from plugins.identity import accounts, audit, lockout, passwords


def check_own_password(ctx: Context, password: str) -> str:
    """Go on only if the password is the calling user's; answers the hash it was checked against. Two units of work.

    Raises:
        AuthLocked: too many attempts, here or at logins.
        AuthInvalid: it is not.
    """
    begun = ctx.unit("count the attempt", lambda _db: _begin(ctx))
    lockout.require_open(begun["attempt"])
    is_right = passwords.is_right(password, begun["password_hash"])
    ctx.unit("judge the attempt", lambda _db: _end(ctx, begun, is_right=is_right))
    if not is_right:
        raise AuthInvalid
    return begun["password_hash"]


def hold_own_account(ctx: Context, checked_hash: str) -> Row[Any]:
    """The calling user's row, held until the commit, if its password is still the one that was checked.

    Raises:
        AuthInvalid: an admin has banned the user or reset the password meanwhile.
    """
    user = accounts.hold(ctx, ctx.principal.id)
    if not accounts.may_act(user) or user.password_hash != checked_hash:
        raise AuthInvalid
    return user


def _begin(ctx: Context) -> dict[str, Any]:
    user = accounts.require_own(ctx)
    key = lockout.login_key(user.email)
    return {"attempt": lockout.count(ctx, key), "key": key, "password_hash": user.password_hash}


def _end(ctx: Context, begun: dict[str, Any], *, is_right: bool) -> None:
    attempt: lockout.Attempt = begun["attempt"]
    if is_right:
        return lockout.take_back(ctx, begun["key"], attempt)
    audit.record(ctx, "authentication_failure", user_id=ctx.principal.id, reason="invalid_password")
    if attempt["has_locked"]:
        audit.record(ctx, "account_locked", user_id=ctx.principal.id)
    return None
