"""Every byte that is written while every command runs, rightly and wrongly: no secret is among them.

test_secrets.py follows one account; here all commands are called besides, by the wrong people, in the wrong mode, with
secrets where none belongs, and service keys are made, used, rotated and revoked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bus import Peer, Request
from bus.application import Bus
from bus.settings import Settings
from bus.testing import FakeClock
from plugins.identity import identity, keys
from tests.databases import Templates
from tests.plugins.identity.caller import START_MS, Caller, World
from tests.plugins.identity.test_matrix import COMMANDS
from tests.plugins.identity.test_secrets import FIRST, SECOND, WRONG, Diary, found_in
from tests.servers import PostgreSQL

#: Sent where no password belongs.
STRAY = "Stray-Anvil-Of-Somebody-44"


class Journal(Diary):
    """The diary of somebody who also does everything else."""

    def live(self) -> None:
        super().live()
        self.secrets.add(STRAY)
        self._use_keys()
        self._err()

    def _use_keys(self) -> None:
        """Make a key, use it, rotate it, use the old one, revoke it."""
        login = {"email": "b@example.com", "password": SECOND}
        assert self.call("auth_login", **login).ok
        made = self._made(self.call("service_account_create", name="robot", role="viewer", scope=["get_users"]))
        robot = Caller(self.caller.bus, made["key"])
        assert robot.code("get_users") == "FORBIDDEN"
        account_id = made["account"]["id"]
        rotated = self._made(self.call("service_account_rotate", account_id=account_id))
        assert robot.code("get_users") == "UNAUTHENTICATED"
        assert self.call("service_account_list").ok
        assert self.call("service_account_revoke", account_id=account_id).ok
        assert Caller(self.caller.bus, rotated["key"]).code("get_users") == "UNAUTHENTICATED"

    def _made(self, envelope: Any) -> dict[str, Any]:
        self.secrets.add(envelope.data["key"])
        return envelope.data

    def _err(self) -> None:
        """Call every command with stray secrets: without a session, too, over the network, queued, with a key."""
        bus, token, peer = self.caller.bus, self.caller.token, Peer("203.0.113.7", "Workshop/1.0")
        for command, (args, _) in COMMANDS.items():
            stray = args | {name: STRAY for name in args if "password" in name} | {"passwort": STRAY}
            for given in (stray, dict.fromkeys(args, STRAY), args):
                for who in (None, STRAY, token):
                    if command != "auth_logout" or who != token:
                        self.answers.append(bus.call(command, given, session_token=who, idempotency_key="k").to_dict())
                request = Request(command, given, session_token=STRAY, is_local=False, peer=peer)
                self.answers.append(bus.answer(request).to_dict())
            self.answers.append(bus.call(command, stray, session_token=token, mode="queue").to_dict())


def _lived(bus: Bus, clock: FakeClock) -> Journal:
    journal = Journal(bus, clock)
    journal.live()
    assert len(journal.answers) > 400
    return journal


def _written(folder: Path) -> dict[str, bytes]:
    """Everything below a folder; a server deletes files while it runs."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.name: file.read_bytes() for file in files if file.exists()}


def test_attack_every_byte_that_sqlite_keeps(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The database, its journal, the key file, the log, standard output."""
    url, settings = f"sqlite:///{tmp_path / 'bus.sqlite'}", Settings(home=tmp_path)
    with Bus.open(url, plugins=[identity], clock=(clock := FakeClock(START_MS)), settings=settings) as bus:
        journal = _lived(bus, clock)
        written = _written(tmp_path)
        assert {"bus.sqlite", "bus.sqlite-wal"} <= written.keys()
        for name, content in written.items():
            assert found_in(content, journal.secrets | set(keys._keys())) == [], name
    for stream in capfd.readouterr():
        assert found_in(stream.encode(), journal.secrets) == []


def test_attack_every_byte_that_postgresql_keeps(
    postgresql_server: PostgreSQL, templates: Templates, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Tables, indexes, the write-ahead log and the server's own log."""
    with postgresql_server.database() as url:
        templates.prepare(url, [identity])
        settings = Settings(home=tmp_path)
        with Bus.open(url, plugins=[identity], clock=(clock := FakeClock(START_MS)), settings=settings) as bus:
            journal = _lived(bus, clock)
            with bus.database.connect() as connection:
                connection.execute(sa.text("CHECKPOINT"))
            written = _written(postgresql_server.folder)
    assert any(b"robot" in content and b"tom@example.com" in content for content in written.values())
    for name, content in written.items():
        assert found_in(content, journal.secrets) == [], name
    for stream in capfd.readouterr():
        assert found_in(stream.encode(), journal.secrets) == []


def test_attack_every_answer(world: World) -> None:
    """A secret is in the answer that grants it and in no other, a password in none; unknown ids are repeated."""
    journal = _lived(world.bus, world.clock)
    answers = [json.dumps(answer, ensure_ascii=False) for answer in journal.answers]
    sent = {FIRST, SECOND, WRONG}
    for secret in journal.secrets - {STRAY}:
        holding = [answer for answer in answers if secret in answer]
        assert len(holding) <= (0 if secret in sent else 1), holding
    assert sum(any(secret in answer for secret in journal.secrets - {STRAY}) for answer in answers) >= 8
