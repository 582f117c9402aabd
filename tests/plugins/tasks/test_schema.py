"""The tables: equal to their migrations, with the keys and constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.tasks import tasks as plugin
from plugins.tasks.tables import all_tables, task_history, tasks
from tests.plugins.tasks.shop import Shop


def test_the_tables_equal_their_migrations(shop: Shop) -> None:
    assert check(shop.bus.database, [builtins(), plugin]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("tasks_")
        assert all(str(index.name).startswith("tasks_") for index in table.indexes)


@pytest.mark.parametrize(
    "columns", [{"status": "done"}, {"priority": "hot"}, {"task_number": "T"}, {"scheduled_date": None}]
)
def test_impossible_tasks_are_refused_by_the_database(shop: Shop, columns: dict[str, Any]) -> None:
    shop.task(task_number="T")
    with pytest.raises(IntegrityError):
        shop.set(shop.task()["id"], **columns)


def test_history_is_of_tasks_that_are_there(shop: Shop) -> None:
    shop.task()
    with pytest.raises(IntegrityError):
        shop.world.execute(sa.update(task_history).values(task_id="nothing"))
    with pytest.raises(IntegrityError):
        shop.world.execute(sa.delete(tasks))
