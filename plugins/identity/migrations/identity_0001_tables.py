"""Users, sessions, second factors, counters of failures, and what is kept on record."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "identity_0001"
down_revision = None
branch_labels = ("identity",)
depends_on = None
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables of the domain, parents first."""
    _create_users()
    _create_two_factor()
    _create_sessions()
    _create_counters()
    _create_events()
    _create_alerts()
    _create_service_accounts()
    op.create_table(
        "identity_settings",
        sa.Column("key", KEY_TEXT, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _user_id(**options: Any) -> "sa.Column[str]":
    return sa.Column("user_id", KEY_TEXT, sa.ForeignKey("identity_users.id", ondelete="CASCADE"), **options)


def _create_users() -> None:
    op.create_table(
        "identity_users",
        sa.Column("id", KEY_TEXT, primary_key=True),
        sa.Column("email", KEY_TEXT, nullable=False),
        sa.Column("username", KEY_TEXT, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("role", KEY_TEXT, nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("last_login_at", sa.BigInteger),
        sa.Column("login_count", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        sa.CheckConstraint("role IN ('admin', 'supervisor', 'technician', 'viewer')", name="identity_users_role"),
    )
    op.create_index("identity_users_by_role", "identity_users", ["role", "is_active"])
    op.create_index("identity_users_email", "identity_users", [sa.text("lower(email)")], unique=True)
    op.create_index("identity_users_username", "identity_users", [sa.text("lower(username)")], unique=True)
    op.create_index("identity_users_newest", "identity_users", [sa.text("created_at DESC"), sa.text("id DESC")])


def _create_two_factor() -> None:
    op.create_table(
        "identity_two_factor",
        _user_id(primary_key=True),
        sa.Column("secret_enc", sa.LargeBinary, nullable=False),
        sa.Column("state", KEY_TEXT, nullable=False),
        sa.Column("failed_setup_tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_step", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("verified_at", sa.BigInteger),
        sa.CheckConstraint("state IN ('pending', 'active')", name="identity_two_factor_state"),
    )
    op.create_table(
        "identity_backup_codes",
        sa.Column("id", ROW_ID, sa.Identity(), primary_key=True),
        _user_id(nullable=False),
        sa.Column("set_salt", sa.LargeBinary, nullable=False),
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("state", KEY_TEXT, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.CheckConstraint("state IN ('pending', 'active')", name="identity_backup_codes_state"),
    )
    op.create_index("identity_backup_codes_of_user", "identity_backup_codes", ["user_id", "state"])


def _create_sessions() -> None:
    op.create_table(
        "identity_user_sessions",
        sa.Column("id", KEY_TEXT, primary_key=True),
        _user_id(nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("refresh_hash", sa.LargeBinary, nullable=False),
        sa.Column("issued_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("last_activity", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("absolute_expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("revoke_reason", sa.Text),
        sa.Column("device_info", sa.Text),
        sa.Column("ip_address", sa.Text),
        sa.Column("user_agent", sa.Text),
        sa.Column("two_factor_verified", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("identity_user_sessions_token", "identity_user_sessions", ["token_hash"], unique=True)
    op.create_index("identity_user_sessions_refresh", "identity_user_sessions", ["refresh_hash"], unique=True)
    op.create_index(
        "identity_user_sessions_of_user",
        "identity_user_sessions",
        ["user_id", "revoked_at", sa.text("last_activity DESC")],
    )
    op.create_table(
        "identity_used_refresh_tokens",
        sa.Column("refresh_hash", sa.LargeBinary, primary_key=True),
        sa.Column(
            "session_id", KEY_TEXT, sa.ForeignKey("identity_user_sessions.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("used_at", sa.BigInteger, nullable=False),
    )
    op.create_index("identity_used_refresh_tokens_of_session", "identity_used_refresh_tokens", ["session_id"])


def _create_counters() -> None:
    op.create_table(
        "identity_auth_counters",
        sa.Column("key", KEY_TEXT, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_failure_at", sa.BigInteger, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
    )
    op.create_index("identity_auth_counters_stale", "identity_auth_counters", ["last_failure_at"])


def _create_events() -> None:
    op.create_table(
        "identity_security_events",
        sa.Column("number", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", KEY_TEXT, nullable=False),
        sa.Column("event_type", KEY_TEXT, nullable=False),
        sa.Column("severity", KEY_TEXT, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("user_id", KEY_TEXT),
        sa.Column("target_user_id", KEY_TEXT),
        sa.Column("session_id", KEY_TEXT),
        sa.Column("ip_address", sa.Text),
        sa.Column("user_agent", sa.Text),
        sa.Column("correlation_id", KEY_TEXT, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("source", KEY_TEXT, nullable=False),
        sa.Column("mitigated", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.CheckConstraint(
            "severity IN ('low', 'medium', 'high', 'critical')", name="identity_security_events_severity"
        ),
    )
    for name, columns in {
        "of_type": ["event_type", "timestamp"],
        "of_user": ["user_id", "timestamp"],
        "of_call": ["correlation_id"],
        "newest": [sa.text('"timestamp" DESC'), sa.text("number DESC")],
    }.items():
        op.create_index(f"identity_security_events_{name}", "identity_security_events", columns)
    op.create_index("identity_security_events_id", "identity_security_events", ["id"], unique=True)


def _create_alerts() -> None:
    op.create_table(
        "identity_security_alerts",
        sa.Column("id", KEY_TEXT, primary_key=True),
        sa.Column("event_id", KEY_TEXT, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("severity", KEY_TEXT, nullable=False),
        sa.Column("timestamp", sa.BigInteger, nullable=False),
        sa.Column("acknowledged_by", KEY_TEXT),
        sa.Column("acknowledged_at", sa.BigInteger),
        sa.Column("resolved_at", sa.BigInteger),
        sa.Column("actions_taken", sa.Text, nullable=False),
    )
    op.create_index("identity_security_alerts_newest", "identity_security_alerts", [sa.text('"timestamp" DESC')])


def _create_service_accounts() -> None:
    op.create_table(
        "identity_service_accounts",
        sa.Column("id", KEY_TEXT, primary_key=True),
        sa.Column("name", KEY_TEXT, nullable=False),
        sa.Column("role", KEY_TEXT, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("key_hint", sa.Text, nullable=False),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("old_key_hash", sa.LargeBinary),
        sa.Column("old_key_until", sa.BigInteger),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", KEY_TEXT, nullable=False),
        sa.Column("last_used_at", sa.BigInteger),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("revoked_at", sa.BigInteger),
        sa.CheckConstraint(
            "role IN ('admin', 'supervisor', 'technician', 'viewer')", name="identity_service_accounts_role"
        ),
    )
    for name, column in {"key": "key_hash", "old_key": "old_key_hash", "name": sa.text("lower(name)")}.items():
        op.create_index(f"identity_service_accounts_{name}", "identity_service_accounts", [column], unique=True)
