"""Answers ``verify_2fa_code``: the calling session shows a second factor after it was opened."""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.identity.errors import AuthLocked
from contracts.identity.v1.two_factor import Verify2faCode
from plugins.identity import accounts, lockout, sessions
from plugins.identity.authentication import session_of
from plugins.identity.login import record_wrong_factor
from plugins.identity.plugin import identity
from plugins.identity.two_factor import factors


@identity.handles(Verify2faCode)
def verify_2fa_code(ctx: Context, code: str) -> dict[str, Any]:
    """Whether the code was good; if so, it is used up and the session counts as verified."""
    session_id, user_id = session_of(ctx), ctx.principal.id
    key = lockout.two_factor_key(user_id)
    salt = ctx.unit("look", lambda _db: _salt(ctx, key, user_id, code))
    code_hash = factors.hash_for(code, salt)
    outcome = ctx.unit("check", lambda _db: _check(ctx, session_id, key, code, code_hash))
    if outcome["retry_after_seconds"] is not None:
        raise AuthLocked(outcome["retry_after_seconds"])
    return {"valid": outcome["valid"]}


def _salt(ctx: Context, key: str, user_id: str, code: str) -> str | None:
    wait_s = lockout.seconds_left(ctx, key)
    if wait_s is not None:
        raise AuthLocked(wait_s)
    return factors.salt_for(ctx, user_id, code)


def _check(ctx: Context, session_id: str, key: str, code: str, code_hash: bytes | None) -> dict[str, Any]:
    user = accounts.hold_own(ctx)
    factor = factors.hold(ctx, user.id)
    if not factors.is_active(factor):
        return {"valid": False, "retry_after_seconds": None}
    attempt = lockout.count(ctx, key)
    is_valid = attempt["retry_after_seconds"] is None and factors.accept(ctx, factor, code, code_hash)
    if is_valid:
        lockout.take_back(ctx, key, attempt)  # a right code forgets no failures: that takes a login
        sessions.mark_verified(ctx, session_id)
    elif attempt["retry_after_seconds"] is None:
        record_wrong_factor(ctx, user.id, attempt)
    return {"valid": is_valid, "retry_after_seconds": attempt["retry_after_seconds"]}
