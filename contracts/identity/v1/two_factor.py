"""The second factor of an account: an authenticator's codes, and backup codes for the day it is lost."""

from bus.contract import MANY, READ, WRITE, CallLimit, Contract, Schema
from bus.fields import Boolean, Int64, List, Text
from contracts.identity.errors import (
    AuthInvalid,
    AuthLocked,
    NoSession,
    TwoFactorAlreadyEnabled,
    TwoFactorInvalid,
    TwoFactorNotEnabled,
    TwoFactorSetupNotStarted,
)
from contracts.identity.fields import SecondFactor, SetupCode, password


class Enable2fa(Contract):
    """Begin to set up a second factor; logins change only when it is confirmed."""

    name, version = "enable_2fa", 1
    effect, units, secret = WRITE, MANY, True
    # Each call makes ten slow hashes.
    limit = CallLimit("enable_2fa", count=30, per_ms=15 * 60_000)
    errors = (TwoFactorAlreadyEnabled, NoSession)

    class Result(Schema):
        secret = Text(required=True)  # base32
        qr_code_url = Text(required=True)  # what an authenticator reads: otpauth://totp/…
        qr_code_svg = Text(required=True)  # the same as a picture: an <svg> element
        backup_codes = List(Text(), required=True)


class Verify2faSetup(Contract):
    """Confirm the set-up with a first code; all other sessions end."""

    name, version = "verify_2fa_setup", 1
    effect, units, secret = WRITE, MANY, True
    errors = (TwoFactorAlreadyEnabled, TwoFactorSetupNotStarted, TwoFactorInvalid, NoSession)

    class Params(Schema):
        code = SetupCode(required=True)

    class Result(Schema):
        enabled = Boolean(required=True)
        revoked_sessions = Int64(required=True)
        message = Text(required=True)


class Disable2fa(Contract):
    """Forget the second factor and its backup codes."""

    name, version = "disable_2fa", 1
    effect, units, secret = WRITE, MANY, True
    errors = (AuthInvalid, AuthLocked, TwoFactorNotEnabled, NoSession)

    class Params(Schema):
        password = password()

    class Result(Schema):
        enabled = Boolean(required=True)
        message = Text(required=True)


class Is2faEnabled(Contract):
    """Tell how far the own second factor is."""

    name, version = "is_2fa_enabled", 1
    effect = READ

    class Result(Schema):
        enabled = Boolean(required=True)
        pending = Boolean(required=True)
        backup_codes_remaining = Int64(required=True)  # 0 when it is off


class Verify2faCode(Contract):
    """Check a second factor for the calling session; a right code is used up."""

    name, version = "verify_2fa_code", 1
    effect, units, secret = WRITE, MANY, True
    errors = (AuthLocked, NoSession)

    class Params(Schema):
        code = SecondFactor(required=True)

    class Result(Schema):
        valid = Boolean(required=True)


class RegenerateBackupCodes(Contract):
    """Replace all backup codes."""

    name, version = "regenerate_backup_codes", 1
    effect, units, secret = WRITE, MANY, True
    errors = (AuthInvalid, AuthLocked, TwoFactorNotEnabled, NoSession)

    class Params(Schema):
        password = password()

    class Result(Schema):
        backup_codes = List(Text(), required=True)
