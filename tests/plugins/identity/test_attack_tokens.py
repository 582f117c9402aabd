"""Forged tokens: every prefix, every character changed, every case, and what a stolen database has to offer."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.identity.tables import used_refresh_tokens, user_sessions
from tests.plugins.identity.caller import Caller, World


def forged(token: str) -> Iterator[str]:
    """All prefixes and suffixes, every bit of every character flipped, cases, and what text can be put around it."""
    for n in range(len(token)):
        yield token[:n]
        yield token[n + 1 :]
        for bit in range(7):
            yield token[:n] + chr(ord(token[n]) ^ 1 << bit) + token[n + 1 :]
        yield token[:n] + token[n].swapcase() + token[n + 1 :]
    yield from (token.upper(), token.lower(), token + token, f"{token}=", f"{token}\0", f"\ufeff{token}", f"{token}\n")
    yield from (
        f"Bearer {token}",
        f'"{token}"',
        f"{token}%00",
        f"{token}\u200b",
        base64.b64encode(token.encode()).decode(),
    )


@pytest.mark.timeout(300)
def test_attack_every_forgery_of_a_session_token(world: World) -> None:
    """As a member of the request and among the arguments: one answer, and the token itself goes on."""
    token: str = world.person("admin").grant()["token"]
    tried = {one for one in forged(token) if one != token}
    assert len(tried) > 300
    refusals = {str(Caller(world.bus, one).envelope("auth_validate_session").error) for one in tried}
    inside = [{"session_token": one} for one in sorted(tried)[:50]]
    refusals |= {str(world.bus.call("auth_validate_session", args).error) for args in inside}
    assert len(refusals) == 1
    assert "UNAUTHENTICATED" in next(iter(refusals))
    assert Caller(world.bus, token).is_live


@pytest.mark.timeout(300)
def test_attack_every_forgery_of_a_refresh_token(world: World) -> None:
    """None counts as the token come back, so that nobody ends a session by guessing."""
    token: str = world.person().grant()["refresh_token"]
    tried = [one for one in forged(token) if one != token]
    codes = {world.bus.call("auth_refresh_token", {"refresh_token": one}).code for one in tried[::3]}
    assert codes <= {"AUTH_INVALID", "VALIDATION_ERROR"}
    assert world.count(used_refresh_tokens) == 0
    assert world.events("refresh_token_reuse") == []
    assert world.bus.call("auth_refresh_token", {"refresh_token": token}).ok


@pytest.mark.timeout(300)
def test_attack_every_forgery_of_a_service_key(world: World) -> None:
    admin = world.as_role("admin")
    made = admin("service_account_create", name="robot", role="admin", scope=["get_users"])
    robot = Caller(world.bus, made["key"])
    for one in forged(made["key"]):
        if one != made["key"]:
            assert Caller(world.bus, one).code("get_users") == "UNAUTHENTICATED", one
    assert robot.envelope("get_users").ok


def _hashes(world: World) -> list[bytes]:
    rows = world.execute(sa.select(user_sessions.c.token_hash, user_sessions.c.refresh_hash))
    return [bytes(value) for row in rows for value in row]


def test_attack_with_a_stolen_database(world: World) -> None:
    """What stands there for a token is no token, however it is written."""
    world.person("admin").grant()
    encode: list[Any] = [
        lambda raw: raw.hex(),
        lambda raw: raw.decode("latin-1"),
        lambda raw: raw.decode("utf-8", "surrogateescape"),
        lambda raw: base64.b64encode(raw).decode(),
        lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("="),
        lambda raw: f"\\x{raw.hex()}",
    ]
    for raw in _hashes(world):
        for written in encode:
            assert not Caller(world.bus, written(raw)).is_live
            assert not world.bus.call("auth_refresh_token", {"refresh_token": written(raw)}).ok


def test_attack_a_session_written_under_another_servers_key(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever can write rows but does not know the key cannot make a session."""
    monkeypatch.setenv("BUS_IDENTITY_KEYS", "the key that a thief has made up for himself")
    grant = world.person("admin").grant()
    assert Caller(world.bus, grant["token"]).is_live
    monkeypatch.setenv("BUS_IDENTITY_KEYS", "the key that this server has had all the time")
    assert not Caller(world.bus, grant["token"]).is_live
    assert world.bus.call("auth_refresh_token", {"refresh_token": grant["refresh_token"]}).code == "AUTH_INVALID"
    assert world.events("refresh_token_reuse") == []


@pytest.mark.parametrize("rounds", [1, 5])
def test_attack_replay_of_any_token_that_was_rotated_away(world: World, rounds: int) -> None:
    """However long ago: it opens nothing, and its return ends the session."""
    first = world.person().grant()
    last = first
    for _ in range(rounds):
        last = world.bus.call("auth_refresh_token", {"refresh_token": last["refresh_token"]}).data
        assert last is not None
    assert not Caller(world.bus, first["token"]).is_live
    assert Caller(world.bus, last["token"]).is_live
    assert world.bus.call("auth_refresh_token", {"refresh_token": first["refresh_token"]}).code == "AUTH_INVALID"
    assert not Caller(world.bus, last["token"]).is_live
    assert world.bus.call("auth_refresh_token", {"refresh_token": last["refresh_token"]}).code == "AUTH_INVALID"
