"""The tables: equal to their migrations, with the keys and constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.quotes import quotes as plugin
from plugins.quotes.tables import all_tables, items
from tests.plugins.quotes.desk import Desk
from tests.plugins.tasks.shop import Shop


def test_the_tables_equal_their_migrations(shop: Shop) -> None:
    assert check(shop.bus.database, [builtins(), plugin]) == []


@pytest.mark.any_database
def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("quotes_")
        assert all(str(index.name).startswith("quotes_") for index in table.indexes)


def test_no_money_is_kept_as_a_binary_fraction() -> None:
    kinds = {type(column.type) for table in all_tables().sorted_tables for column in table.columns}
    assert not any(issubclass(kind, sa.Float | sa.Numeric) for kind in kinds)


@pytest.mark.parametrize(
    "columns",
    [{"status": "done"}, {"quote_number": "DEV-00001"}, {"number": 1}, {"subtotal": -1, "total": -1}, {"total": 1}],
)
def test_impossible_quotes_are_refused_by_the_database(desk: Desk, columns: dict[str, Any]) -> None:
    desk.quote()
    with pytest.raises(IntegrityError):
        desk.set(desk.quote()["id"], **columns)


def test_impossible_items_are_refused_by_the_database(shop: Shop, desk: Desk) -> None:
    """And with a quote its items go."""
    quote = desk.quote({}, {})
    wrong = ({"kind": "gift"}, {"qty": 0}, {"unit_price": -1}, {"quote_id": "nothing"}, {"id": quote["items"][0]["id"]})
    for columns in wrong:
        with pytest.raises(IntegrityError):
            shop.world.execute(sa.update(items).values(**columns))
    shop.admin("quote_delete", id=quote["id"])
    assert shop.world.count(items) == 0
