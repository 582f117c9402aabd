"""The rows of the domain's answers. Times are ISO 8601 in UTC with milliseconds. No hash, secret or code is among them.

The two tokens of a session are shown once, to whoever opened or refreshed it.
"""

from bus.contract import Schema
from bus.fields import Boolean, Id, Int64, List, Nested, Object, Text, validate
from contracts.identity.fields import DeviceInfo
from contracts.workshop.roles import ROLES

#: How much an event matters, rising.
SEVERITIES = ("low", "medium", "high", "critical")


class SessionView(Schema):
    """A session without its tokens."""

    id = Id(required=True)
    user_id = Id(required=True)
    username = Text(required=True)
    email = Text(required=True)
    role = Text(required=True, validate=validate.OneOf(ROLES))
    expires_at = Text(required=True)  # of the session token
    refresh_expires_at = Text(required=True)  # of the session, however often it is refreshed
    last_activity = Text(required=True)
    created_at = Text(required=True)
    device_info = Nested(DeviceInfo, required=True, allow_none=True)
    ip_address = Text(required=True, allow_none=True)
    user_agent = Text(required=True, allow_none=True)
    location = Text(required=True, allow_none=True)  # always null
    two_factor_verified = Boolean(required=True)
    session_timeout_minutes = Int64(required=True)  # without a call for so long, the session ends


class SessionGrant(SessionView):
    """A session with its tokens."""

    token = Text(required=True)
    refresh_token = Text(required=True)


class ListedSession(SessionView):
    """A session in a list."""

    is_current = Boolean(required=True)  # whether it is the calling one


class SecurityEvent(Schema):
    """What happened to an account or a session; never changed, never deleted by a command."""

    id = Id(required=True)
    event_type = Text(required=True)
    severity = Text(required=True, validate=validate.OneOf(SEVERITIES))
    timestamp = Text(required=True)
    user_id = Text(required=True, allow_none=True)  # who acted, or was tried; also a service account
    target_user_id = Id(required=True, allow_none=True)  # whose account was changed
    session_id = Id(required=True, allow_none=True)
    ip_address = Text(required=True, allow_none=True)
    user_agent = Text(required=True, allow_none=True)
    correlation_id = Text(required=True)
    details = Object(required=True)
    source = Text(required=True)  # the command
    mitigated = Boolean(required=True)  # whether the danger was met when it was noticed


class SecurityAlert(Schema):
    """A critical event that an admin has to see."""

    id = Id(required=True)
    event_id = Id(required=True)
    title = Text(required=True)
    description = Text(required=True)
    severity = Text(required=True, validate=validate.OneOf(SEVERITIES))
    timestamp = Text(required=True)
    acknowledged = Boolean(required=True)
    acknowledged_by = Id(required=True, allow_none=True)
    acknowledged_at = Text(required=True, allow_none=True)
    resolved = Boolean(required=True)
    resolved_at = Text(required=True, allow_none=True)
    actions_taken = List(Text(), required=True)


class User(Schema):
    """An account."""

    id = Id(required=True)
    email = Text(required=True)
    username = Text(required=True)
    first_name = Text(required=True)
    last_name = Text(required=True)
    full_name = Text(required=True)
    role = Text(required=True, validate=validate.OneOf(ROLES))
    phone = Text(required=True, allow_none=True)
    is_active = Boolean(required=True)  # false: banned
    two_factor_enabled = Boolean(required=True)
    last_login_at = Text(required=True, allow_none=True)
    login_count = Int64(required=True)
    created_at = Text(required=True)
    updated_at = Text(required=True)
