"""The same token, code or password from many callers at the same moment: exactly one of them wins.

Once with 16 threads on one bus, once with 4 processes that each have their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.identity.tables import backup_codes, two_factor, user_sessions
from tests.plugins.identity.caller import OTHER_PASSWORD, PASSWORD, Caller, Person, World
from tests.plugins.identity.racers import KEYS, PROCESSES, THREADS, Processes, in_threads


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """Those of all tests here."""
    made = Processes()
    yield made
    made.close()


@pytest.fixture(params=["threads", "processes"])
def race(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets everybody make one call at once: ``race(command, args_of)``, by the number of the racer."""
    monkeypatch.setenv("BUS_IDENTITY_KEYS", KEYS)
    is_threads = request.param == "threads"
    run = in_threads if is_threads else request.getfixturevalue("processes").race

    def start(command: str, args_of: Any, most: int = THREADS) -> list[Any]:
        calls = [(command, args_of(n)) for n in range(most if is_threads else PROCESSES)]
        return run(world, calls)

    return start


def codes(answers: list[Any]) -> list[str | None]:
    """The code of each answer; None: it succeeded."""
    return [answer["error"] and answer["error"]["code"] for answer in answers]


def test_attack_race_of_refreshes(world: World, race: Any) -> None:
    """The others present a token that was exchanged, so that the winner's tokens end as well."""
    person = world.person()
    grant = person.grant()
    answers = race("auth_refresh_token", lambda _n: {"refresh_token": grant["refresh_token"]})
    assert sorted(codes(answers), key=str) == sorted([None, *["AUTH_INVALID"] * (len(answers) - 1)], key=str)
    (winner,) = [answer["data"] for answer in answers if answer["ok"]]
    assert not Caller(world.bus, winner["token"]).is_live
    again = world.bus.call("auth_refresh_token", {"refresh_token": winner["refresh_token"]})
    assert again.code == "AUTH_INVALID"
    assert len(world.events("refresh_token_reuse")) >= len(answers) - 1


@pytest.mark.parametrize("kind", ["totp", "backup"])
def test_attack_race_of_logins_with_one_code(world: World, race: Any, kind: str) -> None:
    """It opens one session; whoever is sixth at the same moment is locked out as any sixth guess."""
    person = world.person()
    secret, spare = world.with_two_factor(person)
    code = world.code(secret) if kind == "totp" else spare[0]
    before = world.count(user_sessions, user_sessions.c.user_id == person.id)
    answers = race("auth_login", lambda _n: {"email": person.email, "password": PASSWORD, "code": code})
    assert codes(answers).count(None) == 1
    assert set(codes(answers)) <= {None, "TWO_FACTOR_INVALID", "AUTH_LOCKED"}
    assert world.count(user_sessions, user_sessions.c.user_id == person.id) == before + 1


def test_attack_race_of_a_login_and_stepping_up_with_one_code(world: World, race: Any) -> None:
    person = world.person()
    secret, _ = world.with_two_factor(person)
    world.execute(sa.update(user_sessions).values(two_factor_verified=False))
    caller = person.login(code=world.code(secret))
    world.clock.advance(60_000)
    code = world.code(secret)
    answers = race("verify_2fa_code", lambda _n: {"code": code, "session_token": caller.token})
    valid = [answer["data"]["valid"] for answer in answers if answer["ok"]]
    assert valid.count(True) == 1
    assert person.attempt(code=code).code in ("TWO_FACTOR_INVALID", "AUTH_LOCKED")


def _begun(world: World, person: Person) -> tuple[list[str | None], str]:
    """Tokens of two sessions of somebody who has begun a set-up, and the code that confirms it."""
    tokens = [person.login().token, person.login().token]
    secret = Caller(world.bus, tokens[0])("enable_2fa")["secret"]
    return tokens, world.code(secret)


def test_attack_race_to_confirm_a_set_up(world: World, race: Any) -> None:
    """From two sessions, of which the loser's ends."""
    person = world.person()
    tokens, code = _begun(world, person)
    answers = race("verify_2fa_setup", lambda n: {"code": code, "session_token": tokens[n % 2]})
    assert codes(answers).count(None) == 1
    assert set(codes(answers)) <= {None, "TWO_FACTOR_ALREADY_ENABLED", "UNAUTHENTICATED"}
    assert [Caller(world.bus, token).is_live for token in tokens].count(True) == 1
    assert world.count(two_factor, two_factor.c.state == "active") == 1
    assert person.attempt(code=code).code == "TWO_FACTOR_INVALID"


def test_attack_race_to_begin_a_set_up(world: World, race: Any) -> None:
    """One of the keys that were shown confirms, and its ten codes are the only ones."""
    caller = world.person().login()
    answers = race("enable_2fa", lambda _n: {"session_token": caller.token}, most=4)
    assert codes(answers) == [None] * 4
    assert world.count(two_factor) == 1
    assert world.count(backup_codes) == 10
    shown = [answer["data"]["secret"] for answer in answers]
    assert [caller.envelope("verify_2fa_setup", code=world.code(secret)).ok for secret in shown].count(True) == 1


def test_attack_race_of_password_changes(world: World, race: Any) -> None:
    """One password is set; the others were asked for with one that is no longer right."""
    person = world.person()
    tokens = [person.login().token for _ in range(THREADS)]
    new = [f"Lavender-Tractor-Sonata-{n}" for n in range(THREADS)]
    answers = race(
        "change_user_password",
        lambda n: {"current_password": PASSWORD, "new_password": new[n], "session_token": tokens[n]},
    )
    assert codes(answers).count(None) == 1
    assert set(codes(answers)) <= {None, "AUTH_INVALID", "AUTH_LOCKED", "UNAUTHENTICATED"}
    winner = codes(answers).index(None)
    assert [Caller(world.bus, token).is_live for token in tokens] == [n == winner for n in range(THREADS)]
    world.clock.advance(15 * 60_000)
    assert person.attempt(new[winner]).ok
    assert person.attempt(PASSWORD).code == "AUTH_INVALID"


def test_attack_race_of_wrong_passwords(world: World, race: Any) -> None:
    """Five are checked, however many come at once, and the right one behind them is not."""
    person = world.person()
    answers = race("auth_login", lambda _n: {"email": person.email, "password": OTHER_PASSWORD})
    answers += race("auth_login", lambda _n: {"email": person.email, "password": OTHER_PASSWORD})
    assert codes(answers).count("AUTH_INVALID") == 5
    assert codes(answers).count("AUTH_LOCKED") == len(answers) - 5
    assert person.attempt().code == "AUTH_LOCKED"
