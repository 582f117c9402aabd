"""Accounts: the first one, those that admins make, what may be changed in them, and by whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from plugins.identity.tables import user_sessions, users
from tests.plugins.identity.caller import NIL, OTHER_PASSWORD, PASSWORD, ROLES, Caller, World

SIGNUP = {"email": "ana@example.com", "password": PASSWORD, "first_name": " José ", "last_name": "García"}


def new_user(number: int = 0, **more: Any) -> dict[str, Any]:
    """The arguments of ``create_user``."""
    email = f"new{number}@example.com"
    return {"email": email, "password": PASSWORD, "first_name": "New", "last_name": "User", "role": "viewer"} | more


def test_the_first_account_is_an_admins_and_logged_in(world: World, anyone: Caller) -> None:
    assert anyone("has_admins") == {"has_admins": False}
    grant = anyone("auth_create_account", **SIGNUP, role="viewer")
    assert (grant["role"], grant["username"], grant["email"]) == ("admin", "jose_garcia", "ana@example.com")
    caller = Caller(world.bus, grant["token"])
    user = caller("get_user", user_id=grant["user_id"])
    assert (user["full_name"], user["login_count"], user["two_factor_enabled"]) == ("José García", 1, False)
    assert anyone("has_admins") == {"has_admins": True}


@pytest.mark.parametrize("columns", [{}, {"is_active": False}, {"deleted_at": 1}])
def test_attack_a_second_sign_up(world: World, anyone: Caller, columns: dict[str, Any]) -> None:
    """Banned and deleted users keep it closed too."""
    world.person("viewer", **columns)
    assert anyone.code("auth_create_account", **SIGNUP) == "SIGNUP_CLOSED"
    assert world.count(users) == 1


def test_attack_many_first_sign_ups_at_once(world: World, anyone: Caller) -> None:
    """One becomes admin, the others find it closed."""

    def sign_up(number: int) -> str | None:
        return anyone.envelope("auth_create_account", **SIGNUP | {"email": f"a{number}@example.com"}).code

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(sign_up, range(4)))
    assert sorted(codes, key=str) == [None, *["SIGNUP_CLOSED"] * 3]
    assert world.count(users) == world.count(users, users.c.role == "admin") == 1


def test_attack_open_sign_up_as_an_admin(world: World, anyone: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_SIGNUP_OPEN", "true")
    world.person("admin", email="taken@example.com")
    assert anyone("auth_create_account", **SIGNUP, role="admin")["role"] == "viewer"
    assert anyone.code("auth_create_account", **SIGNUP | {"email": "Taken@example.com"}) == "EMAIL_TAKEN"
    wanted = SIGNUP | {"email": "x@example.com", "username": "JOSE_garcia"}
    assert anyone.code("auth_create_account", **wanted) == "USERNAME_TAKEN"


def test_a_new_user_can_log_in_and_has_no_session(world: World) -> None:
    admin = world.as_role("admin")
    before = world.count(user_sessions)
    user = admin("create_user", **new_user(role="technician", phone="  "))
    assert (user["role"], user["phone"], user["login_count"]) == ("technician", None, 0)
    assert world.count(user_sessions) == before
    login = {"email": user["email"], "password": PASSWORD}
    assert Caller(world.bus)("auth_login", **login)["user_id"] == user["id"]


def test_no_answer_shows_a_hash(world: World) -> None:
    admin = world.as_role("admin")
    user = admin("create_user", **new_user())
    shown = str([user, admin("get_users"), admin("get_user", user_id=user["id"]), admin("get_active_sessions")])
    assert "argon2" not in shown
    assert "hash" not in shown


@pytest.mark.parametrize("columns", [{}, {"is_active": False}, {"deleted_at": 1}])
def test_emails_and_usernames_stay_taken(world: World, columns: dict[str, Any]) -> None:
    admin = world.as_role("admin")
    person = world.person(**columns)
    assert admin.code("create_user", **new_user(email=person.email.upper())) == "EMAIL_TAKEN"
    assert admin.code("create_user", **new_user(username=person.username.upper())) == "USERNAME_TAKEN"


def test_one_email_given_to_two_users_at_once(world: World) -> None:
    admin = world.as_role("admin")
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: admin.envelope("create_user", **new_user()).code, range(4)))
    assert sorted(codes, key=str) == ["EMAIL_TAKEN"] * 3 + [None]


def test_who_may_read_whom(world: World) -> None:
    """Whoever may not read others does not learn which ids exist."""
    other = world.person()
    for role in ROLES:
        person = world.person(role)
        caller = person.login()
        assert caller("get_user", user_id=person.id)["email"] == person.email
        may = role in ("admin", "supervisor")
        assert caller.envelope("get_user", user_id=other.id).code == (None if may else "FORBIDDEN")
        assert caller.code("get_user", user_id=NIL) == ("NOT_FOUND" if may else "FORBIDDEN")


def test_a_missing_user_is_named(world: World) -> None:
    admin, gone = world.as_role("admin"), world.person(deleted_at=1)
    for user_id in (NIL, gone.id):
        assert admin.refusal("get_user", user_id=user_id)["details"] == {"entity": "user", "id": user_id}


def test_a_page_of_users_is_the_newest_first(world: World) -> None:
    admin = world.as_role("admin")
    ids = []
    for _ in range(5):
        world.clock.advance(1)
        ids.append(world.person().id)
    page = admin("get_users", page=2, page_size=2)
    assert ([item["id"] for item in page["items"]], page["total_count"]) == ([ids[2], ids[1]], 6)
    assert admin("get_users", page=9)["items"] == []
    clamped = admin("get_users", page=-3, page_size=1_000)
    assert (clamped["page"], clamped["page_size"], len(clamped["items"])) == (1, 200, 6)


def test_the_list_leaves_out_the_deleted_and_filters(world: World) -> None:
    admin = world.as_role("admin")
    world.person(deleted_at=1)
    banned, technician = world.person(is_active=False), world.person("technician")
    assert admin("get_users")["total_count"] == 3
    assert [item["id"] for item in admin("get_users", is_active=False)["items"]] == [banned.id]
    assert [item["id"] for item in admin("get_users", role="technician")["items"]] == [technician.id]


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("ÉLODIE", True),
        ("lodie du", True),
        ("E\u0301lodie", True),
        ("100%", True),
        ("0%_", True),
        ("%", True),
        ("0_%", False),
        ("elodie", False),
        ("élodie  du", False),
    ],
)
def test_the_search_folds_case_and_takes_signs_as_they_are(world: World, search: str, is_found: bool) -> None:
    admin = world.as_role("admin")
    world.person(first_name="Élodie", last_name="Du 100%_Puy")
    assert admin("get_users", search=search)["total_count"] == is_found


def test_who_may_change_whom(world: World) -> None:
    """Supervisors change those below them, others themselves alone."""
    people = {role: world.person(role) for role in ROLES}
    below = {"admin": set(ROLES), "supervisor": {"technician", "viewer"}, "technician": set(), "viewer": set()}
    for role in ROLES:
        person = world.person(role)
        caller = person.login()
        changed = {of for of, one in people.items() if caller.envelope("update_user", user_id=one.id, phone="1").ok}
        assert changed == below[role]
        assert caller("update_user", user_id=person.id, first_name="Me")["first_name"] == "Me"


@pytest.mark.parametrize("name", ["role", "is_active", "password", "username"])
def test_attack_raising_the_own_role(world: World, name: str) -> None:
    person = world.person()
    value = {"role": "admin", "is_active": True, "password": OTHER_PASSWORD, "username": "root"}[name]
    refusal = person.login().refusal("update_user", user_id=person.id, **{name: value})
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [name])


def test_an_update_without_a_change_changes_nothing(world: World) -> None:
    person = world.person(phone="1")
    caller = person.login()
    before = caller("get_user", user_id=person.id)
    world.clock.advance(1_000)
    same = [{}, {"phone": " 1 "}, {"email": person.email.upper()}, {"first_name": None, "email": None}]
    for args in same:
        assert caller("update_user", user_id=person.id, **args) == before
    assert caller("update_user", user_id=person.id, phone=None)["phone"] is None


def test_the_own_email_takes_the_password(world: World) -> None:
    person, taken = world.person(), world.person()
    caller = person.login()
    refusal = caller.refusal("update_user", user_id=person.id, email="new@example.com")
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["current_password"])
    given = {"user_id": person.id, "current_password": PASSWORD}
    assert caller.code("update_user", **given, email=taken.email) == "EMAIL_TAKEN"
    assert caller("update_user", **given, email="New@example.com")["email"] == "new@example.com"
    assert person.attempt().code == "AUTH_INVALID"
    person.email = "new@example.com"
    assert person.attempt().ok


def test_an_admin_changes_an_email_without_a_password(world: World) -> None:
    admin, person = world.as_role("admin"), world.person()
    assert admin("update_user", user_id=person.id, email="new@example.com")["email"] == "new@example.com"


@pytest.mark.parametrize("command", ["change_user_role", "ban_user", "delete_user", "reset_user_password"])
def test_nobody_does_it_to_themselves(world: World, command: str) -> None:
    person = world.person("admin")
    more = {"reset_user_password": {"new_password": OTHER_PASSWORD}, "change_user_role": {"new_role": "viewer"}}
    caller = person.login()
    refusal = caller.refusal(command, user_id=person.id, **more.get(command, {}))
    assert (refusal["code"], refusal["details"]) == ("SELF_ACTION_FORBIDDEN", None)
    assert caller.is_live


@pytest.mark.parametrize(
    ("command", "more"), [("change_user_role", {"new_role": "viewer"}), ("ban_user", {}), ("delete_user", {})]
)
def test_attack_two_admins_remove_each_other_at_once(world: World, command: str, more: dict[str, str]) -> None:
    """One of them is left, whichever command they choose."""
    pair = [world.person("admin"), world.person("admin")]
    callers = [person.login() for person in pair]

    def remove(number: int) -> str | None:
        return callers[number].envelope(command, user_id=pair[1 - number].id, **more).code

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(remove, range(2)))
    assert codes.count(None) == 1
    assert set(codes) <= {None, "LAST_ADMIN", "UNAUTHENTICATED", "FORBIDDEN"}
    assert Caller(world.bus)("has_admins") == {"has_admins": True}


def test_the_same_role_again_changes_nothing(world: World) -> None:
    admin, person = world.as_role("admin"), world.person("technician")
    caller = person.login()
    same = admin("change_user_role", user_id=person.id, new_role="technician")
    assert same == {
        "user_id": person.id,
        "old_role": "technician",
        "new_role": "technician",
        "revoked_sessions": 0,
    }
    assert caller.is_live


@pytest.mark.parametrize("role", ["Admin", "root", "", " admin", "ADMIN", "\u0430dmin", None, 1, ["admin"]])
def test_attack_roles_that_do_not_exist(world: World, role: Any) -> None:
    admin, person = world.as_role("admin"), world.person()
    refusal = admin.refusal("change_user_role", user_id=person.id, new_role=role)
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["new_role"])


def test_bans_are_lifted_without_bringing_sessions_back(world: World) -> None:
    admin, person = world.as_role("admin"), world.person()
    caller = person.login()
    assert admin.code("unban_user", user_id=person.id) == "USER_NOT_BANNED"
    assert admin("ban_user", user_id=person.id) == {"user_id": person.id, "is_active": False, "revoked_sessions": 1}
    assert admin.code("ban_user", user_id=person.id) == "USER_ALREADY_BANNED"
    assert person.attempt().code == "AUTH_INVALID"
    assert admin("unban_user", user_id=person.id)["is_active"] is True
    assert not caller.is_live
    assert person.attempt().ok


def test_a_deleted_user_is_gone_for_everybody(world: World) -> None:
    admin, person = world.as_role("admin"), world.person()
    assert admin("delete_user", user_id=person.id)["deleted"] is True
    for command in ("delete_user", "ban_user", "unban_user", "get_user", "update_user"):
        assert admin.code(command, user_id=person.id) == "NOT_FOUND"
    assert person.attempt().code == "AUTH_INVALID"


def test_an_admin_is_made_where_there_is_none(world: World) -> None:
    person, other = world.person(), world.person()
    caller = person.login()
    assert caller.code("bootstrap_first_admin", user_id=other.id) == "FORBIDDEN"
    assert caller("bootstrap_first_admin", user_id=person.id)["role"] == "admin"
    assert caller.envelope("get_users").ok
    assert other.login().code("bootstrap_first_admin", user_id=other.id) == "ADMIN_EXISTS"
    assert [row.event_type for row in world.events("admin_bootstrapped")] == ["admin_bootstrapped"]


def test_who_may_see_and_end_whose_sessions(world: World) -> None:
    admin, supervisor, victim = world.as_role("admin"), world.as_role("supervisor"), world.person()
    grant = victim.grant()
    assert supervisor.code("get_active_sessions", user_id=victim.id) == "FORBIDDEN"
    assert supervisor.code("revoke_session", session_id=grant["id"]) == "FORBIDDEN"
    (item,) = admin("get_active_sessions", user_id=victim.id)["items"]
    assert (item["id"], item["is_current"]) == (grant["id"], False)
    assert not any("token" in name for name in item)
    assert admin("revoke_session", session_id=grant["id"])["revoked"] is True
    assert not Caller(world.bus, grant["token"]).is_live
    assert admin.code("revoke_session", session_id=grant["id"]) == "NOT_FOUND"


def test_own_sessions_are_listed_and_ended(world: World) -> None:
    person = world.person()
    callers = []
    for _ in range(3):
        world.clock.advance(1_000)
        callers.append(person.login())
    listed = callers[1]("get_active_sessions")["items"]
    assert [item["is_current"] for item in listed] == [False, True, False]
    assert callers[1]("revoke_all_sessions_except_current") == {"revoked_count": 2}
    assert [caller.is_live for caller in callers] == [False, True, False]


def test_a_job_acts_for_who_the_user_is_when_it_runs(world: World) -> None:
    """And never in a session."""
    from plugins.identity.authentication import of_id

    person, banned = world.person("technician"), world.person(is_active=False)
    principal = of_id(person.id, world.bus.database)
    assert principal is not None
    assert (principal.id, principal.roles, principal.is_operator) == (person.id, {"technician"}, False)
    assert of_id(banned.id, world.bus.database) is None
    assert of_id(NIL, world.bus.database) is None
