"""Logging in, staying logged in, logging out, and the own password."""

from bus.contract import MANY, PUBLIC, READ, WRITE, CallLimit, Contract, Schema
from bus.fields import Boolean, Int64, Nested, Text, validate
from contracts.identity.errors import (
    AuthInvalid,
    AuthLocked,
    EmailTaken,
    NoSession,
    SignupClosed,
    TwoFactorInvalid,
    TwoFactorRequired,
    UsernameTaken,
)
from contracts.identity.fields import DeviceInfo, Email, Name, SecondFactor, Username, new_password, password, role
from contracts.identity.rows import SessionGrant, SessionView


class AuthLogin(Contract):
    """Open a session."""

    name, version = "auth_login", 1
    effect, units, access, secret = WRITE, MANY, PUBLIC, True
    errors = (AuthInvalid, AuthLocked, TwoFactorRequired, TwoFactorInvalid)

    class Params(Schema):
        email = Email(required=True)
        password = password()
        code = SecondFactor(load_default=None, allow_none=True)  # ignored where no second factor is enabled
        device_info = Nested(DeviceInfo, load_default=None, allow_none=True)

    Result = SessionGrant


class AuthCreateAccount(Contract):
    """Make an account and open its first session; the first account of all is an admin's."""

    name, version = "auth_create_account", 1
    effect, units, access, secret = WRITE, MANY, PUBLIC, True
    # Open sign-up tells which emails are taken.
    limit = CallLimit("auth_create_account", count=10, per_ms=15 * 60_000, by_address=True)
    errors = (SignupClosed, EmailTaken, UsernameTaken)

    class Params(Schema):
        email = Email(required=True)
        password = new_password()
        first_name = Name(required=True)
        last_name = Name(required=True)
        username = Username(load_default=None, allow_none=True)  # left out: made from the names
        role = role(required=False)  # ignored

    Result = SessionGrant


class AuthValidateSession(Contract):
    """Show the calling session."""

    name, version = "auth_validate_session", 1
    effect = READ
    errors = (NoSession,)

    Result = SessionView


class AuthRefreshToken(Contract):
    """Exchange a refresh token for new tokens of its session; it works once."""

    name, version = "auth_refresh_token", 1
    effect, units, access, secret = WRITE, MANY, PUBLIC, True
    errors = (AuthInvalid,)

    class Params(Schema):
        refresh_token = Text(required=True, validate=validate.Length(min=1, max=512))

    Result = SessionGrant


class AuthLogout(Contract):
    """End the calling session."""

    name, version = "auth_logout", 1
    effect = WRITE
    errors = (NoSession,)

    class Result(Schema):
        logged_out = Boolean(required=True)
        message = Text(required=True)


class ChangeUserPassword(Contract):
    """Change the own password; all other sessions end."""

    name, version = "change_user_password", 1
    effect, units, secret = WRITE, MANY, True
    errors = (AuthInvalid, AuthLocked, NoSession)

    class Params(Schema):
        current_password = password()
        new_password = new_password()

    class Result(Schema):
        changed = Boolean(required=True)
        revoked_sessions = Int64(required=True)
