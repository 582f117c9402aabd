"""Who may act: accounts, their sessions and second factors, what they are allowed, and what is kept on record.

A token names a session, a session a user, and the user's row says at every call what they may do.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.identity.v1.auth": (
        "auth_login@1",
        "auth_create_account@1",
        "auth_validate_session@1",
        "auth_refresh_token@1",
        "auth_logout@1",
        "change_user_password@1",
    ),
    "contracts.identity.v1.events": (
        "get_security_events@1",
        "get_security_metrics@1",
        "get_security_alerts@1",
        "acknowledge_security_alert@1",
        "resolve_security_alert@1",
    ),
    "contracts.identity.v1.internal": (
        "user_names@1",
        "user_ids_of_roles@1",
        "security_events_forget@1",
    ),
    "contracts.identity.v1.operators": (
        "operator_create_admin@1",
        "operator_reset_password@1",
        "operator_reset_second_factor@1",
        "operator_list_sessions@1",
        "operator_end_sessions@1",
    ),
    "contracts.identity.v1.security": (
        "get_active_sessions@1",
        "revoke_session@1",
        "revoke_all_sessions_except_current@1",
        "update_session_timeout@1",
        "get_session_timeout_config@1",
    ),
    "contracts.identity.v1.service_accounts": (
        "service_account_create@1",
        "service_account_list@1",
        "service_account_rotate@1",
        "service_account_revoke@1",
    ),
    "contracts.identity.v1.two_factor": (
        "enable_2fa@1",
        "verify_2fa_setup@1",
        "disable_2fa@1",
        "is_2fa_enabled@1",
        "verify_2fa_code@1",
        "regenerate_backup_codes@1",
    ),
    "contracts.identity.v1.users": (
        "create_user@1",
        "get_users@1",
        "get_user@1",
        "update_user@1",
        "change_user_role@1",
        "ban_user@1",
        "unban_user@1",
        "delete_user@1",
        "reset_user_password@1",
        "has_admins@1",
        "bootstrap_first_admin@1",
    ),
}
