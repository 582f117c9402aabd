"""Who may call what: every command of the plugin, for every role, from one table."""

from __future__ import annotations

from typing import Any

import pytest

from bus.contract import INTERNAL, PUBLIC, READ
from plugins.identity import identity
from tests.plugins.identity.caller import NIL, OTHER_PASSWORD, PASSWORD, ROLES, Caller, World

pytestmark = pytest.mark.any_database

#: Command -> what it is called with, and the lowest role that may; "" where no session is needed.
COMMANDS: dict[str, tuple[dict[str, Any], str]] = {
    "auth_login": ({"email": "nobody@example.com", "password": "x"}, ""),
    "auth_create_account": (
        {"email": "new@example.com", "password": OTHER_PASSWORD, "first_name": "N", "last_name": "W"},
        "",
    ),
    "auth_refresh_token": ({"refresh_token": "x"}, ""),
    "has_admins": ({}, ""),
    "auth_validate_session": ({}, "viewer"),
    "auth_logout": ({}, "viewer"),
    "change_user_password": ({"current_password": PASSWORD, "new_password": OTHER_PASSWORD}, "viewer"),
    "enable_2fa": ({}, "viewer"),
    "verify_2fa_setup": ({"code": "123456"}, "viewer"),
    "disable_2fa": ({"password": PASSWORD}, "viewer"),
    "is_2fa_enabled": ({}, "viewer"),
    "verify_2fa_code": ({"code": "123456"}, "viewer"),
    "regenerate_backup_codes": ({"password": PASSWORD}, "viewer"),
    "get_active_sessions": ({}, "viewer"),
    "revoke_session": ({"session_id": NIL}, "viewer"),
    "revoke_all_sessions_except_current": ({}, "viewer"),
    "get_session_timeout_config": ({}, "viewer"),
    "get_security_events": ({}, "admin"),
    "get_security_metrics": ({}, "admin"),
    "get_security_alerts": ({}, "admin"),
    "acknowledge_security_alert": ({"alert_id": NIL}, "admin"),
    "resolve_security_alert": ({"alert_id": NIL, "actions_taken": []}, "admin"),
    "update_session_timeout": ({"timeout_minutes": 60}, "admin"),
    "service_account_create": ({"name": "robot", "role": "viewer", "scope": ["get_user"]}, "admin"),
    "service_account_list": ({}, "admin"),
    "service_account_rotate": ({"account_id": NIL}, "admin"),
    "service_account_revoke": ({"account_id": NIL}, "admin"),
    "create_user": (
        {
            "email": "new@example.com",
            "password": OTHER_PASSWORD,
            "first_name": "N",
            "last_name": "W",
            "role": "viewer",
        },
        "admin",
    ),
    "get_users": ({}, "supervisor"),
    "get_user": ({"user_id": NIL}, "supervisor"),
    "update_user": ({"user_id": NIL}, "supervisor"),
    "change_user_role": ({"user_id": NIL, "new_role": "admin"}, "admin"),
    "ban_user": ({"user_id": NIL}, "admin"),
    "unban_user": ({"user_id": NIL}, "admin"),
    "delete_user": ({"user_id": NIL}, "admin"),
    "reset_user_password": ({"user_id": NIL, "new_password": OTHER_PASSWORD}, "admin"),
}
#: Its answer depends on whom it is asked about.
APART = {"bootstrap_first_admin"}
#: Those that callers know.
OPEN = [contract for contract in identity.contracts if contract.access != INTERNAL]
WRITES = [contract for contract in OPEN if contract.effect is not READ]


def test_the_table_has_every_command() -> None:
    assert COMMANDS.keys() | APART == {contract.name for contract in OPEN}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_role_may_what_the_table_says(world: World, command: str) -> None:
    args, lowest = COMMANDS[command]
    world.person("admin")
    codes = {role: world.as_role(role).envelope(command, **args).code for role in ROLES}
    allowed = ROLES[: ROLES.index(lowest or "viewer") + 1]
    assert {role for role, code in codes.items() if code not in ("FORBIDDEN", "UNAUTHENTICATED")} == set(allowed)
    assert "HANDLER_ERROR" not in codes.values()


@pytest.mark.parametrize("command", [name for name, (_, lowest) in COMMANDS.items() if lowest])
def test_nobody_comes_in_without_a_session(world: World, anyone: Caller, command: str) -> None:
    """Nor learns what the command takes; a refresh token is no session token."""
    grant = world.person("admin").grant()
    args = COMMANDS[command][0]
    for caller in (anyone, Caller(world.bus, grant["refresh_token"]), Caller(world.bus, "A" * 43)):
        assert caller.code(command, **args) == "UNAUTHENTICATED"
        assert caller.code(command, nonsense=1) == "UNAUTHENTICATED"


@pytest.mark.parametrize(("command", "lowest"), [(name, lowest) for name, (_, lowest) in COMMANDS.items()])
def test_the_role_is_checked_before_the_arguments(world: World, command: str, lowest: str) -> None:
    by_contract = next(one for one in identity.contracts if one.name == command).access.kind == "roles"
    code = world.as_role("viewer").code(command, nonsense=1)
    assert code == ("FORBIDDEN" if by_contract else "VALIDATION_ERROR")


#: What nobody may assign: columns, and what a contract offers elsewhere.
SMUGGLED = {
    "role": "admin",
    "is_active": True,
    "is_admin": True,
    "password_hash": "x",
    "password": OTHER_PASSWORD,
    "username": "root",
    "id": NIL,
    "user_id": NIL,
    "deleted_at": None,
    "login_count": 0,
    "two_factor_verified": True,
    "two_factor_enabled": False,
    "principal": {"roles": ["admin"]},
    "ip_address": "127.0.0.1",
    "expires_at": 9_999_999_999_999,
}


@pytest.mark.parametrize("contract", WRITES, ids=lambda contract: contract.name)
def test_attack_mass_assignment(world: World, contract: Any) -> None:
    """Whatever a contract does not offer is refused by name, and nothing is changed."""
    offered = contract.Params().fields
    caller = world.as_role("admin")
    args = COMMANDS.get(contract.name, ({"user_id": NIL}, ""))[0]
    before = world.execute(_all_users())
    for name, value in SMUGGLED.items():
        if name not in offered:
            refusal = caller.refusal(contract.name, **args, **{name: value})
            assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [name])
    assert world.execute(_all_users()) == before


def _all_users() -> Any:
    import sqlalchemy as sa

    from plugins.identity.tables import users

    return sa.select(users).order_by(users.c.id)


def test_secrets_are_marked() -> None:
    """Commands whose arguments or answers are secret are never stored, logged or queued."""
    secret = {contract.name for contract in identity.contracts if contract.secret}
    assert secret == {
        "auth_login",
        "auth_create_account",
        "auth_refresh_token",
        "enable_2fa",
        "verify_2fa_setup",
        "verify_2fa_code",
        "disable_2fa",
        "regenerate_backup_codes",
        "create_user",
        "update_user",
        "change_user_password",
        "operator_create_admin",
        "operator_reset_password",
        "service_account_create",
        "service_account_rotate",
        "reset_user_password",
    }


def test_public_commands_are_few() -> None:
    public = {contract.name for contract in identity.contracts if contract.access is PUBLIC}
    assert public == {name for name, (_, lowest) in COMMANDS.items() if not lowest}


@pytest.mark.parametrize("contract", [one for one in OPEN if one.secret], ids=lambda one: one.name)
def test_what_is_secret_cannot_be_queued(world: World, contract: Any) -> None:
    grant = world.person("admin").grant()
    args = COMMANDS[contract.name][0]
    envelope = world.bus.call(contract.name, args, session_token=grant["token"], mode="queue")
    assert envelope.code == "VALIDATION_ERROR"
