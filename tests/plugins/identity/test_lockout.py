"""Brute force: five failures close an email for a quarter of an hour, whoever tries and from however many processes."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from bus.application import Bus
from bus.testing import FakeClock
from plugins.identity import identity
from plugins.identity.tables import auth_counters
from tests.fleet import forking
from tests.plugins.identity.caller import MINUTE_MS, OTHER_PASSWORD, PASSWORD, START_MS, Person, World

LOCK_MS = 15 * MINUTE_MS


def fail(person: Person, times: int) -> list[str]:
    """The codes of so many wrong logins."""
    return [person.attempt(OTHER_PASSWORD).code for _ in range(times)]


def test_the_fifth_failure_locks(world: World) -> None:
    person = world.person()
    assert fail(person, 5) == ["AUTH_INVALID"] * 5
    locked = person.attempt()
    assert locked.error == {
        "code": "AUTH_LOCKED",
        "message": "Too many failed attempts; try again later.",
        "details": {"retry_after_seconds": 900},
    }
    world.clock.advance(LOCK_MS - 1)
    assert person.attempt().error["details"] == {"retry_after_seconds": 1}


def test_a_lock_ends_after_a_quarter_of_an_hour_and_counting_starts_anew(world: World) -> None:
    person = world.person()
    fail(person, 5)
    world.clock.advance(LOCK_MS - 1)
    assert fail(person, 3) == ["AUTH_LOCKED"] * 3  # and prolong nothing
    world.clock.advance(1)
    assert fail(person, 4) == ["AUTH_INVALID"] * 4
    assert person.attempt().ok


def test_failures_are_forgotten_a_quarter_of_an_hour_after_the_last(world: World) -> None:
    person = world.person()
    fail(person, 4)
    world.clock.advance(LOCK_MS - 1)
    assert fail(person, 1) == ["AUTH_INVALID"]
    assert person.attempt().code == "AUTH_LOCKED"
    world.clock.advance(LOCK_MS)
    fail(person, 4)
    world.clock.advance(LOCK_MS)
    assert fail(person, 4) == ["AUTH_INVALID"] * 4


def test_a_login_forgets_the_failures(world: World) -> None:
    person = world.person()
    fail(person, 4)
    person.login()
    assert fail(person, 5) == ["AUTH_INVALID"] * 5


def test_a_lock_is_for_one_email(world: World) -> None:
    person, other = world.person(), world.person()
    fail(person, 5)
    assert other.attempt().ok


def test_attack_spellings_of_an_email_share_one_counter(world: World) -> None:
    person = world.person(email="ana@example.com")
    spellings = ["ana@example.com", "ANA@example.com", " ana@example.com", "ana@EXAMPLE.com ", "Ana@Example.Com"]
    for spelling in spellings:
        world.bus.call("auth_login", {"email": spelling, "password": OTHER_PASSWORD})
    assert person.attempt().code == "AUTH_LOCKED"


def test_attack_many_threads_at_once(world: World) -> None:
    """Of twelve attempts at the same moment five are checked, the right password among the others opens nothing."""
    person = world.person()
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda _: person.attempt(OTHER_PASSWORD).code, range(12)))
    assert sorted(codes) == ["AUTH_INVALID"] * 5 + ["AUTH_LOCKED"] * 7
    assert person.attempt().code == "AUTH_LOCKED"


def _attack(url: str, keys: str, email: str) -> list[str]:
    """Six wrong logins in a process of their own."""
    os.environ["BUS_IDENTITY_KEYS"] = keys
    with Bus.open(url, plugins=[identity], clock=FakeClock(START_MS)) as bus:
        return [bus.call("auth_login", {"email": email, "password": OTHER_PASSWORD}).code or "" for _ in range(6)]


@pytest.mark.parametrize("is_known", [True, False])
def test_attack_brute_force_from_several_processes(
    world: World, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    """Whether the email has an account or not, five attempts are checked among all of them."""
    keys = "several processes share one key of enough bytes"
    monkeypatch.setenv("BUS_IDENTITY_KEYS", keys)
    email = world.person().email if is_known else "nobody@example.com"
    url = world.bus.database.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(3, mp_context=forking) as pool:
        attacks = [pool.submit(_attack, url, keys, email) for _ in range(3)]
        codes = [code for attack in attacks for code in attack.result()]
    assert sorted(codes) == ["AUTH_INVALID"] * 5 + ["AUTH_LOCKED"] * 13
    assert world.bus.call("auth_login", {"email": email, "password": PASSWORD}).code == "AUTH_LOCKED"


def test_a_counter_does_not_show_the_email(world: World) -> None:
    person = world.person(email="ana@example.com")
    fail(person, 1)
    assert world.count(auth_counters) == 1
    assert world.count(auth_counters, auth_counters.c.key.contains("ana")) == 0


def test_attack_filling_the_table_with_emails_that_nobody_has(world: World) -> None:
    """Each attempt forgets two counters that count no more."""

    def attempt(number: int) -> None:
        world.bus.call("auth_login", {"email": f"n{number}@example.com", "password": OTHER_PASSWORD})

    for number in range(8):
        attempt(number)
    assert world.count(auth_counters) == 8
    world.clock.advance(LOCK_MS)
    for number in range(8, 12):
        attempt(number)
    assert world.count(auth_counters) == 4


def test_the_lock_is_on_record(world: World) -> None:
    person = world.person()
    fail(person, 7)
    assert [row.event_type for row in world.events()] == ["authentication_failure"] * 5 + ["account_locked"]


#: Commands that ask for the own password once more, and what else they take.
STEP_UPS: dict[str, dict[str, Any]] = {
    "disable_2fa": {},
    "regenerate_backup_codes": {},
    "change_user_password": {"new_password": "Lavender-Tractor-Sonata-9"},
    "update_user": {"email": "new@example.com"},
}


@pytest.mark.parametrize("command", STEP_UPS)
def test_attack_guessing_the_password_in_a_stolen_session(world: World, command: str) -> None:
    """Every command that asks for the password feeds and obeys the lock of logins."""
    person = world.person()
    caller = person.login()
    name = {"change_user_password": "current_password", "update_user": "current_password"}.get(command, "password")
    more = STEP_UPS[command] | ({"user_id": person.id} if command == "update_user" else {})
    for _ in range(5):
        assert caller.code(command, **{name: OTHER_PASSWORD}, **more) == "AUTH_INVALID"
    assert caller.code(command, **{name: PASSWORD}, **more) == "AUTH_LOCKED"
    assert person.attempt().code == "AUTH_LOCKED"


def test_a_right_password_in_a_session_forgets_no_failures(world: World) -> None:
    person = world.person()
    caller = person.login()
    fail(person, 4)
    for _ in range(3):
        assert caller.code("disable_2fa", password=PASSWORD) == "TWO_FACTOR_NOT_ENABLED"
    assert fail(person, 1) == ["AUTH_INVALID"]
    assert person.attempt().code == "AUTH_LOCKED"


def test_a_password_reset_opens_a_locked_account(world: World) -> None:
    admin, person = world.as_role("admin"), world.person()
    fail(person, 6)
    admin("reset_user_password", user_id=person.id, new_password=OTHER_PASSWORD)
    assert person.attempt(OTHER_PASSWORD).ok
