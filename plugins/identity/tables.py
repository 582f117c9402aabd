"""The tables of the domain. Times are epoch milliseconds; no token, code or password is in any of them.

Operators and other processes may correct rows: nothing of a row is kept in memory from one call to the next.

Who locks what: on SQLite one command writes at a time. On PostgreSQL a command that decides on what it is about to
change locks it first: the roster (a row of ``settings``, held by whoever adds users, changes emails or changes who is
an admin), then the user's row, then whatever hangs on that user: second factor, counters, sessions. A unit of work that
counts an attempt before anybody is known holds the counters of the address and of the email, in this order, and no
more; one that exchanges a token holds that session alone.

Not here: their history (migrations/).
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
    func,
    true,
)

from bus.columns import KEY_TEXT, ROW_ID

metadata = MetaData()


def _user_id(**options: Any) -> "Column[str]":
    return Column("user_id", KEY_TEXT, ForeignKey("identity_users.id", ondelete="CASCADE"), **options)


users = Table(
    "identity_users",
    metadata,
    Column("id", KEY_TEXT, primary_key=True),
    Column("email", KEY_TEXT, nullable=False),
    Column("username", KEY_TEXT, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("role", KEY_TEXT, nullable=False),
    Column("phone", Text),
    # False: banned.
    Column("is_active", Boolean, nullable=False, server_default=true()),
    Column("last_login_at", BigInteger),
    Column("login_count", BigInteger, nullable=False, server_default="0"),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
    CheckConstraint("role IN ('admin', 'supervisor', 'technician', 'viewer')", name="identity_users_role"),
    Index("identity_users_by_role", "role", "is_active"),
)
Index("identity_users_email", func.lower(users.c.email), unique=True)
Index("identity_users_username", func.lower(users.c.username), unique=True)
Index("identity_users_newest", users.c.created_at.desc(), users.c.id.desc())

two_factor = Table(
    "identity_two_factor",
    metadata,
    _user_id(primary_key=True),
    # The key of the authenticator, sealed for this user (keys.py).
    Column("secret_enc", LargeBinary, nullable=False),
    Column("state", KEY_TEXT, nullable=False),
    Column("failed_setup_tries", Integer, nullable=False, server_default="0"),
    # The time step of the last code that was accepted: that one and all before it are used up.
    Column("last_step", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("verified_at", BigInteger),
    CheckConstraint("state IN ('pending', 'active')", name="identity_two_factor_state"),
)

backup_codes = Table(
    "identity_backup_codes",
    metadata,
    Column("id", ROW_ID, Identity(), primary_key=True),
    _user_id(nullable=False),
    # One salt for a set, so that an attempt costs one hash.
    Column("set_salt", LargeBinary, nullable=False),
    Column("code_hash", LargeBinary, nullable=False),
    Column("state", KEY_TEXT, nullable=False),
    Column("used_at", BigInteger),
    CheckConstraint("state IN ('pending', 'active')", name="identity_backup_codes_state"),
    Index("identity_backup_codes_of_user", "user_id", "state"),
)

user_sessions = Table(
    "identity_user_sessions",
    metadata,
    Column("id", KEY_TEXT, primary_key=True),
    _user_id(nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("refresh_hash", LargeBinary, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    # Of the session token alone; the session itself goes on.
    Column("expires_at", BigInteger, nullable=False),
    Column("last_activity", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("absolute_expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("revoke_reason", Text),
    Column("device_info", Text),  # JSON
    Column("ip_address", Text),
    Column("user_agent", Text),
    Column("two_factor_verified", Boolean, nullable=False, server_default=false()),
    Index("identity_user_sessions_token", "token_hash", unique=True),
    Index("identity_user_sessions_refresh", "refresh_hash", unique=True),
)
Index(
    "identity_user_sessions_of_user",
    user_sessions.c.user_id,
    user_sessions.c.revoked_at,
    user_sessions.c.last_activity.desc(),
)

used_refresh_tokens = Table(
    "identity_used_refresh_tokens",
    metadata,
    Column("refresh_hash", LargeBinary, primary_key=True),
    Column("session_id", KEY_TEXT, ForeignKey("identity_user_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Index("identity_used_refresh_tokens_of_session", "session_id"),
)

auth_counters = Table(
    "identity_auth_counters",
    metadata,
    # "login:" with the HMAC of an email, "2fa:" with the id of a user, "ip:" with an address.
    Column("key", KEY_TEXT, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_failure_at", BigInteger, nullable=False),
    Column("locked_until", BigInteger),
    Index("identity_auth_counters_stale", "last_failure_at"),
)

security_events = Table(
    "identity_security_events",
    metadata,
    # In the order they were written.
    Column("number", ROW_ID, Identity(), primary_key=True),
    Column("id", KEY_TEXT, nullable=False),
    Column("event_type", KEY_TEXT, nullable=False),
    Column("severity", KEY_TEXT, nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("user_id", KEY_TEXT),
    Column("target_user_id", KEY_TEXT),
    Column("session_id", KEY_TEXT),
    Column("ip_address", Text),
    Column("user_agent", Text),
    Column("correlation_id", KEY_TEXT, nullable=False),
    Column("details", Text, nullable=False),  # JSON
    Column("source", KEY_TEXT, nullable=False),
    Column("mitigated", Boolean, nullable=False, server_default=false()),
    CheckConstraint("severity IN ('low', 'medium', 'high', 'critical')", name="identity_security_events_severity"),
    Index("identity_security_events_id", "id", unique=True),
    Index("identity_security_events_of_type", "event_type", "timestamp"),
    Index("identity_security_events_of_user", "user_id", "timestamp"),
    Index("identity_security_events_of_call", "correlation_id"),
)
Index("identity_security_events_newest", security_events.c.timestamp.desc(), security_events.c.number.desc())

security_alerts = Table(
    "identity_security_alerts",
    metadata,
    Column("id", KEY_TEXT, primary_key=True),
    Column("event_id", KEY_TEXT, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("severity", KEY_TEXT, nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("acknowledged_by", KEY_TEXT),
    Column("acknowledged_at", BigInteger),
    Column("resolved_at", BigInteger),
    Column("actions_taken", Text, nullable=False),  # JSON
)
Index("identity_security_alerts_newest", security_alerts.c.timestamp.desc())

service_accounts = Table(
    "identity_service_accounts",
    metadata,
    # "svc-" and a UUID: never the id of a user.
    Column("id", KEY_TEXT, primary_key=True),
    Column("name", KEY_TEXT, nullable=False),
    Column("role", KEY_TEXT, nullable=False),
    Column("scope", Text, nullable=False),  # JSON
    # How the key begins, for people to tell it by.
    Column("key_hint", Text, nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    # The key before the last rotation, and how long it still opens.
    Column("old_key_hash", LargeBinary),
    Column("old_key_until", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", KEY_TEXT, nullable=False),
    Column("last_used_at", BigInteger),
    Column("expires_at", BigInteger),
    Column("revoked_at", BigInteger),
    CheckConstraint("role IN ('admin', 'supervisor', 'technician', 'viewer')", name="identity_service_accounts_role"),
    Index("identity_service_accounts_key", "key_hash", unique=True),
    Index("identity_service_accounts_old_key", "old_key_hash", unique=True),
)
Index("identity_service_accounts_name", func.lower(service_accounts.c.name), unique=True)

settings = Table(
    "identity_settings",
    metadata,
    Column("key", KEY_TEXT, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)
