"""The refusals of this domain. Callers branch on the code; the message is for people and may change.

Refusals about credentials say the same of accounts that exist, that are banned and that never were.
"""

from bus.errors import Refusal


class AuthInvalid(Refusal):
    """Email and password, or the refresh token, open nothing. Callers ask their user again."""

    code = "AUTH_INVALID"
    message = "These credentials are not valid."


class AuthLocked(Refusal):
    """Too many failures. Callers wait ``details.retry_after_seconds``; until then nothing is checked."""

    code = "AUTH_LOCKED"
    message = "Too many failed attempts; try again later."

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(retry_after_seconds=retry_after_seconds)


class TwoFactorRequired(Refusal):
    """The password is right and a second factor is missing. Callers repeat the call with ``code``."""

    code = "TWO_FACTOR_REQUIRED"
    message = "A second factor is needed."

    def __init__(self) -> None:
        super().__init__(methods=["totp", "backup_code"])


class TwoFactorInvalid(Refusal):
    """The second factor is wrong or was used before. Callers ask for the next code."""

    code = "TWO_FACTOR_INVALID"
    message = "The code is not valid."


class TwoFactorAlreadyEnabled(Refusal):
    """The account has a second factor. Callers disable it before they set up another."""

    code = "TWO_FACTOR_ALREADY_ENABLED"
    message = "A second factor is already enabled."


class TwoFactorNotEnabled(Refusal):
    """The account has no second factor. Callers set one up."""

    code = "TWO_FACTOR_NOT_ENABLED"
    message = "No second factor is enabled."


class TwoFactorSetupNotStarted(Refusal):
    """No set-up is under way, or it is too old. Callers begin with ``enable_2fa``."""

    code = "TWO_FACTOR_SETUP_NOT_STARTED"
    message = "No set-up of a second factor is under way."


class SignupClosed(Refusal):
    """There are users, and strangers may not join them. Callers ask an admin for an account."""

    code = "SIGNUP_CLOSED"
    message = "Sign-up is closed."


class EmailTaken(Refusal):
    """Another account has the email, perhaps one that is banned or deleted. Callers choose another one."""

    code = "EMAIL_TAKEN"
    message = "This email is taken."


class UsernameTaken(Refusal):
    """Another account has the username, perhaps one that is banned or deleted. Callers choose another one."""

    code = "USERNAME_TAKEN"
    message = "This username is taken."


class NoSession(Refusal):
    """The command is about the calling session, and a queued job has none. Callers call it directly."""

    code = "UNAUTHENTICATED"
    message = "this command needs a live session; call it directly"


class SelfActionForbidden(Refusal):
    """Nobody does this to their own account. Callers ask another admin."""

    code = "SELF_ACTION_FORBIDDEN"
    message = "You can't {action} your own account."
    shown = ()


class LastAdmin(Refusal):
    """Nobody would be left who may do everything. Callers make another admin first."""

    code = "LAST_ADMIN"
    message = "This is the last active admin."


class UserAlreadyBanned(Refusal):
    """The account is banned. Callers read it again."""

    code = "USER_ALREADY_BANNED"
    message = "The user is already banned."


class UserNotBanned(Refusal):
    """The account is not banned. Callers read it again."""

    code = "USER_NOT_BANNED"
    message = "The user is not banned."


class AdminExists(Refusal):
    """There is an active admin already. Callers ask them."""

    code = "ADMIN_EXISTS"
    message = "There is an admin already."


class ServiceAccountNameTaken(Refusal):
    """Another service account, perhaps a revoked one, has this name. Callers choose another."""

    code = "SERVICE_ACCOUNT_NAME_TAKEN"
    message = "Another service account has this name."
