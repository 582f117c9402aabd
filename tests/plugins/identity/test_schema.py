"""The tables: equal to their migrations, with the keys and constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.identity import identity
from plugins.identity.tables import metadata, user_sessions, users
from tests.plugins.identity.caller import World


def test_the_tables_equal_their_migrations(world: World) -> None:
    assert check(world.bus.database, [builtins(), identity]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in metadata.sorted_tables:
        assert table.name.startswith("identity_")
        assert all(str(index.name).startswith("identity_") for index in table.indexes)


@pytest.mark.parametrize("columns", [{"role": "root"}, {"role": "Admin"}, {"role": None}, {"password_hash": None}])
def test_impossible_users_are_refused_by_the_database(world: World, columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        world.person(**columns)


@pytest.mark.parametrize("column", ["email", "username"])
def test_emails_and_usernames_are_there_once_in_any_case(world: World, column: str) -> None:
    world.person(**{column: "ana@example.com"})
    with pytest.raises(IntegrityError):
        world.person(**{column: "ANA@Example.com"})


def test_sessions_go_with_their_user(world: World) -> None:
    person = world.person()
    person.login()
    world.execute(sa.delete(users).where(users.c.id == person.id))
    assert world.count(user_sessions) == 0
