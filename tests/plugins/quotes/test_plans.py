"""Twenty thousand quotes: what is asked often is found by an index, on both databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.workshop.paging import Page
from plugins.quotes import quotes as plugin
from plugins.quotes.listing import page_statement, sorted_by
from plugins.quotes.rows import ITEMS
from plugins.quotes.states import is_status, over_at
from plugins.quotes.tables import quotes
from tests.databases import Templates
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.database import Database

COUNT = 20_000
PAGE = Page(2, 20)
NOW_MS = 1_000_000

QUOTES = """INSERT INTO quotes_quotes (id, number, quote_number, client_id, status, valid_until, subtotal, tax_total,
    total, item_count, created_at, updated_at, created_by, search_text)
SELECT 'q' || n, n, 'DEV-' || n, 'c' || (n % 9000), CASE n % 4 WHEN 0 THEN 'draft' WHEN 1 THEN 'sent' WHEN 2 THEN
    'accepted' ELSE 'expired' END, CASE WHEN n % 1000 = 1 THEN 5 ELSE 2000000 END, n, 0, n, 1, n, n, 'x', 'dev' || n
FROM numbers"""
ITEM_ROWS = """INSERT INTO quotes_items (id, quote_id, kind, label, qty, unit_price, position, line_total, line_tax,
    created_at, updated_at) SELECT 'i' || n, 'q' || n, 'service', 'x', 1000, n, 0, n, 0, n, n FROM numbers"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Database]:
    """A database that is full."""
    from bus.database import Database

    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('full') / 'bus.sqlite'}"
            numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {COUNT})"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.database())
            numbers = f"WITH numbers AS (SELECT CAST(generate_series(1, {COUNT}) AS bigint) AS n)"
        templates.prepare(url, [plugin])
        database = Database(url)
        stack.callback(database.close)
        with database.engine.connect() as connection:
            for statement in (QUOTES, ITEM_ROWS):
                connection.execute(
                    sa.text(
                        f"{numbers} {statement}"
                        if request.param == "postgresql"
                        else statement.replace("SELECT", f"{numbers} SELECT", 1)
                    )
                )
            connection.exec_driver_sql("ANALYZE")
        yield database


def page(sort_by: str | None = None, sort_order: str = "desc", *conditions: Any) -> Any:
    return page_statement(list(conditions), sorted_by(sort_by, NOW_MS), sort_order == "asc", PAGE)


#: What is asked -> the statement, and the indexes of which one must be in its plan.
ASKED: dict[str, tuple[Any, tuple[str, ...]]] = {
    **{
        f"quotes by {name} {order}": (page(name, order), (index,))
        for name, index in {
            "created_at": "quotes_quotes_created",
            "updated_at": "quotes_quotes_updated",
            "quote_number": "quotes_quotes_number",
            "total": "quotes_quotes_dearest",
        }.items()
        for order in ("asc", "desc")
    },
    "quotes of a client": (page(None, "desc", quotes.c.client_id == "c7"), ("quotes_quotes_of_client",)),
    "drafts": (page(None, "desc", is_status("draft", NOW_MS)), ("quotes_quotes_status", "quotes_quotes_created")),
    "sent ones": (page(None, "desc", is_status("sent", NOW_MS)), ("quotes_quotes_status", "quotes_quotes_created")),
    "those to expire": (sa.select(quotes.c.id).where(over_at(NOW_MS)).limit(500), ("quotes_quotes_expiring",)),
    "quotes of some days": (
        page(None, "desc", quotes.c.created_at >= 500, quotes.c.created_at <= 900),
        ("quotes_quotes_created",),
    ),
    "items": (ITEMS.params(of_quote="q7"), ("quotes_items_of_quote",)),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_asked_often_is_found_by_an_index(full: Database, what: str) -> None:
    statement, indexes = ASKED[what]
    text = statement.compile(full.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if full.kind == "sqlite" else "EXPLAIN"
    with full.engine.connect() as connection:
        plan = [str(row[-1]) for row in connection.execute(sa.text(f"{explain} {text}"))]
    assert any(index in line for line in plan for index in indexes), plan
    assert not any(line.strip().startswith(("SCAN quotes_quotes ", "Seq Scan")) for line in plan if "INDEX" not in line)
