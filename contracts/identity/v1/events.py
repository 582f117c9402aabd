"""What is on record about accounts and sessions, and the alerts that admins answer."""

from bus.contract import READ, WRITE, Contract, Schema
from bus.fields import Int64, List, Nested, Text, validate
from contracts.identity.fields import reference
from contracts.identity.rows import SecurityAlert, SecurityEvent
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMINS

#: Characters of what events are filtered by.
MAX_FILTER = 128


def _filter() -> Text:
    return Text(load_default=None, allow_none=True, validate=validate.Length(max=MAX_FILTER))


class GetSecurityEvents(Contract):
    """Read a page of events, the newest first."""

    name, version = "get_security_events", 1
    effect, access = READ, ADMINS

    class Params(Schema):
        limit = Int64(load_default=50, allow_none=True)  # 1 to 200; what lies outside is moved to the nearer end
        offset = Int64(load_default=0, allow_none=True)  # below 0: 0
        event_type = _filter()
        severity = _filter()
        user_id = _filter()  # who acted, or was tried
        event_correlation_id = _filter()

    class Result(Schema):
        items = List(Nested(SecurityEvent), required=True)
        total_count = Int64(required=True)  # of all pages


class GetSecurityMetrics(Contract):
    """Count what matters now; days are those of UTC."""

    name, version = "get_security_metrics", 1
    effect, access = READ, ADMINS

    class Result(Schema):
        total_events_today = Int64(required=True)
        critical_alerts_today = Int64(required=True)
        active_brute_force_attempts = Int64(required=True)  # counters that are locked
        blocked_ips = Int64(required=True)
        failed_auth_attempts_last_hour = Int64(required=True)
        suspicious_activities_detected = Int64(required=True)  # refresh tokens used twice, today


class GetSecurityAlerts(Contract):
    """List the alerts that are not resolved, the newest first."""

    name, version = "get_security_alerts", 1
    effect, access = READ, ADMINS

    class Result(Schema):
        items = List(Nested(SecurityAlert), required=True)
        total_count = Int64(required=True)


class AcknowledgeSecurityAlert(Contract):
    """Say that somebody has seen an alert; the first to say so stays on record."""

    name, version = "acknowledge_security_alert", 1
    effect, access = WRITE, ADMINS
    errors = (NotFound,)

    class Params(Schema):
        alert_id = reference()

    Result = SecurityAlert


class ResolveSecurityAlert(Contract):
    """Say what was done about an alert; it leaves the list."""

    name, version = "resolve_security_alert", 1
    effect, access = WRITE, ADMINS
    errors = (NotFound,)

    class Params(Schema):
        alert_id = reference()
        actions_taken = List(
            Text(validate=validate.Length(min=1, max=500)), required=True, validate=validate.Length(max=20)
        )

    Result = SecurityAlert
