"""Answers ``auth_login``: password and second factor in one call, and nothing in between that could be stolen.

Three steps. Counting the attempt and reading the account is one unit of work; hashing happens outside of any; judging
and opening the session is another unit, which looks at everything anew. A unit that refuses still commits what it
counted, so it answers what to refuse, and the refusal is raised behind it.

An email without an account, a banned account and a wrong password take the same steps, the same work, and get the same
answer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bus.context import Context
from contracts.identity.errors import AuthInvalid, AuthLocked, TwoFactorInvalid, TwoFactorRequired
from contracts.identity.v1 import auth
from plugins.identity import accounts, audit, keys, lockout, passwords, sessions
from plugins.identity.plugin import identity
from plugins.identity.two_factor import factors

#: Stands for the id of an account that does not exist where one is looked up all the same.
NOBODY = ""


@identity.handles(auth.AuthLogin)
def auth_login(
    ctx: Context, email: str, password: str, code: str | None, device_info: dict[str, Any] | None
) -> dict[str, Any]:
    """A new session; other sessions stay."""
    begun = ctx.unit("begin", lambda _db: _begin(ctx, email, code))
    lockout.require_open(begun["of_address"])
    lockout.require_open(begun["attempt"])
    login = _Login(ctx, email, begun, password, code)
    outcome = ctx.unit("end", lambda _db: login.end(device_info))
    return _granted(outcome)


def _begin(ctx: Context, email: str, code: str | None) -> dict[str, Any]:
    """Count the attempt, for the address before the email, and read what hashing needs."""
    of_address = _count_address(ctx)
    if of_address["retry_after_seconds"] is not None:
        return {"of_address": of_address}
    attempt = lockout.count(ctx, lockout.login_key(email))
    if attempt["retry_after_seconds"] is not None:
        _take_back_address(ctx, of_address)
    user = accounts.by_email(ctx, email)
    user_id = NOBODY if user is None else user.id
    return {
        "of_address": of_address,
        "attempt": attempt,
        "user_id": user_id,
        "password_hash": None if user is None else user.password_hash,
        "salt": factors.salt_for(ctx, user_id, code),
    }


def _count_address(ctx: Context) -> lockout.Attempt:
    if ctx.peer is None:
        return lockout.Attempt(retry_after_seconds=None, has_locked=False, failures_before=0, last_failure_before=0)
    return lockout.count(ctx, lockout.address_key(ctx.peer.address), lockout.MAX_FAILURES_OF_ADDRESS)


def _take_back_address(ctx: Context, attempt: lockout.Attempt) -> None:
    if ctx.peer is not None:
        lockout.take_back(ctx, lockout.address_key(ctx.peer.address), attempt, lockout.MAX_FAILURES_OF_ADDRESS)


def _granted(outcome: dict[str, Any]) -> dict[str, Any]:
    match outcome.get("refused"):
        case None:
            return outcome
        case AuthLocked.code:
            raise AuthLocked(outcome["retry_after_seconds"])
        case TwoFactorRequired.code:
            raise TwoFactorRequired
        case TwoFactorInvalid.code:
            raise TwoFactorInvalid
        case _:
            raise AuthInvalid


class _Login:
    """What is known about one attempt once its hashes are made.

    Args:
        ctx: of the command.
        email: as the caller gave it.
        begun: what ``_begin`` found.
        password: to be checked.
        code: the second factor, if any.
    """

    def __init__(self, ctx: Context, email: str, begun: dict[str, Any], password: str, code: str | None) -> None:
        self._ctx = ctx
        self._email = email
        self._key = lockout.login_key(email)
        self._attempt: lockout.Attempt = begun["attempt"]
        self._of_address: lockout.Attempt = begun["of_address"]
        self._user_id: str = begun["user_id"]
        self._checked_hash: str | None = begun["password_hash"]
        self._code = code
        self._is_right = passwords.is_right(password, self._checked_hash)
        # Whoever does not know the password learns nothing about a second factor, not even how long it takes.
        self._code_hash = factors.hash_for(code, begun["salt"]) if self._is_right else None
        self._new_hash = self._rehashed(password)

    def _rehashed(self, password: str) -> dict[str, str]:
        """The column to write where the hash was made with older parameters."""
        is_old = self._is_right and self._checked_hash is not None and passwords.is_outdated(self._checked_hash)
        return {"password_hash": passwords.hashed(password)} if is_old else {}

    def end(self, device_info: dict[str, Any] | None) -> dict[str, Any]:
        """The session's grant, or what to refuse."""
        user = accounts.hold(self._ctx, self._user_id)
        # Between the two units the user may have been banned, or have changed the password.
        if not (self._is_right and accounts.may_act(user) and user.password_hash == self._checked_hash):
            return self._failed(user)
        factor = factors.hold(self._ctx, user.id)
        if not factors.is_active(factor):
            return self._opened(user, device_info, is_verified=False)
        refusal = self._without_factor(user) if self._code is None else self._with_factor(user, factor, self._code)
        return refusal or self._opened(user, device_info, is_verified=True)

    def _failed(self, user: Row[Any] | None) -> dict[str, Any]:
        if user is None:
            why: dict[str, Any] = {"reason": "unknown_account", "email_hash": keys.digest("counter", self._email).hex()}
        elif not accounts.may_act(user):
            why = {"reason": "inactive_account"}
        else:
            why = {"reason": "invalid_password"}
        user_id = None if user is None else user.id
        audit.record(self._ctx, "authentication_failure", user_id=user_id, **why)
        if self._attempt["has_locked"]:
            audit.record(self._ctx, "account_locked", user_id=user_id)
        return {"refused": AuthInvalid.code}

    def _without_factor(self, user: Row[Any]) -> dict[str, Any]:
        _take_back_address(self._ctx, self._of_address)
        lockout.take_back(self._ctx, self._key, self._attempt)
        wait_s = lockout.seconds_left(self._ctx, lockout.two_factor_key(user.id))
        if wait_s is not None:
            return {"refused": AuthLocked.code, "retry_after_seconds": wait_s}
        return {"refused": TwoFactorRequired.code}

    def _with_factor(self, user: Row[Any], factor: Row[Any], code: str) -> dict[str, Any] | None:
        """What to refuse; None: the code was good, and is used up."""
        attempt = lockout.count(self._ctx, lockout.two_factor_key(user.id))
        if attempt["retry_after_seconds"] is None and factors.accept(self._ctx, factor, code, self._code_hash):
            return None
        if attempt["retry_after_seconds"] is not None:
            _take_back_address(self._ctx, self._of_address)
        lockout.take_back(self._ctx, self._key, self._attempt)
        if attempt["retry_after_seconds"] is not None:
            return {"refused": AuthLocked.code, "retry_after_seconds": attempt["retry_after_seconds"]}
        record_wrong_factor(self._ctx, user.id, attempt)
        return {"refused": TwoFactorInvalid.code}

    def _opened(self, user: Row[Any], device_info: dict[str, Any] | None, *, is_verified: bool) -> dict[str, Any]:
        _take_back_address(self._ctx, self._of_address)
        lockout.clear(self._ctx, self._key)
        lockout.clear(self._ctx, lockout.two_factor_key(user.id))
        accounts.note_login(self._ctx, user.id, **self._new_hash)
        grant = sessions.begin(self._ctx, user.id, device_info, is_verified=is_verified)
        audit.record(self._ctx, "authentication_success", user_id=user.id, session_id=grant["id"])
        return grant


def record_wrong_factor(ctx: Context, user_id: str, attempt: lockout.Attempt | None = None) -> None:
    """Put a wrong second factor on record, and the lock it led to."""
    audit.record(ctx, "authentication_failure", user_id=user_id, reason="invalid_second_factor")
    if attempt is not None and attempt["has_locked"]:
        audit.record(ctx, "account_locked", user_id=user_id)
