"""``auth_login``: what it opens, and what everybody else learns from it, which is nothing."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher, low_level

from plugins.identity.tables import user_sessions, users
from tests.plugins.identity.caller import OTHER_PASSWORD, PASSWORD, Caller, World


def test_a_login_opens_a_session_of_the_user(world: World) -> None:
    person = world.person("technician")
    grant = person.grant()
    assert {name: grant[name] for name in ("user_id", "email", "role", "created_at", "expires_at")} == {
        "user_id": person.id,
        "email": person.email,
        "role": "technician",
        "created_at": "2026-03-01T09:00:00.000Z",
        "expires_at": "2026-03-01T11:00:00.000Z",
    }
    assert grant["refresh_expires_at"] == "2026-03-08T09:00:00.000Z"
    shown = Caller(world.bus, grant["token"])("auth_validate_session")
    assert shown == {name: value for name, value in grant.items() if name not in ("token", "refresh_token")}


def test_a_login_is_counted_and_does_not_change_the_account(world: World) -> None:
    person = world.person()
    before = world.person("admin").login()("get_user", user_id=person.id)
    world.clock.advance(5_000)
    after = person.login()("get_user", user_id=person.id)
    assert after == before | {"login_count": 1, "last_login_at": "2026-03-01T09:00:05.000Z"}


@pytest.mark.parametrize("spelling", ["ANA@Example.COM", "  ana@example.com\t", "ana@example.com"])
def test_the_email_may_have_any_case_and_blanks_around_it(world: World, anyone: Caller, spelling: str) -> None:
    world.person(email="ana@example.com")
    assert anyone("auth_login", email=spelling, password=PASSWORD)["email"] == "ana@example.com"


@pytest.mark.parametrize("password", [f"{PASSWORD} ", f" {PASSWORD}", PASSWORD.lower(), PASSWORD[:-1], " ", "x" * 128])
def test_the_password_is_taken_exactly_as_it_was_sent(world: World, password: str) -> None:
    assert world.person().attempt(password).code == "AUTH_INVALID"


def test_what_the_caller_says_about_its_machine_is_shown(world: World) -> None:
    grant = world.person().grant(device_info={"device_type": "tablet", "os": "X"})
    assert grant["device_info"] == {"device_type": "tablet", "os": "X", "browser": None, "device_name": None}


def test_other_sessions_stay(world: World) -> None:
    person = world.person()
    first = person.login()
    person.login()
    assert first.is_live


def test_the_21st_session_ends_the_one_that_was_idle_longest(world: World) -> None:
    person = world.person()
    callers = []
    for _ in range(20):
        callers.append(person.login())
        world.clock.advance(31_000)
    assert callers[0].is_live  # and so no longer the one that was idle longest
    person.login()
    assert [caller.is_live for caller in callers] == [True, False, *[True] * 18]


@pytest.mark.usefixtures("usual_cost")
def test_a_hash_with_older_parameters_is_made_anew(world: World) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    person = world.person(password_hash=old)
    person.login()
    stored = world.execute(sa.select(users.c.password_hash).where(users.c.id == person.id))[0][0]
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert person.attempt().ok


def _accounts(world: World) -> dict[str, str]:
    """Emails by what there is behind them."""
    world.with_two_factor(guarded := world.person())
    return {
        "guarded": guarded.email,
        "known": world.person().email,
        "unknown": "nobody@example.com",
        "banned": world.person(is_active=False).email,
        "deleted": world.person(deleted_at=1).email,
    }


def _without_id(envelope: Any) -> dict[str, Any]:
    return {name: value for name, value in envelope.to_dict().items() if name != "correlation_id"}


def test_attack_enumeration_by_answer(world: World) -> None:
    """Wrong five times, then locked: known, unknown, banned and deleted accounts answer the same, every time."""
    answers: dict[str, list[Any]] = {}
    for kind, email in _accounts(world).items():
        args = {"email": email, "password": OTHER_PASSWORD}
        answers[kind] = [_without_id(world.bus.call("auth_login", args)) for _ in range(7)]
    codes = [answer["error"]["code"] for answer in answers["known"]]
    assert codes == ["AUTH_INVALID"] * 5 + ["AUTH_LOCKED"] * 2
    assert all(given == answers["known"] for given in answers.values())


def test_attack_enumeration_by_the_right_password_of_a_banned_account(world: World) -> None:
    person = world.person(is_active=False)
    assert _without_id(person.attempt()) == _without_id(person.attempt(OTHER_PASSWORD))


@pytest.mark.usefixtures("usual_cost")
def test_attack_enumeration_by_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of account costs one check of one hash and the same statements; a code is not even hashed."""
    made: list[str] = []
    real = PasswordHasher.verify

    def verify(self: Any, password_hash: str, password: str) -> bool:
        made.append(password_hash.rpartition("$")[0].rpartition("$")[0])
        return real(self, password_hash, password)

    accounts = _accounts(world)
    monkeypatch.setattr(PasswordHasher, "verify", verify)
    monkeypatch.setattr(low_level, "hash_secret_raw", lambda *_: made.append("a code") or b"")
    work = {}
    for kind, email in accounts.items():
        made.clear()
        statements: list[str] = []
        sa.event.listen(world.bus.database.engine, "before_cursor_execute", note := _noting(statements))
        world.bus.call("auth_login", {"email": email, "password": OTHER_PASSWORD, "code": "abcde-fghjk"})
        sa.event.remove(world.bus.database.engine, "before_cursor_execute", note)
        work[kind] = (list(made), statements)
    assert work["known"][0] == ["$argon2id$v=19$m=19456,t=2,p=1"]
    assert len(work["known"][1]) > 3
    assert all(done == work["known"] for done in work.values())


def _noting(statements: list[str]) -> Any:
    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    return note


def test_a_refused_login_opens_nothing_and_is_on_record(world: World, anyone: Caller) -> None:
    person, banned = world.person(), world.person(is_active=False)
    person.attempt(OTHER_PASSWORD)
    banned.attempt()
    anyone.code("auth_login", email="nobody@example.com", password=PASSWORD)
    assert world.count(user_sessions) == 0
    failures = world.events()
    assert {row.event_type for row in failures} == {"authentication_failure"}
    assert [row.user_id for row in failures] == [person.id, banned.id, None]
    reasons = ["invalid_password", "inactive_account", "unknown_account"]
    assert all(f'"reason":"{reason}"' in row.details for reason, row in zip(reasons, failures, strict=True))
    assert "nobody" not in failures[2].details
