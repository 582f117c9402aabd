"""Tokens under attack: forged, cut, swapped, presented twice, kept beyond their end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.identity.authentication import TOUCH_EVERY_MS
from plugins.identity.tables import security_alerts, used_refresh_tokens, user_sessions, users
from tests.plugins.identity.caller import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    OTHER_PASSWORD,
    PASSWORD,
    Caller,
    World,
)


def refresh(world: World, token: str) -> str | dict[str, str]:
    """The new grant, or the code."""
    envelope = world.bus.call("auth_refresh_token", {"refresh_token": token})
    return envelope.data if envelope.ok else envelope.code


def test_attack_tokens_that_nobody_was_given(world: World) -> None:
    """Cut, lengthened, in another case, with blanks, invented, of another kind: one and the same answer."""
    grant = world.person().grant()
    token = grant["token"]
    wrong = [" ", token[:-1], token[1:], f"{token}A", f" {token}", f"{token} ", token.swapcase(), token[::-1]]
    wrong += ["A" * 43, "é" * 43, "' OR 1=1 --", "x" * 4_000, grant["refresh_token"], grant["id"]]
    refusals = [Caller(world.bus, one).refusal("auth_validate_session") for one in wrong]
    refusals.append(Caller(world.bus).refusal("auth_validate_session"))
    assert refusals[0]["code"] == "UNAUTHENTICATED"
    assert refusals[0]["details"] is None
    assert all(refusal == refusals[0] for refusal in refusals)


def test_attack_refresh_tokens_that_nobody_was_given(world: World) -> None:
    grant = world.person().grant()
    token = grant["refresh_token"]
    for wrong in (token[:-1], f"{token}A", token.swapcase(), grant["token"], "A" * 43, " ", "é"):
        assert refresh(world, wrong) == "AUTH_INVALID"
    assert world.count(used_refresh_tokens) == 0
    assert isinstance(refresh(world, token), dict)


def test_a_refresh_gives_new_tokens_to_the_same_session(world: World) -> None:
    grant = world.person().grant()
    world.clock.advance(HOUR_MS)
    renewed = refresh(world, grant["refresh_token"])
    assert isinstance(renewed, dict)
    same = ("id", "user_id", "created_at", "refresh_expires_at")
    assert [renewed[name] for name in same] == [grant[name] for name in same]
    assert renewed["expires_at"] == "2026-03-01T12:00:00.000Z"
    assert renewed["last_activity"] == "2026-03-01T10:00:00.000Z"
    assert not Caller(world.bus, grant["token"]).is_live
    assert Caller(world.bus, renewed["token"]).is_live


def test_attack_a_refresh_token_presented_twice_ends_the_session(world: World) -> None:
    """Whoever has the newest tokens loses them too: nobody knows which of the two is the thief."""
    grant = world.person().grant()
    first = refresh(world, grant["refresh_token"])
    assert isinstance(first, dict)
    second = refresh(world, first["refresh_token"])
    assert isinstance(second, dict)
    assert refresh(world, grant["refresh_token"]) == "AUTH_INVALID"
    assert not Caller(world.bus, second["token"]).is_live
    assert refresh(world, second["refresh_token"]) == "AUTH_INVALID"
    (event,) = world.events("refresh_token_reuse")
    assert (event.severity, event.session_id) == ("critical", grant["id"])
    assert world.execute(sa.select(security_alerts.c.event_id)) == [(event.id,)]


def test_a_stolen_token_ends_its_own_session_alone(world: World) -> None:
    person = world.person()
    grant, other = person.grant(), person.login()
    refresh(world, grant["refresh_token"])
    refresh(world, grant["refresh_token"])
    assert other.is_live


def test_attack_two_refreshes_at_once(world: World) -> None:
    """One wins, the others count as theft: afterwards no token of the session opens anything."""
    for _ in range(5):
        grant = world.person().grant()
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda token: refresh(world, token), [grant["refresh_token"]] * 4))
        (winner,) = [answer for answer in answers if isinstance(answer, dict)]
        assert answers.count("AUTH_INVALID") == 3
        assert not Caller(world.bus, winner["token"]).is_live


def test_a_token_ends_after_two_hours_and_its_session_does_not(world: World) -> None:
    grant = world.person().grant()
    world.clock.advance(2 * HOUR_MS - 1)
    assert Caller(world.bus, grant["token"]).is_live
    world.clock.advance(1)
    assert not Caller(world.bus, grant["token"]).is_live
    assert isinstance(refresh(world, grant["refresh_token"]), dict)


def test_a_session_ends_after_seven_days_however_often_it_is_refreshed(world: World) -> None:
    grant = world.person().grant()
    for _ in range(23):
        world.clock.advance(7 * HOUR_MS)
        grant = refresh(world, grant["refresh_token"])
        assert isinstance(grant, dict)
    world.clock.advance(7 * HOUR_MS - 1)
    assert grant["refresh_expires_at"] == "2026-03-08T09:00:00.000Z"
    grant = refresh(world, grant["refresh_token"])
    assert isinstance(grant, dict)
    assert grant["expires_at"] == grant["refresh_expires_at"]
    assert Caller(world.bus, grant["token"]).is_live
    world.clock.advance(1)
    assert not Caller(world.bus, grant["token"]).is_live
    assert refresh(world, grant["refresh_token"]) == "AUTH_INVALID"


def test_a_session_ends_after_eight_idle_hours(world: World) -> None:
    one, other = world.person().grant(), world.person().grant()
    world.clock.advance(8 * HOUR_MS - 1)
    assert isinstance(refresh(world, one["refresh_token"]), dict)
    world.clock.advance(1)
    assert refresh(world, other["refresh_token"]) == "AUTH_INVALID"


def test_an_idle_time_that_is_set_counts_for_open_sessions(world: World) -> None:
    admin, caller = world.as_role("admin"), world.as_role("viewer")
    admin("update_session_timeout", timeout_minutes=5)
    world.clock.advance(4 * MINUTE_MS)
    assert caller("auth_validate_session")["session_timeout_minutes"] == 5
    world.clock.advance(5 * MINUTE_MS)
    assert not caller.is_live


def test_a_longer_idle_time_does_not_bring_ended_sessions_back(world: World) -> None:
    """A ban ends sessions that have timed out as well."""
    admin = world.as_role("admin")
    person = world.person()
    caller = person.login()
    admin("update_session_timeout", timeout_minutes=5)
    for _ in range(2):
        world.clock.advance(4 * MINUTE_MS)
        assert admin.is_live
    assert admin("ban_user", user_id=person.id)["revoked_sessions"] == 0
    admin("unban_user", user_id=person.id)
    admin("update_session_timeout", timeout_minutes=1_440)
    assert not caller.is_live


def test_activity_is_written_once_a_minute_at_most(world: World) -> None:
    grant = world.person().grant()
    caller, start = Caller(world.bus, grant["token"]), world.clock.now_ms()
    world.clock.advance(TOUCH_EVERY_MS - 1)
    assert caller.is_live
    assert world.last_activity(grant["id"]) == start
    world.clock.advance(1)
    assert caller.is_live
    assert world.last_activity(grant["id"]) == start + TOUCH_EVERY_MS
    assert TOUCH_EVERY_MS == MINUTE_MS


def test_whoever_calls_often_enough_stays_where_a_minute_is_the_idle_time(world: World) -> None:
    admin, caller = world.as_role("admin"), world.as_role("viewer")
    admin("update_session_timeout", timeout_minutes=1)
    for _ in range(6):
        world.clock.advance(31_000)
        assert caller.is_live
    world.clock.advance(MINUTE_MS)
    assert not caller.is_live


def test_of_many_calls_at_the_same_moment_one_writes_that_the_session_was_used(world: World) -> None:
    grant = world.person().grant()
    caller = Caller(world.bus, grant["token"])
    world.clock.advance(TOUCH_EVERY_MS)
    written: list[int] = []
    sa.event.listen(world.bus.database.engine, "after_cursor_execute", note := _noting_touches(written))
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: caller.is_live, range(16)))
    sa.event.remove(world.bus.database.engine, "after_cursor_execute", note)
    assert written == [1]


def _noting_touches(written: list[int]) -> Any:
    def note(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("UPDATE identity_user_sessions SET last_activity") and cursor.rowcount:
            written.append(cursor.rowcount)

    return note


def test_logging_out_ends_both_tokens(world: World) -> None:
    person = world.person()
    grant, other = person.grant(), person.login()
    caller = Caller(world.bus, grant["token"])
    assert caller("auth_logout")["logged_out"] is True
    assert caller.code("auth_logout") == "UNAUTHENTICATED"
    assert refresh(world, grant["refresh_token"]) == "AUTH_INVALID"
    assert world.events("refresh_token_reuse") == []
    assert other.is_live


@pytest.mark.parametrize("command", ["ban_user", "delete_user", "reset_user_password", "change_user_role"])
def test_what_ends_a_users_sessions_ends_them_at_once(world: World, command: str) -> None:
    """Session tokens and refresh tokens, of all sessions."""
    admin, person = world.as_role("admin"), world.person("technician")
    grants = [person.grant(), person.grant()]
    more = {"reset_user_password": {"new_password": OTHER_PASSWORD}, "change_user_role": {"new_role": "viewer"}}
    assert admin(command, user_id=person.id, **more.get(command, {}))["revoked_sessions"] == 2
    for grant in grants:
        assert not Caller(world.bus, grant["token"]).is_live
        assert refresh(world, grant["refresh_token"]) == "AUTH_INVALID"
    assert {row.session_id for row in world.events("session_invalidated")} == {grant["id"] for grant in grants}


@pytest.mark.parametrize("columns", [{"is_active": False}, {"deleted_at": 1}])
def test_a_ban_by_another_process_holds_at_the_next_call(world: World, columns: dict[str, int]) -> None:
    """Nothing of a user is kept in memory, and the sessions need not be touched."""
    person = world.person("admin")
    grant = person.grant()
    world.execute(sa.update(users).where(users.c.id == person.id).values(**columns))
    assert not Caller(world.bus, grant["token"]).is_live
    assert refresh(world, grant["refresh_token"]) == "AUTH_INVALID"


def test_a_role_is_read_at_each_call(world: World) -> None:
    person = world.person("admin")
    caller = person.login()
    assert caller.envelope("get_users").ok
    world.execute(sa.update(users).where(users.c.id == person.id).values(role="viewer"))
    assert caller.code("get_users") == "FORBIDDEN"
    assert caller("auth_validate_session")["role"] == "viewer"


def test_tokens_are_stored_as_keyed_hashes_alone(world: World) -> None:
    grant = world.person().grant()
    ((token_hash, refresh_hash),) = world.execute(sa.select(user_sessions.c.token_hash, user_sessions.c.refresh_hash))
    import hashlib

    for token in (grant["token"], grant["refresh_token"]):
        assert hashlib.sha256(token.encode()).digest() not in (token_hash, refresh_hash)
    assert len(token_hash) == len(refresh_hash) == 32


def test_attack_a_refresh_token_made_a_session_token(world: World) -> None:
    """Whoever can write rows cannot turn the one that lives for days into the other."""
    grant = world.person().grant()
    world.execute(sa.update(user_sessions).values(token_hash=user_sessions.c.refresh_hash))
    assert not Caller(world.bus, grant["refresh_token"]).is_live


def test_tokens_have_256_random_bits(world: World) -> None:
    person = world.person()
    grants = [person.grant(), person.grant()]
    tokens = {grant[name] for grant in grants for name in ("token", "refresh_token")}
    assert len(tokens) == 4
    assert all(len(token) == 43 for token in tokens)


def test_a_password_change_ends_all_other_sessions(world: World) -> None:
    person = world.person()
    mine, other = person.login(), person.grant()
    changed = mine("change_user_password", current_password=PASSWORD, new_password=OTHER_PASSWORD)
    assert changed == {"changed": True, "revoked_sessions": 1}
    assert mine.is_live
    assert refresh(world, other["refresh_token"]) == "AUTH_INVALID"
    assert person.attempt().code == "AUTH_INVALID"
    assert person.attempt(OTHER_PASSWORD).ok


def test_sessions_that_are_over_for_good_are_forgotten_at_the_next_login(world: World) -> None:
    person = world.person()
    refresh(world, person.grant()["refresh_token"])
    assert world.count(used_refresh_tokens) == 1
    world.clock.advance(7 * DAY_MS)
    person.login()
    assert (world.count(user_sessions), world.count(used_refresh_tokens)) == (1, 0)


def test_a_session_that_timed_out_is_nothing_to_revoke(world: World) -> None:
    admin, person = world.as_role("admin"), world.person()
    grant = person.grant()
    world.clock.advance(7 * DAY_MS)
    admin = world.as_role("admin")
    assert admin.code("revoke_session", session_id=grant["id"]) == "NOT_FOUND"
    assert admin("get_active_sessions", user_id=person.id) == {"items": [], "total_count": 0}
