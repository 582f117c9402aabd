"""The tables: equal to their migrations, with the constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.identity import identity
from plugins.sync import sync
from plugins.sync.tables import metadata
from tests.plugins.sync.desk import Desk


def test_the_tables_equal_their_migrations(desk: Desk) -> None:
    assert check(desk.bus.database, [builtins(), identity, sync]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in metadata.sorted_tables:
        assert table.name.startswith("sync_")
        assert all(str(index.name).startswith("sync_") for index in table.indexes)


@pytest.mark.parametrize(
    "columns", [{"status": "done"}, {"operation_type": "upsert"}, {"entity_type": "quote"}, {"user_id": None}]
)
def test_impossible_operations_are_refused_by_the_database(desk: Desk, columns: dict[str, Any]) -> None:
    operation = desk.put()
    with pytest.raises(IntegrityError):
        desk.change(operation, **columns)


def test_an_id_is_never_given_twice(desk: Desk) -> None:
    """Not even that of the last operation, once it was dropped."""
    operation = desk.in_status("abandoned")
    desk.admin("sync_drop_operation", operation_id=operation)
    assert desk.put() > operation
