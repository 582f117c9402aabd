"""The table: equal to its migration, with the constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.clients import clients as plugin
from plugins.clients.tables import all_tables, clients
from tests.plugins.tasks.shop import Shop


def test_the_table_equals_its_migration(shop: Shop) -> None:
    assert check(shop.bus.database, [builtins(), plugin]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("clients_")
        assert all(str(index.name).startswith("clients_") for index in table.indexes)


@pytest.mark.parametrize(
    "columns", [{"customer_type": "friend"}, {"name": None}, {"email": "a@example.com"}, {"tax_id": "T"}]
)
def test_impossible_clients_are_refused_by_the_database(shop: Shop, columns: dict[str, Any]) -> None:
    shop.client(email="a@example.com", tax_id="T")
    client = shop.client()
    with pytest.raises(IntegrityError):
        shop.world.execute(sa.update(clients).where(clients.c.id == client["id"]).values(**columns))
