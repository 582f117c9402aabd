"""What may be an email, a name, a username, a password; and Unicode that looks like something else."""

from __future__ import annotations

import pytest

from plugins.identity.password_rule import fault_of
from plugins.identity.usernames import candidates, generated
from tests.plugins.identity.caller import PASSWORD, Caller, World

pytestmark = pytest.mark.any_database

SIGNUP = {"email": "ana@example.com", "password": PASSWORD, "first_name": "Ana", "last_name": "Diaz"}


@pytest.mark.parametrize(
    "email",
    [
        *("", "a", "@b.cd", "a@b", "a@b.c", "a..b@c.de", "a@b..cd", "a b@c.de", "a@b.c1", "a@b.cd.", "a@b@c.de"),
        # Like ASCII to the eye or in lower case: kelvin sign, cyrillic a, full width, ligature, dotted capital I.
        *(
            "\u212a@example.com",
            "\u0430na@example.com",
            "\uff41na@example.com",
            "ana@example.\ufb01",
            "\u0130na@example.com",
        ),
        *("ana@example.com\x00", "ana\u200b@example.com", "ana@exa\u2024mple.com", f"{'a' * 250}@b.de", "a\n@b.de"),
    ],
)
def test_attack_what_only_looks_like_an_email(world: World, anyone: Caller, email: str) -> None:
    for command in ("auth_login", "auth_create_account"):
        args = {"email": email, "password": PASSWORD} if command == "auth_login" else SIGNUP | {"email": email}
        refusal = anyone.refusal(command, **args)
        assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["email"])


@pytest.mark.parametrize("name", ["", "  ", "a\x00", "a\nb", "a\x1b[31m", "a\u2028b", "x" * 101, "a\x85b", 1, None])
@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_attack_names_that_would_break_a_line(world: World, anyone: Caller, field: str, name: str) -> None:
    refusal = anyone.refusal("auth_create_account", **SIGNUP | {field: name})
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", [field])


@pytest.mark.parametrize("name", ["O", "李", "J 2", "Nuñez-O'Brien", "Ελένη", "🦊", "x" * 100])
def test_names_may_be_anything_people_are_called(world: World, anyone: Caller, name: str) -> None:
    grant = anyone("auth_create_account", **SIGNUP | {"first_name": f" {name} "})
    user = Caller(world.bus, grant["token"])("get_user", user_id=grant["user_id"])
    assert user["first_name"] == name


@pytest.mark.parametrize("username", ["ab", "_ab", "ab.", "a b", "\u0430na", "x" * 51, "a\u200bb", "ana\n", "\uff21na"])
def test_attack_usernames_that_look_like_others(world: World, anyone: Caller, username: str) -> None:
    refusal = anyone.refusal("auth_create_account", **SIGNUP, username=username)
    assert list(refusal["details"]["fields"]) == ["username"]


@pytest.mark.parametrize(
    ("first", "last", "username"),
    [
        ("José", "García", "jose_garcia"),
        ("O'Brien", "van der Berg", "o_brien_van_der_berg"),
        ("李", "明", "user"),
        ("Al", "李", "al_user"),
        ("Maximiliana-Theodora", "Z", "maximiliana_th_z"),
        ("ﬁona", "Ⅳ", "fiona_iv"),
    ],
)
def test_usernames_are_made_from_names(first: str, last: str, username: str) -> None:
    assert generated(first, last) == username


def test_a_second_username_gets_a_number_and_stays_short() -> None:
    names = candidates("maximiliana_th_theodora_abcdef")
    assert [next(names) for _ in range(3)] == [
        "maximiliana_th_theodora_abcdef",
        "maximiliana_th_theodora_abcd_1",
        "maximiliana_th_theodora_abcd_2",
    ]


@pytest.mark.parametrize(
    "password",
    [
        *(
            "aaaaaaaaaaaa",
            "ÄÄÄÄÄÄÄÄÄÄÄÄ",
            "123456789012",
            "890123456789",
            "210987654321",
            "abcdefghijkl",
            "ZYXWVUTSRQPO",
        ),
        *("Password1234", "!!password!!", "passwort2024", "1qwertyuiop1", "administrator", "iloveyou2026!"),
        *("ana@example.com", "ANA@EXAMPLE.COM", "long.local.part", "long_username"),
        *("unbelievable", "q1w2e3r4t5y6", "international"),
    ],
)
def test_attack_the_first_passwords_anybody_would_try(password: str) -> None:
    assert fault_of(password, "ana@example.com", "long.local.part@example.com", "Long_Username") is not None


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery",
        "пароль-на-каждый-день",
        "            x",
        "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧",
        "abcdefghijk1",
    ],
)
def test_long_passwords_need_no_rule_about_kinds(password: str) -> None:
    assert fault_of(password, "ana@example.com", "ana_diaz") is None


@pytest.mark.parametrize("password", ["Sh0rt-pass!", "x" * 129, "", None, 5, "Corr3ct\x00Horse-Battery", "\ud800" * 12])
def test_passwords_have_12_to_128_characters_that_can_be_stored(anyone: Caller, world: World, password: str) -> None:
    refusal = anyone.refusal("auth_create_account", **SIGNUP | {"password": password})
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["password"])


def test_a_weak_password_is_refused_wherever_one_is_set(world: World, anyone: Caller) -> None:
    weak = "password1234"
    refusals = [anyone.refusal("auth_create_account", **SIGNUP | {"password": weak})]
    person, admin = world.person(), world.as_role("admin")
    refusals.append(admin.refusal("create_user", **SIGNUP | {"password": weak, "role": "viewer"}))
    refusals.append(admin.refusal("reset_user_password", user_id=person.id, new_password=weak))
    refusals.append(person.login().refusal("change_user_password", current_password=PASSWORD, new_password=weak))
    fields = [(refusal["code"], *refusal["details"]["fields"]) for refusal in refusals]
    assert fields == [("VALIDATION_ERROR", name) for name in ("password", "password", "new_password", "new_password")]


def test_attack_a_password_equal_to_the_email(world: World) -> None:
    admin, person = world.as_role("admin"), world.person(email="long.enough@example.com")
    refusal = admin.refusal("reset_user_password", user_id=person.id, new_password="Long.Enough@example.com")
    assert refusal["code"] == "VALIDATION_ERROR"
    same = person.login().refusal("change_user_password", current_password=PASSWORD, new_password=PASSWORD)
    assert list(same["details"]["fields"]) == ["new_password"]


def test_a_passphrase_in_another_normal_form_is_another_password(world: World, anyone: Caller) -> None:
    """Taken exactly as sent: nothing is folded that the owner did not fold."""
    anyone("auth_create_account", **SIGNUP | {"password": "Caf\u00e9-au-lait-7-times"})
    login = {"email": SIGNUP["email"]}
    assert anyone.code("auth_login", **login, password="Cafe\u0301-au-lait-7-times") == "AUTH_INVALID"
    assert anyone.envelope("auth_login", **login, password="Caf\u00e9-au-lait-7-times").ok


@pytest.mark.parametrize("value", [0, 1, "true", "", []])
def test_a_number_is_no_flag(world: World, value: object) -> None:
    refusal = world.as_role("admin").refusal("get_users", is_active=value)
    assert (refusal["code"], list(refusal["details"]["fields"])) == ("VALIDATION_ERROR", ["is_active"])
