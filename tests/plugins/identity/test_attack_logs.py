"""Nothing that a caller sends can forge a log line, or be obeyed by the terminal that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bus import Peer, Request, logs
from bus.requests import read_request
from tests.plugins.identity.caller import PASSWORD, World
from tests.plugins.identity.test_spelling import SIGNUP

#: Ends its line and begins another; colours, title and bell of a terminal; a closing of the JSON around it.
EVIL = '\r\n{"level":"info","event":"admin logged in"}\x1b[2J\x1b]0;owned\x07"},"event":"forged"\u2028\u0085'


@pytest.fixture
def _restored() -> Iterator[None]:
    yield
    logs.configure()


def _attack(world: World) -> None:
    """Evil text wherever text is taken, in calls that are logged because their handler fails."""
    person = world.person("admin", username=f"u{EVIL}", first_name=EVIL)
    token = person.login().token
    everywhere = {"email": f"a{EVIL}@example.com", "password": EVIL, "code": EVIL}
    world.bus.call("auth_login", everywhere, correlation_id=f"id{EVIL}")
    world.bus.call("auth_create_account", SIGNUP | {"first_name": EVIL, "username": EVIL})
    world.bus.call("get_users", {"search": EVIL, "correlation_id": EVIL}, session_token=token)
    world.bus.call(f"get_users{EVIL}", {EVIL: EVIL}, session_token=EVIL)
    for table in ("identity_auth_counters", "identity_security_events"):
        world.execute(sa.text(f"ALTER TABLE {table} RENAME TO identity_hidden"))
        try:
            args = {"email": person.email, "password": EVIL}
            world.bus.answer(
                Request("auth_login", args, is_local=False, peer=Peer("203.0.113.7", EVIL), correlation_id=EVIL)
            )
            world.bus.call("update_session_timeout", {"timeout_minutes": 5}, session_token=token, correlation_id=EVIL)
            world.bus.call("get_security_events", {"event_type": EVIL}, session_token=token, idempotency_key=EVIL)
        finally:
            world.execute(sa.text(f"ALTER TABLE identity_hidden RENAME TO {table}"))


@pytest.mark.usefixtures("_restored")
def test_attack_forging_log_lines(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Each line is one JSON object that the program wrote, and holds no control character."""
    logs.configure("DEBUG", "json")
    _attack(world)
    written = capfd.readouterr().err
    lines = written.split("\n")[:-1]
    assert len(lines) >= 3
    records = [json.loads(line) for line in lines]
    assert {record["event"] for record in records}.isdisjoint({"admin logged in", "forged"})
    assert all({"timestamp", "level", "logger", "event"} <= record.keys() for record in records)
    assert all(character.isprintable() for line in lines for character in line)


@pytest.mark.usefixtures("_restored")
def test_attack_commanding_the_terminal_that_shows_the_log(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Tracebacks take lines of their own there; no line begins with what a caller wrote."""
    logs.configure("DEBUG", "console")
    _attack(world)
    shown = capfd.readouterr().err
    assert "auth_login" in shown
    assert not {character for character in shown if not character.isprintable()} - {"\n", "\t"}
    assert not [line for line in shown.splitlines() if line.startswith(('{"level"', '"},"event"'))]


def test_attack_forging_events(world: World) -> None:
    """What a peer calls its program is kept as one value, and answered as one; a strange correlation id is not kept."""
    person = world.person("admin")
    peer = Peer("203.0.113.7", EVIL * 20)
    args = {"email": person.email, "password": PASSWORD}
    request = read_request({"command": "auth_login", "args": args, "correlation_id": EVIL}, is_local=False)
    answer = world.bus.answer(replace(request, peer=peer))
    assert answer.ok
    (event,) = world.events("authentication_success")
    assert len(event.user_agent) == 500
    assert EVIL.startswith(event.user_agent[:20])
    assert event.correlation_id.startswith("ipc-")
    line = json.dumps(answer.to_dict())
    assert "\n" not in line
    assert "\x1b" not in line
