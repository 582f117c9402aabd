"""The sessions of an account, and how long any session may be idle."""

from bus.contract import READ, WRITE, Contract, Schema
from bus.fields import Boolean, Id, Int64, List, Nested, validate
from contracts.identity.errors import NoSession
from contracts.identity.fields import reference
from contracts.identity.rows import ListedSession
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMINS


class GetActiveSessions(Contract):
    """List the sessions that are live, the last used first."""

    name, version = "get_active_sessions", 1
    effect = READ
    errors = (NotFound,)

    class Params(Schema):
        user_id = reference(required=False)  # left out: the caller's own; another's: admins alone

    class Result(Schema):
        items = List(Nested(ListedSession), required=True)
        total_count = Int64(required=True)


class RevokeSession(Contract):
    """End one session: an own one, or, as an admin, anybody's."""

    name, version = "revoke_session", 1
    effect = WRITE
    errors = (NotFound,)

    class Params(Schema):
        session_id = reference()

    class Result(Schema):
        session_id = Id(required=True)
        revoked = Boolean(required=True)


class RevokeAllSessionsExceptCurrent(Contract):
    """End all own sessions but the calling one."""

    name, version = "revoke_all_sessions_except_current", 1
    effect = WRITE
    errors = (NoSession,)

    class Result(Schema):
        revoked_count = Int64(required=True)


#: Longest idle time that can be set.
MAX_TIMEOUT_MIN = 1_440


class UpdateSessionTimeout(Contract):
    """Set how long a session may be idle; it counts for all sessions, those that are open included."""

    name, version = "update_session_timeout", 1
    effect, access = WRITE, ADMINS

    class Params(Schema):
        timeout_minutes = Int64(required=True, validate=validate.Range(min=1, max=MAX_TIMEOUT_MIN))

    class Result(Schema):
        timeout_minutes = Int64(required=True)


class GetSessionTimeoutConfig(Contract):
    """Tell how long a session may be idle."""

    name, version = "get_session_timeout_config", 1
    effect = READ

    class Result(Schema):
        default_timeout_minutes = Int64(required=True)
        max_timeout_minutes = Int64(required=True)
        enforce_timeout = Boolean(required=True)  # always true
