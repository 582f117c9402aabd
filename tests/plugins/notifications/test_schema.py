"""The tables: equal to their migration, with the keys the promises stand on, and an index for every list."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.notifications import notifications as plugin
from plugins.notifications.inbox import COUNT, COUNT_UNREAD, PAGES
from plugins.notifications.tables import all_tables, inbox
from tests.plugins.notifications.office import Office


def test_the_tables_equal_their_migration(office: Office) -> None:
    assert check(office.bus.database, [builtins(), plugin]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("notifications_")
        assert all(str(index.name).startswith("notifications_") for index in table.indexes)


@pytest.mark.parametrize("columns", [{"event": "task.deleted"}, {"user_id": "one"}, {"title": None}])
def test_impossible_rows_are_refused_by_the_database(office: Office, columns: dict[str, Any]) -> None:
    """Another kind, the same event told twice to one person, news without words."""
    office.hear("material.low_stock")
    with pytest.raises(IntegrityError):
        office.world.execute(sa.update(inbox).values(**columns))


def test_lists_and_counts_go_by_an_index(office: Office) -> None:
    """On SQLite, whose plan is the same for any number of rows: nothing is sorted, nothing counted row by row."""
    if office.bus.database.kind != "sqlite":
        return
    for statement, index in [
        (PAGES[False], "INDEX notifications_inbox_of_user"),
        (PAGES[True], "INDEX notifications_inbox_unread"),
        (COUNT, "COVERING INDEX notifications_inbox_of_user"),
        (COUNT_UNREAD, "COVERING INDEX notifications_inbox_unread"),
    ]:
        literal = statement.params(of_user="x", limit=20, offset=0)
        sql = literal.compile(office.bus.database.engine, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in office.world.execute(sa.text(f"EXPLAIN QUERY PLAN {sql}"))]
        assert len(plan) == 1, plan
        assert index in plan[0], plan
