"""Guessing goes on after a restart: counters stand in the database, whoever closes and opens the bus meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bus.application import Bus
from bus.settings import Settings
from plugins.identity import identity
from tests.plugins.identity.caller import OTHER_PASSWORD, PASSWORD, World


@pytest.fixture
def reopened(world: World, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Makes one call on a bus that was just started, and closes it."""
    url = world.bus.database.url.render_as_string(hide_password=False)
    home = tmp_path_factory.mktemp("restarted")

    def call(command: str, token: str | None = None, **args: Any) -> Any:
        with Bus.open(url, plugins=[identity], clock=world.clock, settings=Settings(home=home)) as bus:
            return bus.call(command, args, session_token=token)

    return call


@pytest.mark.parametrize("is_known", [True, False])
def test_attack_guessing_passwords_across_restarts(world: World, reopened: Callable[..., Any], is_known: bool) -> None:
    email = world.person().email if is_known else "nobody@example.com"
    codes = [reopened("auth_login", email=email, password=OTHER_PASSWORD).code for _ in range(5)]
    assert codes == ["AUTH_INVALID"] * 5
    assert reopened("auth_login", email=email, password=PASSWORD).code == "AUTH_LOCKED"
    world.clock.advance(15 * 60_000)
    assert reopened("auth_login", email=email, password=PASSWORD).code == (None if is_known else "AUTH_INVALID")


def test_attack_guessing_codes_across_restarts_and_commands(world: World, reopened: Callable[..., Any]) -> None:
    """Logins and stepping up feed one counter, that of a set-up is its own."""
    person = world.person()
    secret, _ = world.with_two_factor(person)
    token = person.login(code=world.code(secret)).token
    wrong = world.code(secret, steps=9)
    for _ in range(2):
        assert reopened("verify_2fa_code", token, code=wrong).data == {"valid": False}
        assert reopened("auth_login", email=person.email, password=PASSWORD, code=wrong).code == "TWO_FACTOR_INVALID"
    assert reopened("verify_2fa_code", token, code="aaaaa-aaaaa").data == {"valid": False}
    world.clock.advance(60_000)
    assert reopened("verify_2fa_code", token, code=world.code(secret)).code == "AUTH_LOCKED"
    assert reopened("auth_login", email=person.email, password=PASSWORD, code=world.code(secret)).code == "AUTH_LOCKED"


def test_attack_guessing_the_code_of_a_set_up_across_restarts(world: World, reopened: Callable[..., Any]) -> None:
    caller = world.person().login()
    secret = caller("enable_2fa")["secret"]
    wrong = world.code(secret, steps=7)
    codes = [reopened("verify_2fa_setup", caller.token, code=wrong).code for _ in range(5)]
    assert codes == ["TWO_FACTOR_INVALID"] * 5
    code = world.code(secret)
    assert reopened("verify_2fa_setup", caller.token, code=code).code == "TWO_FACTOR_SETUP_NOT_STARTED"


def test_attack_one_code_everywhere_it_could_be_used(world: World, reopened: Callable[..., Any]) -> None:
    """What confirmed a set-up opens no session and steps none up, before and after a restart; nor does an older one."""
    person = world.person()
    caller = person.login()
    secret = caller("enable_2fa")["secret"]
    code, older = world.code(secret), world.code(secret, steps=-1)
    caller("verify_2fa_setup", code=code)
    for one in (code, older):
        assert person.attempt(code=one).code == "TWO_FACTOR_INVALID"
        assert reopened("verify_2fa_code", caller.token, code=one).data == {"valid": False}
    caller("disable_2fa", password=PASSWORD)
    again = caller("enable_2fa")["secret"]
    assert again != secret
    assert caller.code("verify_2fa_setup", code=code) == "TWO_FACTOR_INVALID"
