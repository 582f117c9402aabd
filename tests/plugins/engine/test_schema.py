"""The tables: equal to their migration, with the keys and constraints the promises stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.engine import engine
from plugins.engine.tables import efforts, messages, metadata, sessions, skills, tasks
from tests.plugins.engine.caller import Caller

if TYPE_CHECKING:
    from bus.application import Bus


@contextmanager
def undone(bus: Bus) -> Iterator[sa.Connection]:
    """A connection whose work is rolled back."""
    with bus.database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")


def test_the_tables_equal_their_migrations(bus: Bus) -> None:
    assert check(bus.database, [builtins(), engine]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in metadata.sorted_tables:
        assert table.name.startswith("engine_")
        assert all(str(index.name).startswith("engine_") for index in table.indexes)


def test_a_second_open_session_of_an_effort_is_impossible(bus: Bus, db: Caller) -> None:
    session = db("session.get", id=db.session())
    copy = sa.insert(sessions).values(
        task_digest=session["taskId"],
        task_id=session["taskId"],
        effort_id=session["effortId"],
        last_heartbeat=0,
        created_at=0,
    )
    with undone(bus) as connection, pytest.raises(IntegrityError):
        connection.execute(copy)


@pytest.mark.parametrize("change", [{"lifecycle": "paused"}, {"task_digest": "nowhere"}, {"ordinal": 2}])
def test_impossible_efforts_are_refused_by_the_database(bus: Bus, db: Caller, change: dict[str, Any]) -> None:
    task = db.task()
    effort, _ = db.effort(task), db.effort(task)
    with undone(bus) as connection, pytest.raises(IntegrityError):
        connection.execute(sa.update(efforts).where(efforts.c.id == effort).values(change))


def test_ids_are_never_given_twice(bus: Bus, db: Caller) -> None:
    """Also when the newest row has gone."""
    session = db.session()
    last = db("messages.append", sessionId=session, role="user", content="c")["id"]
    with bus.database.engine.connect() as connection:
        connection.execute(sa.delete(messages))
    assert db("messages.append", sessionId=session, role="user", content="c")["id"] > last


def test_what_belongs_to_a_task_goes_with_it(bus: Bus, db: Caller) -> None:
    effort = db.effort_in("0: Setup")
    task = db("effort.get", id=effort)["taskId"]
    with undone(bus) as connection:
        connection.execute(sa.delete(tasks).where(tasks.c.digest == sa.bindparam("task")), {"task": task})
        assert connection.execute(sa.select(sa.func.count()).select_from(efforts)).scalar() == 0


def test_unset_json_is_sql_null(bus: Bus, db: Caller) -> None:
    db("skills.upsert", projectId=db.project(), name="s", modes=None)
    with bus.database.engine.connect() as connection:
        assert connection.execute(sa.select(skills.c.id).where(skills.c.modes.is_(None))).all()
