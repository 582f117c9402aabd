"""Answers ``enable_2fa``, ``verify_2fa_setup``, ``disable_2fa``, ``is_2fa_enabled`` and ``regenerate_backup_codes``.

A second factor counts from the moment its owner has shown a code of it, and not before: a set-up that nobody finishes
locks nobody out.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.identity.errors import (
    TwoFactorAlreadyEnabled,
    TwoFactorInvalid,
    TwoFactorNotEnabled,
    TwoFactorSetupNotStarted,
)
from contracts.identity.v1 import two_factor as contracts
from plugins.identity import accounts, audit, keys, sessions
from plugins.identity.authentication import session_of
from plugins.identity.login import record_wrong_factor
from plugins.identity.plugin import identity
from plugins.identity.reauthentication import check_own_password, hold_own_account
from plugins.identity.two_factor import backup_codes, factors, qr, totp

#: How long a set-up waits to be confirmed, and how many wrong codes it outlives.
SETUP_MS, MAX_TRIES = 10 * 60_000, 5


@identity.handles(contracts.Enable2fa)
def enable_2fa(ctx: Context) -> dict[str, Any]:
    """A set-up waits to be confirmed; an earlier one is forgotten."""
    ctx.unit("look", lambda _db: _require_disabled(ctx))
    codes, secret = backup_codes.CodeSet(), totp.new_secret()
    email = ctx.unit("begin", lambda _db: _begin(ctx, secret, codes))
    url = totp.url(secret, email)
    return {"secret": secret, "qr_code_url": url, "qr_code_svg": qr.svg(url), "backup_codes": codes.codes}


@identity.handles(contracts.Verify2faSetup)
def verify_2fa_setup(ctx: Context, code: str) -> dict[str, Any]:
    """Logins ask for the second factor; the calling session counts as verified, the others are over."""
    session_id = session_of(ctx)
    revoked = ctx.unit("confirm", lambda _db: _confirm(ctx, session_id, code))
    if revoked is None:
        raise TwoFactorInvalid
    return {"enabled": True, "revoked_sessions": revoked, "message": "Two-factor authentication is enabled."}


@identity.handles(contracts.Disable2fa)
def disable_2fa(ctx: Context, password: str) -> dict[str, Any]:
    """Logins ask for the password alone; sessions stay."""
    checked_hash = check_own_password(ctx, password)

    def disable(_db: Any) -> None:
        user_id = _hold_enabled(ctx, checked_hash)
        factors.forget(ctx, user_id)
        backup_codes.forget(ctx, user_id)
        audit.record(ctx, "two_factor_disabled", user_id=user_id, target_user_id=user_id)

    ctx.unit("disable", disable)
    return {"enabled": False, "message": "Two-factor authentication is disabled."}


@identity.handles(contracts.Is2faEnabled)
def is_2fa_enabled(ctx: Context) -> dict[str, Any]:
    """How far the own second factor is."""
    user_id = ctx.principal.id
    factor = factors.find(ctx, user_id)
    is_enabled = factors.is_active(factor)
    return {
        "enabled": is_enabled,
        "pending": factor is not None and not is_enabled and not _is_too_old(ctx, factor),
        "backup_codes_remaining": backup_codes.remaining(ctx, user_id) if is_enabled else 0,
    }


@identity.handles(contracts.RegenerateBackupCodes)
def regenerate_backup_codes(ctx: Context, password: str) -> dict[str, Any]:
    """Ten new codes; no earlier one is good for anything."""
    checked_hash = check_own_password(ctx, password)
    ctx.unit("look", lambda _db: _hold_enabled(ctx, checked_hash))
    codes = backup_codes.CodeSet()

    def replace(_db: Any) -> None:
        user_id = _hold_enabled(ctx, checked_hash)
        codes.store(ctx, user_id, "active")
        audit.record(ctx, "backup_codes_regenerated", user_id=user_id, target_user_id=user_id)

    ctx.unit("replace", replace)
    return {"backup_codes": codes.codes}


def _require_disabled(ctx: Context) -> None:
    if factors.is_active(factors.find(ctx, ctx.principal.id)):
        raise TwoFactorAlreadyEnabled


def _begin(ctx: Context, secret: str, codes: backup_codes.CodeSet) -> str:
    """The email of the calling user, for whom a set-up waits now."""
    user = accounts.hold_own(ctx)
    _require_disabled(ctx)
    factors.begin(ctx, user.id, secret)
    codes.store(ctx, user.id, "pending")
    return user.email


def _hold_enabled(ctx: Context, checked_hash: str) -> str:
    """The id of the calling user, held with the second factor.

    Raises:
        TwoFactorNotEnabled: there is none that counts.
    """
    user = hold_own_account(ctx, checked_hash)
    if not factors.is_active(factors.hold(ctx, user.id)):
        raise TwoFactorNotEnabled
    return user.id


def _confirm(ctx: Context, session_id: str, code: str) -> int | None:
    """How many other sessions ended; None: the code was wrong."""
    user_id = ctx.principal.id
    accounts.hold_own(ctx)
    factor = factors.hold(ctx, user_id)
    if factors.is_active(factor):
        raise TwoFactorAlreadyEnabled
    if factor is None or _is_too_old(ctx, factor):
        raise TwoFactorSetupNotStarted
    step = totp.matching_step(keys.opened(factor.secret_enc, user_id), code, ctx.now_ms)
    if step is None:
        return _count_wrong(ctx, factor)
    factors.activate(ctx, user_id, step)
    backup_codes.activate(ctx, user_id)
    sessions.mark_verified(ctx, session_id)
    audit.record(ctx, "two_factor_enabled", user_id=user_id, target_user_id=user_id)
    return sessions.end_all(ctx, user_id, "two_factor_enabled", but=session_id)


def _count_wrong(ctx: Context, factor: Row[Any]) -> None:
    record_wrong_factor(ctx, factor.user_id)
    if factor.failed_setup_tries + 1 < MAX_TRIES:
        return factors.note_failed_setup(ctx, factor.user_id, factor.failed_setup_tries + 1)
    factors.forget(ctx, factor.user_id)
    return backup_codes.forget(ctx, factor.user_id)


def _is_too_old(ctx: Context, factor: Row[Any]) -> bool:
    return ctx.now_ms - factor.created_at > SETUP_MS
