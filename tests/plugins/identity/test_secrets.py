"""No secret of a whole life of an account is in the database, the log, or an answer that is not its owner's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa

from bus.application import Bus
from bus.settings import Settings
from bus.testing import FakeClock
from plugins.identity import identity, keys, settings
from plugins.identity.tables import metadata
from tests.plugins.identity.caller import START_MS, Caller, World

FIRST, SECOND, WRONG = "First-Tractor-Sonata-11", "Second-Lavender-Anvil-22", "Wrong-Guess-Of-Somebody-33"


class Diary:
    """Lives through every command that knows a secret, and keeps what was secret."""

    def __init__(self, bus: Bus, clock: FakeClock) -> None:
        self.caller = Caller(bus)
        self.clock = clock
        self.secrets: set[str] = {FIRST, SECOND, WRONG}
        self.answers: list[dict[str, Any]] = []

    def call(self, command: str, /, **args: Any) -> Any:
        """The answer; whatever is a token or a code in it is remembered."""
        envelope = self.caller.bus.call(
            command, args, session_token=self.caller.token, idempotency_key=f"key-{len(self.answers)}"
        )
        data = envelope.data or {}
        self.answers.append(envelope.to_dict())
        self.secrets |= {data[name] for name in ("token", "refresh_token", "secret") if name in data}
        for code in data.get("backup_codes", []):
            self.secrets |= {code, code.replace("-", "")}
        if "token" in data:
            self.caller = Caller(self.caller.bus, data["token"])
        return envelope

    def code(self, secret: str) -> str:
        """The next code of an authenticator."""
        self.clock.advance(60_000)
        return pyotp.TOTP(secret).generate_otp(self.clock.now_ms() // 30_000)

    def live(self) -> None:
        """Everything, with right and wrong secrets."""
        names = {"first_name": "Ana", "last_name": "Diaz"}
        assert self.call("auth_create_account", email="ana@example.com", password=FIRST, **names).ok
        begun = self.call("enable_2fa").data
        assert self.call("verify_2fa_setup", code=self.code(begun["secret"])).ok
        login = {"email": "ana@example.com", "password": FIRST}
        assert self.call("auth_login", **login | {"password": WRONG}).code == "AUTH_INVALID"
        assert self.call("auth_login", **login).code == "TWO_FACTOR_REQUIRED"
        assert self.call("auth_login", **login, code="zzzzz-zzzzz").code == "TWO_FACTOR_INVALID"
        granted = self.call("auth_login", **login, code=begun["backup_codes"][0])
        assert granted.ok
        assert self.call("auth_refresh_token", refresh_token=granted.data["refresh_token"]).ok
        assert self.call("verify_2fa_code", code=self.code(begun["secret"])).data == {"valid": True}
        assert self.call("regenerate_backup_codes", password=FIRST).ok
        assert self.call("change_user_password", current_password=FIRST, new_password=SECOND).ok
        new = {"email": "tom@example.com", "password": FIRST, "role": "viewer", **names}
        user = self.call("create_user", **new).data
        assert self.call("reset_user_password", user_id=user["id"], new_password=SECOND).ok
        me = granted.data["user_id"]
        assert self.call("update_user", user_id=me, email="b@example.com", current_password=SECOND).ok
        assert (
            self.call("update_user", user_id=me, email="c@example.com", current_password=WRONG).code == "AUTH_INVALID"
        )
        assert self.call("auth_login", **login, nonsense=FIRST).code == "VALIDATION_ERROR"
        assert self.call("disable_2fa", password=SECOND).ok
        assert self.call("auth_refresh_token", refresh_token=granted.data["refresh_token"]).code == "AUTH_INVALID"


@pytest.fixture
def diary(world: World) -> Diary:
    lived = Diary(world.bus, world.clock)
    lived.live()
    assert len(lived.secrets) > 40
    return lived


def found_in(content: bytes, secrets: set[str]) -> list[str]:
    """The secrets that are to be read there."""
    return [secret for secret in secrets if secret.encode() in content]


def test_no_secret_is_in_any_table(diary: Diary, world: World) -> None:
    """Of the plugin or of the bus: idempotency keys, jobs, units, events."""
    names = sa.inspect(world.bus.database.engine).get_table_names()
    assert {table.name for table in metadata.sorted_tables} < set(names)
    for name in names:
        rows = world.execute(sa.text(f'SELECT * FROM "{name}"'))
        assert found_in(repr([tuple(row) for row in rows]).encode(), diary.secrets) == [], name


def test_no_secret_is_in_the_log(capfd: pytest.CaptureFixture[str], diary: Diary) -> None:
    assert found_in(capfd.readouterr().err.encode(), diary.secrets) == []


def test_no_refusal_repeats_what_it_was_given(diary: Diary) -> None:
    refusals = [answer for answer in diary.answers if not answer["ok"]]
    assert len(refusals) >= 6
    assert found_in(json.dumps(refusals, ensure_ascii=False).encode(), diary.secrets) == []


def test_tokens_are_answered_by_those_who_open_sessions_alone(diary: Diary) -> None:
    with_token = {answer["command"] for answer in diary.answers if "token" in (answer["data"] or {})}
    assert with_token == {"auth_create_account", "auth_login", "auth_refresh_token"}


def test_no_secret_is_in_the_files_of_the_database(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Byte for byte, the journal included, while the database is open; nor in any other file but the server's key."""
    with Bus.open(
        f"sqlite:///{tmp_path / 'bus.sqlite'}",
        plugins=[identity],
        clock=(clock := FakeClock(START_MS)),
        settings=Settings(home=tmp_path),
    ) as bus:
        diary = Diary(bus, clock)
        diary.live()
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert {"bus.sqlite", "bus.sqlite-wal"} <= {file.name for file in files}
        for file in files:
            assert found_in(file.read_bytes(), diary.secrets | set(keys._keys())) == [], file
    assert found_in(capfd.readouterr().err.encode(), diary.secrets) == []


def test_a_failing_handler_logs_no_argument(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    """Its exception may quote what the caller sent."""
    world.execute(sa.text("ALTER TABLE identity_auth_counters RENAME TO identity_hidden"))
    try:
        envelope = world.person().attempt(WRONG)
    finally:
        world.execute(sa.text("ALTER TABLE identity_hidden RENAME TO identity_auth_counters"))
    assert envelope.code == "HANDLER_ERROR"
    log = capfd.readouterr().err
    assert "auth_login" in log
    assert WRONG not in log
    assert WRONG not in str(envelope)


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_HOME", str(tmp_path / "home"))
    file = tmp_path / "home" / settings.KEY_FILE
    first = keys.digest("x", "y")
    assert file.stat().st_mode & 0o777 == 0o600
    keys.forget()
    assert keys.digest("x", "y") == first
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(("content", "mode"), [("k" * 48, 0o640), ("short", 0o600), ("", 0o600)])
def test_attack_a_key_file_that_others_can_read_or_that_is_too_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, mode: int
) -> None:
    from bus.errors import SetupError

    monkeypatch.setenv("BUS_HOME", str(tmp_path))
    file = tmp_path / settings.KEY_FILE
    file.write_text(content)
    file.chmod(mode)
    with pytest.raises(SetupError) as refused:
        keys.digest("x", "y")
    assert "k" * 48 not in str(refused.value)


@pytest.mark.parametrize(("name", "text"), [("BUS_IDENTITY_KEYS", "too-short"), ("BUS_SIGNUP_OPEN", "maybe")])
def test_a_setting_that_cannot_be_used_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    from bus.errors import SetupError

    monkeypatch.setenv(name, text)
    with pytest.raises(SetupError, match=name) as refused:
        Bus.open("sqlite://", plugins=[identity], settings=Settings(home=tmp_path))
    assert "too-short" not in str(refused.value)


def test_sessions_and_second_factors_outlive_a_new_key(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the old key stands behind it; without it nothing opens."""
    old, new = "the old key of the server is long enough", "the new key of the server is long enough"
    monkeypatch.setenv("BUS_IDENTITY_KEYS", old)
    person = world.person()
    secret, _ = world.with_two_factor(person)
    grant = person.grant(code=world.code(secret))
    monkeypatch.setenv("BUS_IDENTITY_KEYS", f"{new},{old}")
    assert Caller(world.bus, grant["token"]).is_live
    world.clock.advance(60_000)
    assert person.attempt(code=world.code(secret)).ok
    renewed = world.bus.call("auth_refresh_token", {"refresh_token": grant["refresh_token"]})
    assert renewed.ok
    monkeypatch.setenv("BUS_IDENTITY_KEYS", new)
    assert Caller(world.bus, renewed.data["token"]).is_live
    monkeypatch.setenv("BUS_IDENTITY_KEYS", old)
    assert not Caller(world.bus, renewed.data["token"]).is_live
