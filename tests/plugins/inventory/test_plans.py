"""Thousands of materials, bookings and uses: what is asked often is found by an index, on both databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from plugins.inventory.histories import newest_first
from plugins.inventory.listing import count_statement, part_statement
from plugins.inventory.overview import COUNTS, EXPIRED, LOW
from plugins.inventory.parts import Part
from plugins.inventory.rows import BOOKED_COLUMNS, USED_COLUMNS
from plugins.inventory.tables import consumptions, materials, transactions
from plugins.inventory.used import OLDEST_FIRST
from tests.databases import Templates
from tests.plugins.tasks.shop import PLUGINS
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.database import Database

COUNT = 20_000
PART = Part(50, 100)
#: As long as texts about materials may well be.
WORDS = "some words about it " * 40

MATERIALS = """INSERT INTO inventory_materials (id, sku, name, description, material_type, unit_of_measure,
    current_stock, minimum_stock, unit_cost, currency, expiry_date, is_active, is_discontinued, created_at, updated_at,
    created_by, updated_by, name_key, search_text)
SELECT 'm' || n, 's' || n, 'N' || n, '{words}', 'tool', 'piece',
    n, CASE WHEN n % 50 = 1 THEN n ELSE 0 END, n, 'EUR', n, (n % 10 <> 0), (n % 10 = 0), n, n,
    'x', 'x', 'n' || (n * 7919 % 20011), 'words' FROM numbers"""
TRANSACTIONS = """INSERT INTO inventory_transactions (id, material_id, transaction_type, quantity, previous_stock,
    new_stock, performed_by, performed_at)
SELECT 't' || n, 'm' || (1 + n % 100), 'waste', 1, 1, 0, 'x', n FROM numbers"""
CONSUMPTIONS = """INSERT INTO inventory_consumptions (id, intervention_id, material_id, quantity_used, waste_quantity,
    recorded_by, recorded_at)
SELECT 'c' || n, 'i' || n % 2000, 'm' || (1 + n % 100), 1, 0, 'x', n FROM numbers"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Database]:
    """A database that is full."""
    from bus.database import Database

    with contextlib.ExitStack() as stack:
        is_sqlite = request.param == "sqlite"
        if is_sqlite:
            url = f"sqlite:///{tmp_path_factory.mktemp('full') / 'bus.sqlite'}"
            numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {COUNT})"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
            numbers = f"WITH numbers AS (SELECT CAST(generate_series(1, {COUNT}) AS bigint) AS n)"
        templates.prepare(url, PLUGINS)
        database = Database(url)
        stack.callback(database.close)
        with database.engine.connect() as connection:
            for statement in (MATERIALS, TRANSACTIONS, CONSUMPTIONS):
                insert, _, rest = statement.partition("SELECT")
                text = f"{insert} {numbers} SELECT {rest}" if is_sqlite else f"{numbers} {insert} SELECT {rest}"
                connection.execute(sa.text(text.format(words=WORDS)))
            # PostgreSQL reads what was never vacuumed from no index alone.
            connection.exec_driver_sql("ANALYZE" if is_sqlite else "VACUUM ANALYZE")
        yield database


def history(table: sa.Table, columns: list[Any], **equal: str) -> Any:
    return newest_first(table, columns, [table.c[name] == value for name, value in equal.items()], PART)


#: What is asked -> the statement, its parameters, and the index that must be in its plan.
ASKED: dict[str, tuple[Any, dict[str, Any], str]] = {
    "active materials by name": (part_statement([materials.c.is_active], PART), {}, "materials_active_by_name"),
    "all materials by name": (part_statement([], PART), {}, "materials_by_name"),
    "count of the active": (count_statement([materials.c.is_active]), {}, "inventory_materials_"),
    "low": (LOW, {}, "materials_low"),
    "expired": (EXPIRED, {"now_ms": 20}, "materials_expiring"),
    "statistics": (COUNTS, {"now_ms": 20}, "materials_counted"),
    "bookings": (history(transactions, BOOKED_COLUMNS, material_id="m7"), {}, "inventory_transactions_of"),
    "bookings of a type": (
        history(transactions, BOOKED_COLUMNS, material_id="m7", transaction_type="return"),
        {},
        "transactions_of_type",
    ),
    "uses of a material": (history(consumptions, USED_COLUMNS, material_id="m7"), {}, "consumptions_of_material"),
    "uses of an intervention": (OLDEST_FIRST, {"of_intervention": "i7"}, "consumptions_of_intervention"),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_asked_often_is_found_by_an_index(full: Database, what: str) -> None:
    statement, parameters, index = ASKED[what]
    bound = statement.params(**parameters).compile(full.engine, compile_kwargs={"literal_binds": True})
    text = str(bound).replace("%%", "%")
    explain = "EXPLAIN QUERY PLAN" if full.kind == "sqlite" else "EXPLAIN"
    with full.engine.connect() as connection:
        plan = [str(row[-1]) for row in connection.execute(sa.text(f"{explain} {text}"))]
    assert any(index in line for line in plan), plan
    assert not any("Seq Scan" in line or "TEMP B-TREE FOR ORDER" in line for line in plan), plan
