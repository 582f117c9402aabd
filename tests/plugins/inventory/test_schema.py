"""The tables: equal to their migrations, with the keys and constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.inventory import inventory as plugin
from plugins.inventory.tables import all_tables, consumptions, materials, transactions
from tests.plugins.interventions.work import Work
from tests.plugins.inventory.store import Store
from tests.plugins.tasks.shop import Shop


def test_the_tables_equal_their_migrations(shop: Shop) -> None:
    assert check(shop.bus.database, [builtins(), plugin]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("inventory_")
        assert all(str(index.name).startswith("inventory_") for index in table.indexes)


def test_no_column_holds_a_binary_fraction() -> None:
    for table in all_tables().sorted_tables:
        assert not any(isinstance(column.type, sa.Numeric) for column in table.c)


def test_impossible_rows_are_refused_by_the_database(shop: Shop, store: Store) -> None:
    begun = Work(shop).start()
    material_id = store.material(5, sku="A")["id"]
    store.material(sku="B")
    ids = {"intervention_id": begun.id, "material_id": material_id}
    shop.admin("material_record_consumption", **ids, quantity_used=1)
    impossible: list[tuple[sa.Table, dict[str, Any]]] = [
        *((materials, {name: -1}) for name in ("current_stock", "minimum_stock", "maximum_stock", "reorder_point")),
        (materials, {"unit_cost": -1}),
        (materials, {"sku": "B"}),
        (materials, {"material_type": "film"}),
        (materials, {"unit_of_measure": "kg"}),
        (materials, {"current_stock": None}),
        *((transactions, {name: -1}) for name in ("quantity", "previous_stock", "new_stock")),
        (transactions, {"transaction_type": "in"}),
        (transactions, {"material_id": "nothing"}),
        (consumptions, {"quantity_used": 0}),
        (consumptions, {"waste_quantity": -1}),
        (consumptions, {"material_id": "nothing"}),
        (consumptions, {"intervention_id": None}),
    ]
    for table, columns in impossible:
        mine = table.c.id == material_id if table is materials else table.c.material_id == material_id
        change = sa.update(table).where(mine).values(**columns)
        with pytest.raises(IntegrityError):
            shop.world.execute(change)
    with pytest.raises(IntegrityError):
        shop.world.execute(sa.delete(materials))
