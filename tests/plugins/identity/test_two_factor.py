"""The second factor: set up by showing a code, asked for at every login, each code good for once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from plugins.identity.tables import backup_codes, two_factor, user_sessions, users
from tests.plugins.identity.caller import MINUTE_MS, OTHER_PASSWORD, PASSWORD, Caller, World


def test_a_set_up_gives_what_an_authenticator_needs(world: World) -> None:
    person = world.person(email="a.b+c@example.com")
    begun = person.login()("enable_2fa")
    url = urlsplit(begun["qr_code_url"])
    assert (url.scheme, url.netloc, url.path) == ("otpauth", "totp", "/RPMA:a.b%2Bc%40example.com")
    expected = {"secret": begun["secret"], "issuer": "RPMA", "algorithm": "SHA1", "digits": "6", "period": "30"}
    assert {name: value for name, (value,) in parse_qs(url.query).items()} == expected
    assert len(begun["secret"]) == 32
    assert len(set(begun["backup_codes"])) == 10
    letters = set("23456789abcdefghjkmnpqrstuvwxyz")
    for code in begun["backup_codes"]:
        first, second = code.split("-")
        assert len(first) == len(second) == 5
        assert set(first + second) <= letters


def test_a_set_up_changes_no_login_until_it_is_confirmed(world: World) -> None:
    person = world.person()
    caller = person.login()
    begun = caller("enable_2fa")
    assert caller("is_2fa_enabled") == {"enabled": False, "pending": True, "backup_codes_remaining": 0}
    assert person.grant()["two_factor_verified"] is False
    confirmed = caller("verify_2fa_setup", code=world.code(begun["secret"]))
    assert confirmed["enabled"] is True
    assert caller("is_2fa_enabled") == {"enabled": True, "pending": False, "backup_codes_remaining": 10}
    assert person.attempt().code == "TWO_FACTOR_REQUIRED"


def test_confirming_ends_other_sessions_and_verifies_this_one(world: World) -> None:
    person = world.person()
    caller, other = person.login(), person.login()
    begun = caller("enable_2fa")
    assert caller("verify_2fa_setup", code=world.code(begun["secret"]))["revoked_sessions"] == 1
    assert caller("auth_validate_session")["two_factor_verified"] is True
    assert not other.is_live


def test_a_second_set_up_replaces_the_first(world: World) -> None:
    caller = world.person().login()
    first, second = caller("enable_2fa"), caller("enable_2fa")
    assert caller.code("verify_2fa_setup", code=world.code(first["secret"])) == "TWO_FACTOR_INVALID"
    assert caller.envelope("verify_2fa_setup", code=world.code(second["secret"])).ok
    assert caller.code("enable_2fa") == "TWO_FACTOR_ALREADY_ENABLED"
    assert caller.code("verify_2fa_setup", code="000000") == "TWO_FACTOR_ALREADY_ENABLED"


def test_a_set_up_waits_ten_minutes(world: World) -> None:
    caller = world.person().login()
    begun = caller("enable_2fa")
    world.clock.advance(10 * MINUTE_MS + 1)
    assert caller.code("verify_2fa_setup", code=world.code(begun["secret"])) == "TWO_FACTOR_SETUP_NOT_STARTED"
    assert caller("is_2fa_enabled")["pending"] is False


def test_attack_guessing_the_code_of_a_set_up(world: World) -> None:
    """The fifth wrong code ends it, whoever then knows the right one."""
    caller = world.person().login()
    begun = caller("enable_2fa")
    wrong = world.code(begun["secret"], steps=7)
    assert [caller.code("verify_2fa_setup", code=wrong) for _ in range(5)] == ["TWO_FACTOR_INVALID"] * 5
    assert caller.code("verify_2fa_setup", code=world.code(begun["secret"])) == "TWO_FACTOR_SETUP_NOT_STARTED"
    assert world.count(two_factor) == world.count(backup_codes) == 0


def test_password_and_code_in_one_call_open_a_verified_session(world: World) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    refused = person.attempt()
    assert refused.error["details"] == {"methods": ["totp", "backup_code"]}
    assert person.grant(code=world.code(secret))["two_factor_verified"] is True


def test_without_the_right_code_no_session_is_opened(world: World) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    before = world.count(user_sessions)
    person.attempt()
    person.attempt(code=world.code(secret, steps=5))
    assert world.count(user_sessions) == before


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_code_before_and_after_count_as_well(world: World, steps: int, is_good: bool) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    world.clock.advance(5 * MINUTE_MS)
    assert person.attempt(code=world.code(secret, steps)).ok is is_good


def test_attack_a_code_seen_over_the_shoulder(world: World) -> None:
    """A code is used up wherever it was used: at a login, stepping up, setting up."""
    person = world.person()
    caller = person.login()
    secret = caller("enable_2fa")["secret"]
    code = world.code(secret)
    caller("verify_2fa_setup", code=code)
    assert person.attempt(code=code).code == "TWO_FACTOR_INVALID"
    world.clock.advance(MINUTE_MS)
    code = world.code(secret)
    assert person.attempt(code=code).ok
    assert person.attempt(code=code).code == "TWO_FACTOR_INVALID"
    assert caller("verify_2fa_code", code=code) == {"valid": False}
    world.clock.advance(MINUTE_MS)
    code = world.code(secret)
    assert caller("verify_2fa_code", code=code) == {"valid": True}
    assert person.attempt(code=code).code == "TWO_FACTOR_INVALID"


def test_attack_an_older_code_after_a_newer_one(world: World) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    assert person.attempt(code=world.code(secret)).ok
    assert person.attempt(code=world.code(secret, steps=-1)).code == "TWO_FACTOR_INVALID"
    assert person.attempt(code=world.code(secret, steps=1)).ok


@pytest.mark.parametrize("kind", ["totp", "backup"])
def test_attack_one_code_in_four_logins_at_once(world: World, kind: str) -> None:
    """It opens one session."""
    person = world.person()
    secret, codes = world.with_two_factor(person)
    code = world.code(secret) if kind == "totp" else codes[0]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: person.attempt(code=code).code, range(4)))
    assert sorted(answers, key=str) == [None, *["TWO_FACTOR_INVALID"] * 3]


def test_a_backup_code_opens_one_session_in_any_spelling(world: World) -> None:
    person = world.person()
    _, codes = world.with_two_factor(person)
    assert person.attempt(code=codes[0].upper().replace("-", " ")).ok
    for spelling in (codes[0], codes[0].replace("-", ""), codes[0].upper()):
        assert person.attempt(code=spelling).code == "TWO_FACTOR_INVALID"
    caller = person.login(code=codes[1])
    assert caller("is_2fa_enabled")["backup_codes_remaining"] == 8
    assert len(world.events("backup_code_used")) == 2


def test_replaced_backup_codes_are_worth_nothing(world: World) -> None:
    person = world.person()
    secret, old = world.with_two_factor(person)
    caller = person.login(code=world.code(secret))
    new = caller("regenerate_backup_codes", password=PASSWORD)["backup_codes"]
    assert set(new).isdisjoint(old)
    assert person.attempt(code=old[0]).code == "TWO_FACTOR_INVALID"
    assert person.attempt(code=new[0]).ok


def test_backup_codes_and_passwords_outlive_a_change_of_what_hashing_costs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = world.person()
    _, codes = world.with_two_factor(person)
    monkeypatch.setenv("BUS_PASSWORD_MEMORY_KIB", "16")
    monkeypatch.setenv("BUS_PASSWORD_PASSES", "2")
    assert [person.attempt(code=code).ok for code in codes[:2]] == [True, True]
    stored = world.execute(sa.select(users.c.password_hash).where(users.c.id == person.id))[0][0]
    assert stored.startswith("$argon2id$v=19$m=16,t=2,p=1$")


def test_attack_the_backup_codes_of_somebody_else(world: World) -> None:
    one, other = world.person(), world.person()
    _, codes = world.with_two_factor(one)
    world.with_two_factor(other)
    assert other.attempt(code=codes[0]).code == "TWO_FACTOR_INVALID"
    assert one.attempt(code=codes[0]).ok


def test_attack_a_sealed_key_moved_to_another_user(world: World) -> None:
    """Whoever can write rows cannot give somebody the second factor of somebody else."""
    mine, victim = world.person(), world.person()
    secret, _ = world.with_two_factor(mine)
    world.with_two_factor(victim)
    sealed = sa.select(two_factor.c.secret_enc).where(two_factor.c.user_id == mine.id).scalar_subquery()
    moved = sa.update(two_factor).where(two_factor.c.user_id == victim.id).values(secret_enc=sealed, last_step=None)
    world.execute(moved)
    assert victim.attempt(code=world.code(secret)).code == "HANDLER_ERROR"


def test_attack_guessing_codes(world: World) -> None:
    """Five wrong codes lock the second factor, of every kind and wherever they are tried; the right password stays."""
    person = world.person()
    secret, codes = world.with_two_factor(person)
    caller = person.login(code=world.code(secret))
    wrong = world.code(secret, steps=9)
    assert person.attempt(code=wrong).code == "TWO_FACTOR_INVALID"
    assert person.attempt(code="aaaaa-aaaaa").code == "TWO_FACTOR_INVALID"
    assert [caller("verify_2fa_code", code=wrong)["valid"] for _ in range(3)] == [False] * 3
    world.clock.advance(MINUTE_MS)
    assert person.attempt(code=world.code(secret)).code == "AUTH_LOCKED"
    assert person.attempt(code=codes[0]).code == "AUTH_LOCKED"
    assert caller.code("verify_2fa_code", code=world.code(secret)) == "AUTH_LOCKED"
    locked = person.attempt()
    assert (locked.code, locked.error["details"]) == ("AUTH_LOCKED", {"retry_after_seconds": 840})
    world.clock.advance(14 * MINUTE_MS)
    assert person.attempt(code=world.code(secret)).ok


def test_a_right_password_without_its_code_neither_counts_nor_forgives(world: World) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    for _ in range(4):
        assert person.attempt(OTHER_PASSWORD).code == "AUTH_INVALID"
    assert [person.attempt().code for _ in range(4)] == ["TWO_FACTOR_REQUIRED"] * 4
    assert person.attempt(OTHER_PASSWORD).code == "AUTH_INVALID"
    assert person.attempt(code=world.code(secret)).code == "AUTH_LOCKED"


def test_a_code_sent_with_a_wrong_password_stays_good(world: World) -> None:
    person = world.person()
    secret, codes = world.with_two_factor(person)
    for code in (world.code(secret), codes[0]):
        assert person.attempt(OTHER_PASSWORD, code=code).code == "AUTH_INVALID"
    assert person.attempt(code=world.code(secret)).ok
    assert person.attempt(code=codes[0]).ok


def test_a_full_login_forgets_wrong_codes(world: World) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    wrong = world.code(secret, steps=9)
    for _ in range(2):
        assert [person.attempt(code=wrong).code for _ in range(4)] == ["TWO_FACTOR_INVALID"] * 4
        assert person.attempt(code=world.code(secret)).ok
        world.clock.advance(MINUTE_MS)


def test_a_code_means_nothing_where_no_second_factor_is_enabled(world: World) -> None:
    person = world.person()
    assert person.grant(code="123456")["two_factor_verified"] is False
    assert person.login()("verify_2fa_code", code="123456") == {"valid": False}


def test_stepping_up_verifies_the_calling_session_alone(world: World) -> None:
    person = world.person()
    one, other = person.login(), person.login()
    secret = one("enable_2fa")["secret"]
    one("verify_2fa_setup", code=world.code(secret))
    assert not other.is_live
    _, codes = "", one("regenerate_backup_codes", password=PASSWORD)["backup_codes"]
    world.execute(sa.update(user_sessions).values(two_factor_verified=False))
    assert one("verify_2fa_code", code=codes[3]) == {"valid": True}
    assert one("verify_2fa_code", code=codes[3]) == {"valid": False}
    assert one("auth_validate_session")["two_factor_verified"] is True


def test_disabling_takes_the_password_and_forgets_everything(world: World) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    caller = person.login(code=world.code(secret))
    assert caller.code("disable_2fa", password=OTHER_PASSWORD) == "AUTH_INVALID"
    assert caller("disable_2fa", password=PASSWORD)["enabled"] is False
    assert world.count(two_factor) == world.count(backup_codes) == 0
    assert person.attempt().ok
    assert caller.code("disable_2fa", password=PASSWORD) == "TWO_FACTOR_NOT_ENABLED"


def test_disabling_leaves_a_set_up_that_waits(world: World) -> None:
    caller = world.person().login()
    begun = caller("enable_2fa")
    assert caller.code("disable_2fa", password=PASSWORD) == "TWO_FACTOR_NOT_ENABLED"
    assert caller.envelope("verify_2fa_setup", code=world.code(begun["secret"])).ok


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "12345\uff16", "abc", "abcde-fghj", "abcdé-fghjk"])
def test_what_is_no_code_is_refused_by_the_contract(world: World, anyone: Caller, code: str) -> None:
    person = world.person()
    envelope = person.attempt(code=code)
    assert (envelope.code, list(envelope.error["details"]["fields"])) == ("VALIDATION_ERROR", ["code"])
