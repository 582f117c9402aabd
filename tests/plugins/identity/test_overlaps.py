"""What happens while a password is being hashed: what an admin does in that moment counts.

A check takes long enough for a whole command of somebody else; here one always comes in between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plugins.identity import passwords
from plugins.identity.tables import user_sessions
from tests.plugins.identity.caller import OTHER_PASSWORD, PASSWORD, Person, World

RESET = "Lavender-Tractor-Sonata-9"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Does something while the next password is checked, once the check is over."""

    def arrange(act: Callable[[], Any]) -> None:
        check = passwords.is_right

        def check_and_act(password: str, password_hash: str | None) -> bool:
            monkeypatch.setattr(passwords, "is_right", check)
            is_right = check(password, password_hash)
            act()
            return is_right

        monkeypatch.setattr(passwords, "is_right", check_and_act)

    return arrange


def act_of(world: World, command: str, person: Person) -> Callable[[], Any]:
    """An admin's command on somebody."""
    admin = world.as_role("admin")
    more = {"new_password": RESET} if command == "reset_user_password" else {}
    return lambda: admin(command, user_id=person.id, **more)


@pytest.mark.parametrize("command", ["ban_user", "delete_user", "reset_user_password"])
def test_attack_a_login_under_way_while_the_account_is_shut(world: World, command: str, meanwhile: Any) -> None:
    person = world.person()
    act = act_of(world, command, person)
    meanwhile(act)
    assert person.attempt().code == "AUTH_INVALID"
    assert world.count(user_sessions, user_sessions.c.user_id == person.id) == 0


@pytest.mark.parametrize("command", ["ban_user", "delete_user", "reset_user_password"])
@pytest.mark.parametrize("wanted", ["change_user_password", "update_user", "disable_2fa", "regenerate_backup_codes"])
def test_attack_a_change_under_way_while_the_account_is_shut(
    world: World, command: str, wanted: str, meanwhile: Any
) -> None:
    """A thief cannot bring back the password that was just reset, nor move the account to another email."""
    person = world.person()
    secret, _ = world.with_two_factor(person)
    caller = person.login(code=world.code(secret))
    args: dict[str, Any] = {
        "change_user_password": {"current_password": PASSWORD, "new_password": OTHER_PASSWORD},
        "update_user": {"user_id": person.id, "email": "thief@example.com", "current_password": PASSWORD},
    }.get(wanted, {"password": PASSWORD})
    act = act_of(world, command, person)
    meanwhile(act)
    assert caller.code(wanted, **args) == "AUTH_INVALID"
    assert not caller.is_live
    world.clock.advance(60_000)
    if command == "reset_user_password":
        assert person.attempt(RESET, code=world.code(secret)).ok


def test_a_code_stays_good_if_the_account_is_locked_meanwhile(world: World, meanwhile: Any) -> None:
    """Others may lock the second factor while this password is checked; then no code is looked at."""
    person = world.person()
    secret, codes = world.with_two_factor(person)
    wrong = world.code(secret, steps=9)
    meanwhile(lambda: [person.attempt(code=wrong) for _ in range(4)] + [person.attempt(code="zzzzzzzzzz")])
    assert person.attempt(code=codes[0]).code == "AUTH_LOCKED"
    world.clock.advance(15 * 60_000)
    assert person.attempt(code=codes[0]).ok
