"""Does a session cost a call at most two bare reads by primary key?

Repeat: python -m benchmarks --only authenticate

What the identity domain does before a command runs: hash the token, find session and user, judge both ends of the
session, and once a minute write that it was used; the clock is the real one. The peer reads one row of the sessions by
its primary key on the same kept connection, from BEGIN to COMMIT, with nothing made of it. A second peer is that SELECT
by itself.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.domain import accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.stage import Stage
from benchmarks.timing import take_turns
from bus import Bus
from plugins.identity.hooks import bus_authenticate
from plugins.identity.tables import user_sessions, users

UNIT = "µs"
SESSION, READ, SELECT = "a session token", "BEGIN, SELECT by primary key, COMMIT", "the SELECT by itself"
LINES = tuple(
    line
    for kind in ("SQLite", "PostgreSQL")
    for line in (
        Line(f"{SESSION}, {kind}", f"{READ}, {kind}", must=at_most(2)),
        Line(f"{SESSION}, {kind}", f"{SELECT}, {kind}"),
    )
)
#: Users of the domain, each with a session.
USERS = 2_000
ACCOUNT = {"email": "ana@example.com", "password": "Corr3ct-Horse-Battery!", "first_name": "Ana", "last_name": "Diaz"}
FIND = "SELECT * FROM identity_user_sessions WHERE id = ?"


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    with keys_in(stage.folder), stage.postgresql().database() as url:
        return _of_kind(stage, f"sqlite:///{stage.folder}/bus.sqlite", "SQLite") | _of_kind(stage, url, "PostgreSQL")


def _of_kind(stage: Stage, url: str, kind: str) -> dict[str, float]:
    with opened(url) as bus:
        grant: Any = accepted(bus.call("auth_create_account", ACCOUNT)).data
        _fill(bus, stage.times(USERS, least=10))
        accepted(bus.call("auth_validate_session", session_token=grant["token"]))
        find, wanted = bus.database.sql(FIND), (grant["id"],)
        contenders = {
            SESSION: functools.partial(_authenticate, bus, grant["token"]),
            READ: functools.partial(_read, bus, find, wanted),
            SELECT: functools.partial(_select, bus, find, wanted),
        }
        return {f"{what}, {kind}": figure for what, figure in take_turns(stage, contenders).items()}


def _authenticate(bus: Bus, token: str) -> object:
    return bus_authenticate(token, bus.database, time.time_ns() // 1_000_000)


def _read(bus: Bus, find: str, wanted: tuple[str]) -> Any:
    with bus.database.reader().transaction(write=False) as kept:
        return kept.raw.execute(find, wanted).fetchone()


def _select(bus: Bus, find: str, wanted: tuple[str]) -> Any:
    return bus.database.reader().raw.execute(find, wanted).fetchone()


def _fill(bus: Bus, count: int) -> None:
    """Copy the only user and its session so many times."""
    with bus.database.connect() as connection:
        for table in (users, user_sessions):
            row = dict(connection.execute(sa.select(table)).mappings().one())
            connection.execute(sa.insert(table), [_another(row, n) for n in range(count)])


def _another(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The row of somebody else: what names a user or a session has a number."""
    own = {"id": f"{row['id']}-{number}", "user_id": f"{row.get('user_id')}-{number}"}
    names = {name: f"{number}-{row.get(name)}" for name in ("email", "username")}
    hashes = {name: f"{name}-{number}".encode() for name in ("token_hash", "refresh_hash")}
    return row | {name: value for name, value in (own | names | hashes).items() if name in row}


@contextmanager
def keys_in(home: Path) -> Iterator[None]:
    """Let the domain make its keys in a folder."""
    before = os.environ.get("BUS_HOME")
    os.environ["BUS_HOME"] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ["BUS_HOME"]
        else:
            os.environ["BUS_HOME"] = before
