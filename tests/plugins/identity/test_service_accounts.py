"""Keys for programs: what they open, for how long, and what nobody can do with a stolen one."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.identity.tables import service_accounts
from tests.plugins.identity.caller import DAY_MS, MINUTE_MS, NIL, Caller, World


@pytest.fixture
def admin(world: World) -> Caller:
    """Somebody who makes keys."""
    return world.as_role("admin")


def make(admin: Caller, *scope: str, role: str = "admin", name: str = "robot", **args: Any) -> tuple[str, Caller]:
    """A service account's id, and a caller with its key."""
    made = admin("service_account_create", name=name, role=role, scope=list(scope), **args)
    return made["account"]["id"], Caller(admin.bus, made["key"])


def test_a_key_stands_where_a_token_would(admin: Caller) -> None:
    """Beside the arguments and among them."""
    _, robot = make(admin, "get_users")
    assert robot("get_users")["total_count"] == 1
    assert admin.bus.call("get_users", {"session_token": robot.token}).ok


def test_it_opens_what_its_scope_names(admin: Caller) -> None:
    _, one = make(admin, "get_users", name="one")
    _, all_of_it = make(admin, "identity:*", name="all")
    commands = ("get_users", "get_security_events")
    assert [one.envelope(command).code for command in commands] == [None, "FORBIDDEN"]
    assert [all_of_it.envelope(command).code for command in commands] == [None, None]
    assert all_of_it.code("job_list") == "FORBIDDEN"


def test_its_role_goes_no_further_than_a_persons(admin: Caller) -> None:
    _, robot = make(admin, "identity:*", role="viewer")
    assert robot.code("get_users") == "FORBIDDEN"
    assert robot.envelope("has_admins").ok


@pytest.mark.parametrize("scope", [["get_userz"], ["nobody:*"], ["*"], ["identity:"], ["get_users@1"], ["user_names"]])
def test_a_scope_that_names_nothing_is_refused(admin: Caller, scope: list[str]) -> None:
    """A misspelt one would open nothing, and nobody would know why."""
    refusal = admin.refusal("service_account_create", name="x", role="admin", scope=["get_user", *scope])
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["scope.1"])


def test_names_are_unique_without_case_also_after_the_end(admin: Caller) -> None:
    account, _ = make(admin, "get_users", name="Robot")
    admin("service_account_revoke", account_id=account)
    code = admin.code("service_account_create", name="rObOt", role="admin", scope=["get_users"])
    assert code == "SERVICE_ACCOUNT_NAME_TAKEN"


def test_a_revoked_key_opens_nothing_at_once(admin: Caller) -> None:
    account, robot = make(admin, "get_users")
    first = admin("service_account_revoke", account_id=account)
    assert robot.code("get_users") == "UNAUTHENTICATED"
    assert admin("service_account_revoke", account_id=account) == first
    assert admin.code("service_account_rotate", account_id=account) == "NOT_FOUND"


def test_a_rotated_key_opens_nothing_or_a_little_longer(world: World, admin: Caller) -> None:
    account, first = make(admin, "get_users")
    second = Caller(admin.bus, admin("service_account_rotate", account_id=account)["key"])
    assert (first.envelope("get_users").code, second.envelope("get_users").code) == ("UNAUTHENTICATED", None)
    third = Caller(admin.bus, admin("service_account_rotate", account_id=account, grace_minutes=5)["key"])
    world.clock.advance(5 * MINUTE_MS - 1)
    assert (second.envelope("get_users").code, third.envelope("get_users").code) == (None, None)
    world.clock.advance(1)
    assert (second.envelope("get_users").code, third.envelope("get_users").code) == ("UNAUTHENTICATED", None)


def test_a_key_ends_when_its_days_are_over(world: World, admin: Caller) -> None:
    _, robot = make(admin, "get_users", expires_in_days=1)
    world.clock.advance(DAY_MS - 1)
    assert robot.envelope("get_users").ok
    world.clock.advance(1)
    assert robot.code("get_users") == "UNAUTHENTICATED"


def test_the_list_shows_when_each_was_last_used_and_no_key(world: World, admin: Caller) -> None:
    account, robot = make(admin, "get_users", "get_user")
    shown = admin("service_account_list")
    assert shown["total_count"] == 1
    assert shown["items"][0] | {"created_by": ""} == {
        "id": account,
        "name": "robot",
        "role": "admin",
        "scope": ["get_user", "get_users"],
        "key_hint": robot.token[:10],
        "created_at": "2026-03-01T09:00:00.000Z",
        "created_by": "",
        "last_used_at": None,
        "expires_at": None,
        "revoked_at": None,
    }
    used = []
    for minutes in (1, 0.5, 0.5):
        world.clock.advance(int(minutes * MINUTE_MS))
        robot("get_users")
        used.append(admin("service_account_list")["items"][0]["last_used_at"])
    assert used == ["2026-03-01T09:01:00.000Z"] * 2 + ["2026-03-01T09:02:00.000Z"]


def test_the_database_does_not_know_the_key(world: World, admin: Caller) -> None:
    _, robot = make(admin, "get_users")
    row = world.execute(service_accounts.select())[0]
    assert robot.token is not None
    assert all(robot.token[10:] not in str(value) and robot.token.encode() != value for value in row)


def test_a_key_makes_and_changes_no_keys(admin: Caller) -> None:
    """Whoever steals one gets no further."""
    account, robot = make(admin, "identity:*")
    assert robot.code("service_account_create", name="x", role="admin", scope=["identity:*"]) == "FORBIDDEN"
    assert robot.code("service_account_rotate", account_id=account) == "FORBIDDEN"
    assert robot.code("service_account_revoke", account_id=account) == "FORBIDDEN"


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("auth_validate_session", {}),
        ("auth_logout", {}),
        ("revoke_all_sessions_except_current", {}),
        ("enable_2fa", {}),
        ("change_user_password", {"current_password": "x", "new_password": "Lavender-Tractor-Sonata-9"}),
        ("bootstrap_first_admin", {"user_id": NIL}),
    ],
)
def test_it_has_no_session_and_no_account_of_its_own(admin: Caller, command: str, args: dict[str, Any]) -> None:
    _, robot = make(admin, "identity:*")
    assert robot.code(command, **args) in ("UNAUTHENTICATED", "NOT_FOUND", "FORBIDDEN")


def test_a_job_runs_for_what_the_account_is_by_then(world: World, admin: Caller) -> None:
    from plugins.identity.hooks import bus_principal

    account, _ = make(admin, "get_users", role="supervisor")
    database, now_ms = world.bus.database, world.clock.now_ms()
    principal = bus_principal(account, database, now_ms)
    assert principal is not None
    assert (principal.roles, principal.is_operator, principal.scope) == ({"supervisor"}, False, {"get_users"})
    admin("service_account_revoke", account_id=account)
    assert bus_principal(account, database, now_ms) is None
    assert bus_principal(f"svc-{NIL}", database, now_ms) is None


def test_every_change_is_on_record(admin: Caller) -> None:
    account, _ = make(admin, "get_users")
    admin("service_account_rotate", account_id=account)
    admin("service_account_revoke", account_id=account)
    events = [event for event in admin("get_security_events")["items"] if "service" in event["event_type"]]
    assert [event["event_type"].removeprefix("service_account_") for event in events] == [
        "revoked",
        "rotated",
        "created",
    ]
    assert {event["details"]["account_id"] for event in events} == {account}


def test_attack_the_key_of_another_purpose_opens_nothing(world: World, admin: Caller) -> None:
    """A session token behind the prefix of keys, a key without it, one that is cut or changed."""
    _, robot = make(admin, "get_users")
    assert robot.token is not None
    assert admin.token is not None
    forged = [
        f"bus_{admin.token}",
        robot.token[4:],
        robot.token[:-1],
        robot.token.swapcase(),
        "bus_",
        f"{robot.token} ",
    ]
    for token in forged:
        assert Caller(world.bus, token).code("get_users") == "UNAUTHENTICATED"
